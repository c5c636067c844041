"""Books and papers to study from: bought, handed out against a signature, lent where somebody wants it.

The copies at hand are never stored: purchases less what was handed out and what is lent. A trigger keeps them from
falling below nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partybranch.models.binding import NOT_WITHDRAWN, Binding, BindingQuerySet
from partybranch.models.branch import Branch
from partybranch.models.person import Person

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def _copies(rows: models.QuerySet) -> Coalesce:
    """The copies of live rows of one material, as a subquery."""
    rows = rows.filter(material=OuterRef("pk"), withdrawn_at__isnull=True).order_by()
    total = rows.values("material").annotate(total=Sum("copies")).values("total")
    return Coalesce(Subquery(total, output_field=models.IntegerField()), 0)


class OfBranchQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def of_branch(self, branch: Branch) -> Self:
        return self.filter(branch=branch)


class StudyMaterialQuerySet(OfBranchQuerySet):
    def counted(self) -> Self:
        """Each with the copies bought, handed out, lent and at hand."""
        return self.annotate(
            bought=_copies(MaterialPurchase.objects.all()),
            issued=_copies(IssueLine.objects.all()),
            lent=_copies(MaterialLoan.objects.filter(returned_on__isnull=True)),
        ).annotate(at_hand=F("bought") - F("issued") - F("lent"))


class StudyMaterial(models.Model):
    """A title that a branch studies from."""

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        DOCUMENT = "document", _("document to study")
        FILM = "film", _("film or recording")
        OTHER = "other", _("other material")

    branch = models.ForeignKey(
        Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="study_materials"
    )
    title = models.CharField(_("title of the material"), max_length=120)
    kind = models.CharField(_("kind of material"), max_length=8, choices=Kind, default=Kind.BOOK)
    publisher = models.CharField(_("publisher or author"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = StudyMaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("study material")
        default_permissions = ()
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="study_material_has_title",
                violation_error_message=_("Give the title."),
            ),
            models.UniqueConstraint(
                fields=["branch", "title"],
                name="study_material_title_once",
                violation_error_message=_("This title is there already. Record a purchase of it instead."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:material", args=[self.pk])


class MaterialPurchase(Binding):
    """Copies that came in: bought from some money, or allotted from above for nothing."""

    class Source(models.TextChoices):
        DUES = "dues", _("Party dues")
        PARTY_FUNDS = "party", _("funds for Party building")
        WORK_FUNDS = "work", _("working funds")
        ALLOTTED = "allotted", _("allotted from above")

    material = models.ForeignKey(StudyMaterial, on_delete=models.PROTECT, related_name="purchases")
    bought_on = models.DateField(_("bought on"))
    copies = models.PositiveIntegerField(_("copies"))
    unit_price = models.DecimalField(_("price of a copy (yuan)"), max_digits=10, decimal_places=2)
    paid_from = models.CharField(_("source of the money"), max_length=8, choices=Source)
    seller = models.CharField(_("bought from"), max_length=80, blank=True)
    invoice_no = models.CharField(_("invoice number"), max_length=40, blank=True)

    objects = BindingQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("purchase of study material")
        default_permissions = ()
        ordering = ["-bought_on", "-id"]
        constraints = [
            *Binding.Meta.constraints,
            models.CheckConstraint(
                condition=Q(copies__gt=0),
                name="material_purchase_has_copies",
                violation_error_message=_("Say how many copies: at least one."),
            ),
            models.CheckConstraint(
                condition=Q(unit_price__gt=0) & ~Q(paid_from="allotted") | Q(unit_price=0, paid_from="allotted"),
                name="material_purchase_price_fits",
                violation_error_message=_(
                    "What was bought has a price of more than 0; what was allotted from above costs nothing."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.material.get_absolute_url()

    def total(self) -> Decimal:
        """What all copies cost, in yuan."""
        return self.copies * self.unit_price


class IssueList(models.Model):
    """A list by which material was handed out on a day (领书签收表): everybody signs for the copies received."""

    branch = models.ForeignKey(
        Branch, verbose_name=_("Party branch"), on_delete=models.PROTECT, related_name="issue_lists"
    )
    issued_on = models.DateField(_("handed out on"))
    title = models.CharField(_("title of the list"), max_length=120)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OfBranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of material handed out")
        default_permissions = ()
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="issue_list_has_title",
                violation_error_message=_("Give the list a title."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("partybranch:issue_list", args=[self.pk])


class IssueLine(Binding):
    """Copies of one title that one person got by a list; ticked once the person has signed on the print."""

    issue_list = models.ForeignKey(IssueList, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="issued_material")
    material = models.ForeignKey(StudyMaterial, on_delete=models.PROTECT, related_name="issue_lines")
    copies = models.PositiveSmallIntegerField(_("copies"))
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )
    signed_at = models.DateTimeField(null=True, editable=False)

    objects = BindingQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("copies handed out")
        default_permissions = ()
        constraints = [
            *Binding.Meta.constraints,
            models.UniqueConstraint(
                fields=["issue_list", "person", "material"],
                condition=NOT_WITHDRAWN,
                name="issue_line_once",
                violation_error_message=_("This person stands on the list with this title already."),
            ),
            models.CheckConstraint(
                condition=Q(copies__gt=0, copies__lte=99),
                name="issue_line_has_copies",
                violation_error_message=_("A person gets between 1 and 99 copies."),
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="issue_line_tick_has_person",
                violation_error_message=_("A signature names who ticked it, and when."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.issue_list.get_absolute_url()

    def is_signed(self) -> bool:
        return self.signed_at is not None


class MaterialLoan(Binding):
    """One copy lent to a person until a day, where the branch keeps its copies."""

    material = models.ForeignKey(StudyMaterial, on_delete=models.PROTECT, related_name="loans")
    person = models.ForeignKey(Person, verbose_name=_("lent to"), on_delete=models.PROTECT, related_name="loans")
    copies = models.PositiveSmallIntegerField(_("copies"), default=1, editable=False)
    lent_on = models.DateField(_("lent on"))
    due_on = models.DateField(_("due back on"))
    returned_on = models.DateField(_("given back on"), null=True, editable=False)
    returned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, editable=False
    )

    objects = BindingQuerySet.as_manager()

    class Meta(Binding.Meta):
        verbose_name = _("loan of study material")
        default_permissions = ()
        ordering = ["-lent_on", "-id"]
        constraints = [
            *Binding.Meta.constraints,
            models.CheckConstraint(
                condition=Q(copies=1),
                name="material_loan_is_one_copy",
                violation_error_message=_("A loan is one copy."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("lent_on")),
                name="material_loan_due_after_lent",
                violation_error_message=_("The day it is due lies before the day it was lent."),
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True, returned_to__isnull=True)
                | Q(returned_on__gte=F("lent_on"), returned_on__isnull=False, returned_to__isnull=False),
                name="material_loan_back_after_lent",
                violation_error_message=_("It cannot come back before it was lent. Please check the day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return self.material.get_absolute_url()

    def is_out(self) -> bool:
        return self.returned_on is None and not self.is_withdrawn()
