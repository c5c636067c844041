"""What belongs to attendance beside the one tap a name: printed sheets, guests, make-ups."""

from partybranch.registrations.room import Room

ROOM = Room()
