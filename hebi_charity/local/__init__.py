"""The servers and the supervisor behind `bin/run`, and the setting-up of a bare machine.

Standard library only, and nothing of Django: the first half runs before anything is installed. `setting_up` runs as
whoever called; what it starts (`serving`) runs as an ordinary user, always.
"""
