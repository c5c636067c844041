"""What was typed at the first start so far. It waits in the session until everything is set up at once.

A password is kept only as it would be stored; nothing else typed here is secret.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict

from hebi_charity.accounts.services.first_start import NewPerson

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY = "first_start"
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "password_again", "next"})


class FirstDraft:
    """The draft of one browser."""

    def __init__(self, session: SessionBase) -> None:
        self.session = session
        self.content: dict = session.get(KEY, {})

    @property
    def is_admitted(self) -> bool:
        """Whether this browser gave the set-up code."""
        return bool(self.content.get("is_admitted"))

    def admit(self) -> None:
        self._keep(is_admitted=True)

    def typed(self, step: str) -> QueryDict | None:
        """What was typed at a step, as the form gets it; None when the step was not taken yet."""
        fields = self.content.get("typed", {}).get(step)
        if fields is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in fields.items():
            data.setlist(name, values)
        return data

    def keep_typed(self, step: str, data: QueryDict) -> None:
        fields = {name: values for name, values in data.lists() if name not in NEVER_KEPT}
        self._keep(typed=self.content.get("typed", {}) | {step: fields})

    @property
    def encoded_password(self) -> str:
        return self.content.get("encoded_password", "")

    def keep_administrator(self, person: NewPerson, encoded_password: str) -> None:
        facts = {"full_name": person.full_name, "username": person.username}
        self._keep(administrator=facts, encoded_password=encoded_password or self.encoded_password)

    @property
    def administrator(self) -> NewPerson | None:
        facts = self.content.get("administrator")
        return NewPerson(**facts) if facts else None

    @property
    def people(self) -> list[NewPerson]:
        return [NewPerson(row["full_name"], row["username"], tuple(row["roles"])) for row in self._people()]

    def add_person(self, facts: Mapping[str, object]) -> None:
        row = {name: facts[name] for name in ("full_name", "username", "roles")}
        self._keep(people=[*self._people(), row])

    def remove_person(self, username: str) -> None:
        self._keep(people=[row for row in self._people() if row["username"] != username])

    def forget(self) -> None:
        self.session.pop(KEY, None)

    def _people(self) -> list[dict]:
        return self.content.get("people", [])

    def _keep(self, **content: object) -> None:
        self.content = self.content | content
        self.session[KEY] = self.content
