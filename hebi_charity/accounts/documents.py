"""Kinds of documents and the posts each needs: whether it could get stuck with the people who are here now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.accounts.models import IncompatibleRoles, Role, RoleAssignment, User
from hebi_charity.core.registry import Registry

MAKES_CHECKS_APPROVES = (gettext_lazy("prepares"), gettext_lazy("checks"), gettext_lazy("approves"))


@dataclass(frozen=True)
class DocumentKind:
    """One kind of document: which permission makes, checks and approves it. The people must differ.

    `checker` or `approver` empty means that this step does not exist. `labels` are what the paper calls the steps.
    """

    name: str | Promise
    maker: str
    checker: str = ""
    approver: str = ""
    labels: tuple[str | Promise, str | Promise, str | Promise] = MAKES_CHECKS_APPROVES

    def steps(self) -> list[tuple[str, str]]:
        """(what the step is called, permission) of the steps that exist."""
        pairs = zip(self.labels, (self.maker, self.checker, self.approver), strict=True)
        return [(str(label), permission) for label, permission in pairs if permission]


# Filled by the domain apps when they start; the page 「岗位与单据」 shows every kind.
document_kinds: Registry[DocumentKind] = Registry("kinds of documents")


@dataclass(frozen=True)
class StepStaff:
    """Who may take one step now, by name."""

    label: str
    names: list[str]


@dataclass(frozen=True)
class Standing:
    """Whether one kind of document can go from beginning to end with the present staff."""

    name: str
    steps: list[StepStaff]
    stuck: list[str]
    warnings: list[str]
    remedies: list[str]

    @property
    def is_stuck(self) -> bool:
        return bool(self.stuck)


@dataclass(frozen=True)
class Staff:
    """The people who are here, and what each may do over all accounts of the person."""

    names: dict[int, str]
    permissions: dict[int, frozenset[str]]
    roles: dict[int, frozenset[int]]
    role_permissions: dict[int, frozenset[str]]
    role_titles: dict[int, str]
    pairs: frozenset[frozenset[int]]

    @classmethod
    def present(cls) -> Staff:
        """Active people who hold a role now. Two accounts of one person are one person."""
        names: dict[int, str] = {}
        roles: dict[int, set[int]] = {}
        for user in User.objects.active():
            person = user.main_account_id or user.pk
            if person == user.pk or person not in names:
                names[person] = user.full_name
        held = RoleAssignment.objects.current().filter(user__is_active=True).select_related("user")
        for assignment in held:
            person = assignment.user.main_account_id or assignment.user_id
            roles.setdefault(person, set()).add(assignment.role_id)
        return cls.of(names, roles)

    @classmethod
    def planned(cls, people: Iterable[tuple[str, Iterable[str]]]) -> Staff:
        """People as (name, codes of roles) before anybody is here."""
        numbers = dict(Role.objects.values_list("code", "pk"))
        plan = list(enumerate(people))
        names = {person: name for person, (name, _codes) in plan}
        return cls.of(names, {person: {numbers[code] for code in codes} for person, (_name, codes) in plan})

    @classmethod
    def of(cls, names: dict[int, str], roles: Mapping[int, Iterable[int]]) -> Staff:
        role_permissions = permissions_by_role()
        return cls(
            names,
            {person: frozenset().union(*(role_permissions[role] for role in held)) for person, held in roles.items()},
            {person: frozenset(held) for person, held in roles.items()},
            role_permissions,
            {role.pk: role.title for role in Role.objects.all()},
            frozenset(map(frozenset, IncompatibleRoles.objects.values_list("first_id", "second_id"))),
        )

    def who_may(self, permission: str) -> frozenset[int]:
        return frozenset(person for person, held in self.permissions.items() if permission in held)

    def may_take(self, role: int, person: int) -> bool:
        """Whether the person could be given the role: does not hold it, and no role held forbids it."""
        held = self.roles[person]
        return role not in held and not any(frozenset({role, other}) in self.pairs for other in held)

    def named(self, people: Iterable[int]) -> list[str]:
        return sorted(self.names[person] for person in people)


def permissions_by_role() -> dict[int, frozenset[str]]:
    rows = Role.objects.values_list("pk", "permissions__content_type__app_label", "permissions__codename")
    found: dict[int, set[str]] = {}
    for role, app, codename in rows:
        found.setdefault(role, set()).add(f"{app}.{codename}")
    return {role: frozenset(held) for role, held in found.items()}


def standings(staff: Staff | None = None) -> list[Standing]:
    """Every registered kind of document with what would stop it; the stuck ones first."""
    staff = staff or Staff.present()
    found = [standing_of(kind, staff) for kind in document_kinds]
    return sorted(found, key=lambda standing: not standing.is_stuck)


def standing_of(kind: DocumentKind, staff: Staff) -> Standing:
    steps = kind.steps()
    people = {label: staff.who_may(permission) for label, permission in steps}
    stuck, missing = _what_is_stuck(people, staff)
    return Standing(
        name=str(kind.name),
        steps=[StepStaff(label, staff.named(people[label])) for label, _permission in steps],
        stuck=stuck,
        warnings=[] if stuck else _who_must_not_be_away(people, staff),
        remedies=[_remedy(label, permission, staff) for label, permission in steps if label in missing],
    )


def can_be_staffed(people: list[frozenset[int]]) -> bool:
    """Whether each step can have a person of its own (Hall: any n steps have at least n people together)."""
    return all(
        len(frozenset().union(*chosen)) >= size
        for size in range(1, len(people) + 1)
        for chosen in combinations(people, size)
    )


def _what_is_stuck(people: dict[str, frozenset[int]], staff: Staff) -> tuple[list[str], set[str]]:
    """Sentences for the smallest groups of steps that have too few people, and the steps in them."""
    sentences: list[str] = []
    missing: set[str] = set()
    for size in range(1, len(people) + 1):
        for chosen in combinations(people, size):
            together = frozenset().union(*(people[label] for label in chosen))
            if missing & set(chosen) or len(together) >= size:
                continue
            missing |= set(chosen)
            words = {"steps": "、".join(chosen), "names": "、".join(staff.named(together)), "count": size}
            if not together:
                sentences.append(_("Nobody here may do this step: %(steps)s.") % words)
            else:
                sentences.append(
                    _("%(steps)s need %(count)d different people, and only %(names)s may do them.") % words
                )
    return sentences, missing


def _who_must_not_be_away(people: dict[str, frozenset[int]], staff: Staff) -> list[str]:
    everyone = frozenset().union(*people.values())
    needed = [person for person in everyone if not can_be_staffed([allowed - {person} for allowed in people.values()])]
    if not needed:
        return []
    return [_("It waits whenever one of these people is away: %(names)s.") % {"names": "、".join(staff.named(needed))}]


def _remedy(label: str, permission: str, staff: Staff) -> str:
    """Which role would open the step, and who of the present people may be given it."""
    roles = [role for role in staff.role_titles if permission in staff.role_permissions[role]]
    if not roles:
        return _("No role is allowed to do this step yet: %(step)s.") % {"step": label}
    offers = []
    for role in roles:
        free = [person for person in staff.roles if staff.may_take(role, person)]
        names = "、".join(staff.named(free)) or _("nobody here, a further person is needed")
        offers.append(
            _("“%(role)s” (could be given to: %(names)s)") % {"role": staff.role_titles[role], "names": names}
        )
    return _("%(step)s: give the role %(offers)s.") % {"step": label, "offers": _(" or ").join(offers)}
