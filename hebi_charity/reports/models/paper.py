"""Papers beside the monthly report: printed once from frozen facts, never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.registry import PaperBuilder, paper_builders
from hebi_charity.files.models import Attachment
from hebi_charity.jobs.models import Job

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: User) -> Self:
        """Those whose builder's permission this person holds; a kind that no installed app prints is nobody's."""
        return self.filter(kind__in=[kind for kind, one in paper_builders.items() if user.has_perm(one.permission)])

    def of(self, kind: str, subject_id: int | None, key: str = "") -> Self:
        """Every printing of one paper about one thing, the first one first."""
        return self.filter(kind=kind, subject_id=subject_id, subject_key=key).order_by("version")

    def of_kind(self, kind: str) -> Self:
        """Only this kind; everything for ""."""
        return self.filter(kind=kind) if kind else self


class Paper(models.Model):
    """One printing of one paper: its frozen facts, their digest, and the PDF that was made from them once.

    Inserted as a whole and never changed. It bears the name of who printed it: asked for again by the same person it is
    handed out again while its facts are the same; another person, other facts, or asking for it anew give the next
    version.
    """

    kind = models.CharField(_("kind of printed paper"), max_length=60, db_collation="C", editable=False)
    title = models.CharField(_("printed paper"), max_length=150, editable=False)
    subject_type = models.CharField(max_length=80, blank=True, db_collation="C", editable=False)
    subject_id = models.BigIntegerField(null=True, editable=False)
    subject_key = models.CharField(max_length=40, blank=True, db_collation="C", editable=False)
    version = models.PositiveSmallIntegerField(_("printing"), editable=False)
    facts = models.JSONField(_("facts"), editable=False)
    facts_digest = models.CharField(max_length=64, db_collation="C", editable=False)
    pdf = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+", editable=False)
    pdf_sha256 = models.CharField(max_length=64, db_collation="C", editable=False)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="paper", null=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(_("made at"), editable=False)
    seal = models.CharField(max_length=64, db_collation="C", editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("printed paper")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "-id"], name="paper_of_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id", "subject_key", "version"],
                nulls_distinct=False,
                name="paper_version_once",
                violation_error_message=_("This printing of the paper exists already."),
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="paper_version_from_one",
                violation_error_message=_("The first printing of a paper is number 1."),
            ),
            models.CheckConstraint(
                condition=Q(subject_id__isnull=True, subject_type="")
                | (Q(subject_id__isnull=False) & ~Q(subject_type="")),
                name="paper_subject_has_type",
                violation_error_message=_("A paper about a record names its kind."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:paper", kwargs={"pk": self.pk})

    def audit_label(self) -> str:
        # A title may hold a person's name: the log knows the paper by its number.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def builder(self) -> PaperBuilder | None:
        """How it was built; None when its app is not installed any more."""
        return paper_builders.get(self.kind)

    def subject(self) -> models.Model | None:
        """The record it is about; None where it is about none, or that is gone."""
        if self.subject_id is None:
            return None
        return apps.get_model(self.subject_type)._default_manager.filter(pk=self.subject_id).first()
