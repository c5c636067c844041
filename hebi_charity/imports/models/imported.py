"""One file on its way in, from the first look to the documents it became."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.models import User
from hebi_charity.core import dates
from hebi_charity.files.models import Attachment
from hebi_charity.imports.targets import ENTRIES, MONEY, targets_for

_PERSON = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}
_LATER = {"null": True, "editable": False}
_FACTS = {"default": dict, "editable": False, "encoder": DjangoJSONEncoder}


_KINDS_OF_ROWS = ("accepted", "known", "doubtful", "duplicates", "rejected")
# What was checked and holds no row at all waits for nobody.
_HAS_ROWS = reduce(or_, (Q(**{f"report__{kind}__count__gt": 0}) for kind in _KINDS_OF_ROWS), ~Q(state="checked"))


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> Self:
        """The imports of targets that this person may see: a roll is nobody's business outside the branch."""
        return self.open_to(user, "view")

    def open_to(self, user: User, act: str) -> Self:
        """Imports on which this person may do this: view, load, confirm or undo."""
        allowed = set(targets_for(user, "view")) & set(targets_for(user, act))
        return self.filter(target__in=sorted(allowed)) if allowed else self.none()

    def in_state(self, state: str) -> Self:
        """Only this state; everything for "" or a word that is no state."""
        return self.filter(state=state) if state in Import.State.values else self

    def to_submit_by(self, user: User) -> Self:
        """Loaded by this person and not handed on yet."""
        rows = self.filter(state__in=[Import.State.UPLOADED, Import.State.CHECKED], recorded_by=user)
        return rows.filter(_HAS_ROWS)

    def returned_to(self, user: User) -> Self:
        return self.filter(state=Import.State.RETURNED, recorded_by=user)

    def awaiting_confirmation_by(self, user: User) -> Self:
        """Loaded by another person: two accounts of one person are one."""
        own = User.objects.accounts_of_same_person(user).values("pk")
        return self.filter(state=Import.State.SUBMITTED).exclude(recorded_by__in=own)

    def waiting_for(self, user: User) -> Self:
        """What this person can do something about now, the oldest first."""
        waiting = Q(pk__in=[])
        if loads := targets_for(user, "load"):
            own = [Import.State.UPLOADED, Import.State.CHECKED, Import.State.RETURNED]
            waiting |= (Q(state__in=own, recorded_by=user) | Q(state=Import.State.FAILED)) & Q(target__in=loads)
        if confirms := targets_for(user, "confirm"):
            waiting |= Q(state=Import.State.SUBMITTED, target__in=confirms) & ~Q(recorded_by=user)
        return self.filter(waiting, _HAS_ROWS).order_by("pk")

    def failed(self) -> Self:
        return self.filter(state=Import.State.FAILED)

    def being_merged(self) -> Self:
        """Confirmed and not done, also where the merge stands still after a failure."""
        return self.filter(
            Q(state__in=[Import.State.CONFIRMED, Import.State.MERGING])
            | Q(state=Import.State.FAILED, failed_while=Import.FailedWhile.MERGING)
        )

    def touching_month(self, month: date) -> Self:
        """With rows received in this month or before it, which would be booked in it while it is open."""
        return self.filter(first_day__lt=dates.next_month(month))

    def same_file_as(self, imported: Import) -> Self:
        """Imports of the same bytes that came before this one and were not discarded.

        Before this one is confirmed, that is also a later one that was confirmed first.
        """
        before = Q(pk__lt=imported.pk)
        if imported.confirmed_at is None:
            before |= Q(confirmed_at__isnull=False) & ~Q(pk=imported.pk)
        same = self.of_file(imported.file_sha256).filter(before, target=imported.target)
        return same.exclude(state=Import.State.DISCARDED)

    def numbered(self, import_no: str) -> Import | None:
        """The import of this number, however it was typed."""
        return self.filter(import_no=import_no.strip()).first()

    def of_file(self, sha256: str) -> Self:
        return self.filter(file_sha256=sha256).order_by("pk")

    def done_before_with_file_of(self, imported: Import) -> Import | None:
        """Another import of the same bytes for the same target that is done."""
        same = self.of_file(imported.file_sha256).filter(target=imported.target, state=Import.State.DONE)
        return same.exclude(pk=imported.pk).first()

    def of_target(self, target: str) -> Self:
        return self.of_targets([target])

    def of_targets(self, targets: Iterable[str]) -> Self:
        return self.filter(target__in=list(targets))


class Import(models.Model):
    """One file that one person loads and another confirms (导入记录). What is submitted never changes again.

    `look` is what the first look found, `plan` how the rows are read and what they are for, `report` what the check
    found: counts, and sums as text in yuan. `blocks` are the digests of its rows by 10,000 row numbers, `digest`
    covers number, file, plan, report and blocks. `merged_to` is the last row number whose rows have become documents.

    `kind` says whether its rows are money; without money the target may do without a second person, rows may be
    doubtful (`decisions` by row number, `undecided` how many still wait), and the whole may be undone.
    """

    class Kind(models.TextChoices):
        MONEY = MONEY, _("rows with amounts")
        ENTRIES = ENTRIES, _("rows without money")

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("file uploaded")
        CHECKING = "checking", _("file being checked")
        CHECKED = "checked", _("file checked, to be submitted")
        SUBMITTED = "submitted", _("awaiting confirmation by another")
        CONFIRMED = "confirmed", _("confirmed, about to be merged")
        MERGING = "merging", _("being merged into the books")
        DONE = "done", _("imported")
        RETURNED = "returned", _("returned for correction")
        DISCARDED = "discarded", _("discarded")
        UNDONE = "undone", _("taken back")
        FAILED = "failed", _("stopped by a failure")

    class FailedWhile(models.TextChoices):
        NOTHING = "", _("nothing")
        CHECKING = "checking", _("checking")
        MERGING = "merging", _("merging")

    class Decision(models.TextChoices):
        SAME = "same", _("the same: do not take it in again")
        NEW = "new", _("another one: take it in")

    class Answer(models.TextChoices):
        OPEN = "", _("not answered")
        OTHER_GIFTS = "other_gifts", _("these are other gifts")

    import_no = models.CharField(_("number"), max_length=20, unique=True, db_collation="C", editable=False)
    target = models.CharField(max_length=24, db_collation="C", editable=False)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.MONEY, editable=False)
    needs_second_person = models.BooleanField(default=True, editable=False)
    file = models.ForeignKey(Attachment, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+")
    file_sha256 = models.CharField("SHA-256", max_length=64, db_collation="C", editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.UPLOADED, editable=False)
    look = models.JSONField(**_FACTS)
    plan = models.JSONField(_("how the file is read"), **_FACTS)
    report = models.JSONField(**_FACTS)
    question = models.JSONField(**_FACTS)
    answer = models.CharField(max_length=12, choices=Answer, blank=True, editable=False)
    answered_by = models.ForeignKey(**_PERSON, **_LATER)
    answered_at = models.DateTimeField(**_LATER)
    undecided = models.PositiveIntegerField(default=0, editable=False)
    decisions = models.JSONField(**_FACTS)
    blocks = models.JSONField(default=list, editable=False)
    digest = models.CharField(max_length=64, blank=True, db_collation="C", editable=False)
    first_day = models.DateField(_("first day"), **_LATER)
    last_day = models.DateField(_("last day"), **_LATER)
    recorded_by = models.ForeignKey(**_PERSON, verbose_name=_("loaded by"))
    recorded_at = models.DateTimeField(_("loaded at"), db_default=Now(), editable=False)
    recorded_on = models.DateField(editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), **_LATER)
    returned_by = models.ForeignKey(**_PERSON, **_LATER)
    returned_at = models.DateTimeField(**_LATER)
    returned_reason = models.CharField(_("reason for returning"), max_length=200, blank=True, editable=False)
    confirmed_by = models.ForeignKey(**_PERSON, **_LATER, verbose_name=_("confirmed by"))
    confirmed_at = models.DateTimeField(_("confirmed at"), **_LATER)
    seal = models.CharField(max_length=64, blank=True, editable=False)
    merged_to = models.PositiveIntegerField(default=0, editable=False)
    outcome = models.JSONField(**_FACTS)
    finished_at = models.DateTimeField(_("imported at"), **_LATER)
    discarded_by = models.ForeignKey(**_PERSON, **_LATER)
    discarded_at = models.DateTimeField(**_LATER)
    discard_reason = models.CharField(_("reason for discarding"), max_length=200, blank=True, editable=False)
    undone_by = models.ForeignKey(**_PERSON, **_LATER)
    undone_at = models.DateTimeField(**_LATER)
    undo_reason = models.CharField(_("reason for taking back"), max_length=200, blank=True, editable=False)
    failed_while = models.CharField(max_length=8, choices=FailedWhile, blank=True, editable=False)
    failure = models.CharField(_("reason of the failure"), max_length=500, blank=True, editable=False)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import record")
        verbose_name_plural = _("import records")
        ordering = ["-recorded_on", "-pk"]
        default_permissions = ("add", "view")
        permissions = [("confirm_import", "May confirm or return an import of another person")]
        indexes = [
            models.Index(fields=["-recorded_on", "-id"], name="import_list"),
            models.Index(fields=["file_sha256"], name="import_file"),
            models.Index(fields=["state", "id"], condition=~Q(state="done"), name="import_open_work"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(needs_second_person=False)
                | ~Q(confirmed_by=F("recorded_by")),
                name="import_maker_is_not_checker",
                violation_error_message=_("The person who loaded a file cannot confirm it. Ask a colleague."),
            ),
            models.CheckConstraint(
                condition=Q(kind="money", needs_second_person=True) | Q(kind="entries"),
                name="import_money_needs_two_people",
                violation_error_message=_("A file with money is confirmed by a second person."),
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True) | ~Q(returned_by=F("recorded_by")),
                name="import_returned_by_another",
                violation_error_message=_("The person who loaded a file cannot return it; discard it instead."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "checking", "checked", "returned", "discarded"], seal="")
                & Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(state="submitted", seal="", confirmed_by__isnull=True, confirmed_at__isnull=True)
                & Q(submitted_at__isnull=False)
                | (
                    Q(state__in=["confirmed", "merging", "done", "undone"])
                    & ~Q(seal="")
                    & Q(submitted_at__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False)
                )
                | Q(state="failed"),
                name="import_state_matches_people",
                violation_error_message=_("The state of an import names who submitted and who confirmed it."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["uploaded", "checking", "returned", "discarded", "failed"]) | ~Q(digest=""),
                name="import_checked_has_digest",
                violation_error_message=_("A checked import carries the digest of its rows."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "confirmed", "merging", "done", "undone"]) | Q(undecided=0),
                name="import_doubtful_rows_decided",
                violation_error_message=_("Some rows may be known already. Decide each of them first."),
            ),
            models.CheckConstraint(
                condition=Q(state="undone", kind="entries", undone_by__isnull=False, undone_at__isnull=False)
                & ~Q(undo_reason="")
                | ~Q(state="undone") & Q(undone_by__isnull=True, undone_at__isnull=True, undo_reason=""),
                name="import_undone_has_reason",
                violation_error_message=_("Give the reason for taking the import back."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["submitted", "confirmed", "merging", "done"]) | Q(question={}) | ~Q(answer=""),
                name="import_question_is_answered",
                violation_error_message=_("The check asked a question. Answer it before the import goes on."),
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & ~Q(question={}) & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="import_answer_names_person",
                violation_error_message=_("An answer names who gave it and when."),
            ),
            models.CheckConstraint(
                condition=Q(returned_by__isnull=True, returned_at__isnull=True, returned_reason="")
                & ~Q(state="returned")
                | Q(returned_by__isnull=False, returned_at__isnull=False) & ~Q(returned_reason=""),
                name="import_returned_has_reason",
                violation_error_message=_("Say what is to be corrected before returning the import."),
            ),
            models.CheckConstraint(
                condition=Q(state="discarded", discarded_by__isnull=False, discarded_at__isnull=False)
                & ~Q(discard_reason="")
                | ~Q(state="discarded") & Q(discarded_by__isnull=True, discarded_at__isnull=True, discard_reason=""),
                name="import_discarded_has_reason",
                violation_error_message=_("Give the reason for discarding the import."),
            ),
            models.CheckConstraint(
                condition=Q(state="failed")
                & ~Q(failure="")
                & ~Q(failed_while="")
                & (Q(failed_while="checking", seal="") | Q(failed_while="merging") & ~Q(seal=""))
                | ~Q(state="failed") & Q(failure="", failed_while=""),
                name="import_failed_has_reason",
                violation_error_message=_("A failed import says why it failed and at which step."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "undone"], finished_at__isnull=False)
                | ~Q(state__in=["done", "undone"]) & Q(finished_at__isnull=True),
                name="import_done_has_time",
                violation_error_message=_("A finished import has the time when it ended, others have none."),
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True, last_day__isnull=True)
                | Q(first_day__isnull=False, last_day__isnull=False, first_day__lte=F("last_day")),
                name="import_days_in_order",
                violation_error_message=_("The first day of an import cannot lie after its last day."),
            ),
            models.CheckConstraint(
                condition=Q(file_sha256__regex=r"^[0-9a-f]{64}$"),
                name="import_sha256_is_hex",
                violation_error_message=_("The file of an import is known by its SHA-256 of 64 hexadecimal digits."),
            ),
        ]

    def __str__(self) -> str:
        return self.import_no

    def get_absolute_url(self) -> str:
        return reverse("imports:detail", kwargs={"pk": self.pk})

    def audit_label(self) -> str:
        return self.import_no

    @property
    def look_state(self) -> str:
        """The key of `office.states.LOOKS` under which the state is drawn."""
        return _LOOKS.get(self.state, self.state)

    @property
    def is_before_submission(self) -> bool:
        """Whether the maker may still change the plan or discard the import."""
        open_states = {self.State.UPLOADED, self.State.CHECKED, self.State.RETURNED}
        return self.state in open_states or (
            self.state == self.State.FAILED and self.failed_while == self.FailedWhile.CHECKING
        )

    @property
    def has_open_question(self) -> bool:
        return bool(self.question) and not self.answer

    @property
    def has_money(self) -> bool:
        return self.kind == self.Kind.MONEY

    def decided(self, decision: str) -> list[int]:
        """Row numbers of doubtful rows on which this was decided."""
        return sorted(int(row) for row, said in self.decisions.items() if said == decision)

    @property
    def is_worth_submitting(self) -> bool:
        """Whether a row is new, known, or was decided on; where all are rejected there is nothing to hand on."""
        kinds = ("accepted", "known", "doubtful")
        return any(self.report.get(kind, {}).get("count") for kind in kinds)

    @property
    def is_bare(self) -> bool:
        """Whether the check found no row at all: nothing can be done with it, and it waits for nobody."""
        return bool(self.report) and not any(self.report.get(kind, {}).get("count") for kind in _KINDS_OF_ROWS)

    @property
    def taken_in(self) -> int:
        """How many rows are to be taken in: the new ones, and doubtful ones of which a person said so."""
        accepted = self.report["accepted"]["count"] if self.report else 0
        return accepted + len(self.decided(self.Decision.NEW))


_LOOKS = {"checked": "read", "checking": "running", "discarded": "voided"}
