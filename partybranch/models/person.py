from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.encryption import EncryptedTextField
from hebi_charity.core.masking import mask_identifier, mask_name, mask_phone
from hebi_charity.core.spelling import spellings

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> Self:
        return self if user.has_perm("partybranch.view_person") else self.none()

    def own(self, user: User) -> Self:
        """The record of the person who is logged in: the only one that needs no role of the branch."""
        return self.filter(account=user)

    def sounding(self, letters: str) -> Self:
        """People whose pinyin (typed with blanks, some or none) or initials begin with these letters."""
        found = Q(sort_key__startswith=letters) | Q(initials__startswith=letters.replace(" ", ""))
        for spelling in spellings(letters):
            found |= Q(sort_key__startswith=spelling)
        return self.filter(found)

    def of_branch(self, branch: object) -> Self:
        """Whoever belongs or belonged to a branch, in the order of pinyin."""
        return self.filter(memberships__branch=branch).distinct().order_by("sort_key", "pk")

    def of_stays(self, stays: models.QuerySet) -> Self:
        """The people of these stays in a branch, in the order of pinyin."""
        return self.filter(pk__in=stays.values("person")).order_by("sort_key", "pk")

    def namesakes(self, name_key: str) -> Self:
        return self.filter(name_key=name_key).order_by("pk")


class Person(models.Model):
    """Somebody who belongs to a branch or studies with it. Personal data only: belonging is a row of its own.

    Phone and identity card are encrypted; equality is found by keyed hash (个人信息保护法 art. 28, 51).
    """

    PERSONAL_FIELDS = {
        "name": mask_name,
        "phone": mask_phone,
        "identifier": mask_identifier,
        "birth_month": None,
        "sex": None,
    }

    class Sex(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")

    name = models.CharField(_("name of the person"), max_length=60)
    name_key = models.CharField(max_length=60, editable=False)
    sort_key = models.CharField(max_length=200, editable=False, db_collation="C")
    initials = models.CharField(max_length=60, editable=False, db_collation="C")
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    birth_month = models.DateField(_("month of birth"), null=True, blank=True)
    post = models.CharField(_("post or former post"), max_length=80, blank=True)
    phone = EncryptedTextField(_("telephone"), blank=True)
    phone_tail = models.CharField(max_length=4, blank=True, editable=False)
    identifier = EncryptedTextField(_("resident identity card"), blank=True)
    identifier_hash = models.CharField(max_length=64, blank=True, editable=False)
    note = models.CharField(_("note"), max_length=200, blank=True)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("log-in of the person"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person of the branch")
        default_permissions = ("view",)
        permissions = [
            ("record_membership", "May record people of the branch, stages, transfers, circumstances and terms"),
            ("withdraw_record", "May withdraw what was recorded of the branch, with a reason"),
            ("export_roll", "May export the roll of the branch"),
            ("view_personal_data", "May see personal data of the branch in full, with a reason"),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="person_sort"),
            models.Index(fields=["name_key"], name="person_name_key"),
            models.Index(fields=["phone_tail"], condition=~Q(phone_tail=""), name="person_phone_tail"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="person_has_name",
                violation_error_message=_("Give the name of the person."),
            ),
            models.CheckConstraint(
                condition=Q(birth_month__isnull=True) | Q(birth_month__day=1),
                name="person_birth_month_first_of_month",
                violation_error_message=_("Of a birth the month is kept, not the day."),
            ),
            models.UniqueConstraint(
                fields=["identifier_hash"],
                condition=~Q(identifier_hash=""),
                name="person_identifier_unique",
                violation_error_message=_("Another person of the branch has this identity card already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partybranch:person_detail", args=[self.pk])

    def has_personal_data(self) -> bool:
        """Whether there is anything that is shown in full only with a reason."""
        return bool(self.phone or self.identifier)
