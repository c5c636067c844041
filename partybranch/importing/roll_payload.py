"""A row of a roll as it is staged: JSON whose telephone and identity card only our own keys open."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from hebi_charity.core.encryption import decrypt, encrypt
from hebi_charity.imports.models import Import
from partybranch.importing.roll_entry import Entry
from partybranch.models import Branch, Person
from partybranch.services.people import NewPerson, Step

COLUMN = "imports_stagedrow.payload"
_FORMS = UUID("5b0c9e1e-6d0a-4d7c-9a54-2f1f4f0a7c11")  # under which each line of a file is a form of its own


def payload_of(entry: Entry, identifier_hash: str) -> dict[str, object]:
    return {
        "name": entry.name,
        "sex": entry.values["sex"],
        "birth": entry.birth.isoformat() if entry.birth else "",
        "branch": entry.branch.pk,
        "group": entry.group.pk if entry.group else None,
        "stage": entry.stage,
        "stages": [[stage, day.isoformat(), basis] for stage, day, basis in entry.stages],
        "starts_on": entry.starts_on.isoformat(),
        "arrival": entry.arrival,
        "came_from": entry.values["came_from"],
        "post": entry.values["post"],
        "phone": encrypt(entry.phone, column=COLUMN) if entry.phone else "",
        "identifier": encrypt(entry.identifier, column=COLUMN) if entry.identifier else "",
        "identifier_hash": identifier_hash,
        "note": entry.values["note"],
        "circumstances": [[kind, day.isoformat(), reason] for kind, day, reason in entry.circumstances],
    }


def person_of(payload: dict, *, branch: Branch, imported: Import, row_no: int, again: Person | None) -> NewPerson:
    """What the services record of a staged row."""
    retired = [day for kind, day, reason in payload["circumstances"] if kind == "retired" and not reason]
    *earlier, last = payload["stages"] or [None]
    return NewPerson(
        branch=branch,
        name=payload["name"],
        starts_on=date.fromisoformat(payload["starts_on"]),
        stage=last[0] if last else "",
        stage_on=date.fromisoformat(last[1]) if last else None,
        basis=last[2] if last else "",
        steps=tuple(Step(stage, date.fromisoformat(day), basis) for stage, day, basis in earlier),
        arrival=payload["arrival"],
        came_from=payload["came_from"],
        sex=payload["sex"],
        birth_month=date.fromisoformat(payload["birth"]) if payload["birth"] else None,
        post=payload["post"],
        phone=opened(payload["phone"]),
        identifier=opened(payload["identifier"]),
        note=payload["note"],
        retired_on=date.fromisoformat(retired[0]) if retired else None,
        again=again,
        source=(imported.pk, row_no),
    )


def opened(token: str) -> str:
    return decrypt(token, column=COLUMN) if token else ""


def form_of(imported: Import, row_no: int, part: str) -> UUID:
    """The key of the form that a line of a file is: a chunk that is merged twice records once."""
    return uuid5(_FORMS, f"{imported.pk}/{row_no}/{part}")
