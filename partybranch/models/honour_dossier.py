from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import seals
from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.dated import Dated
from partybranch.models.honour import Honour

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

_HEX = r"^[0-9a-f]{64}$"


class HonourDossier(Binding):
    """What an honour was applied for with: the application in words, and its evidence as it was when frozen."""

    honour = models.ForeignKey(Honour, verbose_name=_("honour"), on_delete=models.PROTECT, related_name="dossiers")
    application = models.TextField(_("application in brief"), max_length=3000, blank=True)
    item_count = models.PositiveSmallIntegerField(editable=False)
    digest = models.CharField(max_length=64, editable=False, db_collation="C")

    objects = BindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier of an honour")
        default_permissions = ()
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["honour"],
                condition=NOT_WITHDRAWN,
                name="honour_dossier_one",
                violation_error_message=_("The dossier of this honour is frozen already. Withdraw it first."),
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=_HEX),
                name="honour_dossier_digest_is_hex",
                violation_error_message=_("A digest has 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                condition=Q(item_count__gt=0) | ~Q(application=""),
                name="honour_dossier_not_empty",
                violation_error_message=_("A dossier holds the application, or at least one piece of evidence."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.honour.get_absolute_url()

    def is_whole(self) -> bool:
        """Whether what is kept still has the digests under which it was frozen."""
        items = list(self.items.all())
        kept = [item.digest for item in items if item.has_its_digest()]
        return len(kept) == self.item_count and self.digest == self.digest_of(self.application, kept)

    @staticmethod
    def digest_of(application: str, items: list[str]) -> str:
        return seals.digest({"application": application, "items": items})


class DossierItemQuerySet(models.QuerySet["DossierItem"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()


class DossierItem(models.Model):
    """One piece of evidence as it was when the dossier was frozen. What becomes of its source later changes nothing."""

    class Kind(models.TextChoices):
        APPLICATION = "application", _("application")
        EVIDENCE = "evidence", _("evidence")

    dossier = models.ForeignKey(HonourDossier, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    source_type = models.CharField(max_length=80, db_collation="C")
    source_id = models.BigIntegerField()
    title = models.CharField(_("what it is"), max_length=200)
    facts = models.JSONField(_("as it was"), default=list)
    digest = models.CharField(max_length=64, db_collation="C")

    objects = DossierItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of evidence")
        default_permissions = ()
        ordering = ["dossier", "place"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "place"],
                name="dossier_item_place_once",
                violation_error_message=_("Another piece of evidence stands at this place."),
            ),
            models.UniqueConstraint(
                fields=["dossier", "source_type", "source_id"],
                name="dossier_item_once",
                violation_error_message=_("This piece of evidence is in the dossier already."),
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=_HEX),
                name="dossier_item_digest_is_hex",
                violation_error_message=_("A digest has 64 hexadecimal digits."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def has_its_digest(self) -> bool:
        return self.digest == self.digest_of(self.title, self.facts)

    @staticmethod
    def digest_of(title: str, facts: list[list[str]]) -> str:
        return seals.digest({"title": title, "facts": facts})


class HonourCitation(Dated, Binding):
    """Where an honour was cited: a report, a summary, an application."""

    honour = models.ForeignKey(Honour, verbose_name=_("honour"), on_delete=models.PROTECT, related_name="citations")
    cited_in = models.CharField(_("cited in"), max_length=120)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = BindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("citation of an honour")
        default_permissions = ()
        constraints = [
            *Binding.Meta.constraints,
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(cited_in=""),
                name="honour_citation_has_place",
                violation_error_message=_("Say in which paper the honour was cited."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.honour.get_absolute_url()
