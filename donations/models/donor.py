from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from donations.models.name_grams import NamedQuerySet, NameGrams
from hebi_charity.core.encryption import EncryptedTextField, keyed_hash
from hebi_charity.core.masking import mask_identifier, mask_name, mask_phone
from hebi_charity.core.spelling import spellings

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class DonorQuerySet(NamedQuerySet["Donor"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("donations.view_donor") else self.none()

    def current(self) -> Self:
        """Donors that can be chosen: in use and not merged into another."""
        return self.filter(is_active=True, merged_into__isnull=True)

    def not_merged(self) -> Self:
        """Donors with a page of their own gifts; what was merged is found under the donor it went into."""
        return self.filter(merged_into__isnull=True)

    def identified(self) -> Self:
        """Donors who gave a name: their data can be corrected."""
        return self.exclude(kind=Donor.Kind.ANONYMOUS)

    def sounding(self, letters: str) -> Self:
        """Donors whose pinyin (typed with blanks, some or none) or initials begin with these letters."""
        # Both begin with the first letter: the index on the pinyin is read from there on.
        rows = self.filter(sort_key__startswith=letters[:1])
        spelled = Q(sort_key__startswith=letters) | Q(initials__startswith=letters.replace(" ", ""))
        for spelling in spellings(letters):
            spelled |= Q(sort_key__startswith=spelling)
        return rows.filter(spelled)

    def of_phone(self, phone: str) -> Self:
        """Donors with exactly this telephone, found by its keyed hash."""
        return self.filter(phone_hash=keyed_hash(phone, purpose="phone")).exclude(phone_hash="")

    def perhaps_same(self, *, name_key: str, phone_hash: str = "", identifier_hash: str = "") -> Self:
        """Donors with the same name, telephone or paper: perhaps one person, and for people to decide."""
        same = Q(name_key=name_key)
        if phone_hash:
            same |= Q(phone_hash=phone_hash)
        if identifier_hash:
            same |= Q(identifier_hash=identifier_hash)
        return self.identified().not_merged().filter(same).order_by("sort_key", "pk")


class Donor(models.Model):
    """Who gave: a person, an enterprise, another organisation, or someone who did not say.

    Phone and identifiers are encrypted; equality is found by keyed hash (个人信息保护法 art. 51).
    """

    PERSONAL_FIELDS = {"name": mask_name, "phone": mask_phone, "identifier": mask_identifier}

    class Kind(models.TextChoices):
        PERSON = "person", _("individual")
        ENTERPRISE = "enterprise", _("enterprise")
        ORGANISATION = "organisation", pgettext_lazy("donor", "organisation")
        ANONYMOUS = "anonymous", _("anonymous")

    class IdentifierType(models.TextChoices):
        NONE = "", _("none")
        RESIDENT_ID = "resident_id", _("resident identity card")
        CREDIT_CODE = "credit_code", _("unified social credit code")
        OTHER = "other", _("other paper")

    kind = models.CharField(_("kind of donor"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    name_key = models.CharField(max_length=120, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, db_collation="C")
    initials = models.CharField(max_length=120, editable=False, db_collation="C")
    phone = EncryptedTextField(_("telephone"), blank=True)
    phone_hash = models.CharField(max_length=64, blank=True, editable=False)
    phone_tail = models.CharField(max_length=4, blank=True, editable=False)
    identifier_type = models.CharField(_("kind of paper"), max_length=12, choices=IdentifierType, blank=True)
    identifier = EncryptedTextField(_("number of the paper"), blank=True)
    identifier_hash = models.CharField(max_length=64, blank=True, editable=False)
    address = EncryptedTextField(_("address"), blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="merged_from"
    )
    made_by_import = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DonorQuerySet.as_manager()

    class Meta:
        verbose_name = _("donor")
        permissions = [("view_personal_data", "May see personal data in full, with a reason")]
        indexes = [
            GinIndex(NameGrams("name_key", Value(0)), name="donor_name_grams"),
            models.Index(fields=["sort_key", "id"], name="donor_sort"),
            models.Index(fields=["initials"], name="donor_initials"),
            models.Index(fields=["name_key"], name="donor_name_key"),
            models.Index(fields=["phone_tail"], condition=~Q(phone_tail=""), name="donor_phone_tail"),
            models.Index(fields=["phone_hash"], condition=~Q(phone_hash=""), name="donor_phone"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="donor_has_name",
                violation_error_message=_("A donor needs a name; an anonymous one is called 爱心人士."),
            ),
            models.UniqueConstraint(
                fields=["identifier_hash"],
                condition=~Q(identifier_hash="") & Q(merged_into__isnull=True),
                name="donor_identifier_unique",
                violation_error_message=_("Another donor has this identifier already. Choose that donor."),
            ),
            models.CheckConstraint(
                condition=Q(identifier_hash="", identifier_type="") | (~Q(identifier_hash="") & ~Q(identifier_type="")),
                name="donor_identifier_has_type",
                violation_error_message=_("Say what kind of paper the number stands on."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="donor_not_merged_into_itself",
                violation_error_message=_("A donor cannot be merged into itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("donations:donor_detail", args=[self.pk])

    def is_identified(self) -> bool:
        return self.kind != self.Kind.ANONYMOUS

    def has_personal_data(self) -> bool:
        """Whether there is anything that is shown in full only with a reason."""
        return bool(self.phone or self.identifier or self.address)

    def perhaps_same(self) -> DonorQuerySet:
        """Other donors who may be this one."""
        found = Donor.objects.perhaps_same(name_key=self.name_key, phone_hash=self.phone_hash)
        return found.exclude(pk=self.pk)
