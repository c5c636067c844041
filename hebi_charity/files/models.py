"""Files that people gave us or that we made: kept once by their content, never changed."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Self

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
TABLES = frozenset(
    {
        "text/plain",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    }
)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, user: User) -> Self:
        """What this person put in. Files of a record are reached through the record, by `services.may_open`."""
        return self.filter(stored_by=user)

    def of(self, row: models.Model) -> Self:
        """The files of one record, in the order they were attached."""
        uses = Use.objects.filter(owner_type=row._meta.label_lower, owner_id=row.pk)
        return self.filter(uses__in=uses).order_by("uses__pk")


class Attachment(models.Model):
    """One file as somebody gave it or a job made it. Its bytes lie in private storage under their SHA-256."""

    sha256 = models.CharField("SHA-256", max_length=64, db_collation="C")
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    content_type = models.CharField(_("type"), max_length=100, db_collation="C")
    name = models.CharField(_("file name"), max_length=150)
    stored_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("stored by"), on_delete=models.PROTECT, related_name="+", null=True
    )
    stored_at = models.DateTimeField(_("stored at"), db_default=Now(), editable=False)
    # "app.model" of the records it was chosen for in a form: while it belongs to none, their app says who opens it.
    chosen_for = models.CharField(max_length=80, blank=True, default="", db_default="", db_collation="C")

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        default_permissions = ()
        indexes = [models.Index(fields=["sha256"], name="attachment_sha256")]
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="attachment_sha256_is_hex",
                violation_error_message=_("A file is known by its SHA-256 of 64 hexadecimal digits."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="attachment_not_empty",
                violation_error_message=_("The file is empty. Please choose another one."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:download", kwargs={"pk": self.pk})

    def audit_label(self) -> str:
        # A file's name may hold a person's name: the log knows it by its content.
        return f"SHA-256 {self.sha256[:16]}"

    @staticmethod
    def path_of(sha256: str) -> str:
        """Where the bytes of this SHA-256 lie in the private storage."""
        return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"

    @property
    def path(self) -> str:
        return self.path_of(self.sha256)

    @property
    def thumbnail_path(self) -> str:
        """Where the small picture lies: beside the bytes, so that the sweep keeps and removes both together."""
        return f"{self.path}.small"

    @property
    def large_path(self) -> str:
        """Where the picture lies as large as a page shows it."""
        return f"{self.path}.large"

    @property
    def large_url(self) -> str:
        """The address of the picture as large as a page shows it; "" for what is no picture."""
        return reverse("files:large", kwargs={"pk": self.pk}) if self.is_picture else ""

    @property
    def thumbnail_url(self) -> str:
        """The small picture's address; "" for what is no picture."""
        return reverse("files:thumbnail", kwargs={"pk": self.pk}) if self.is_picture else ""

    @property
    def is_picture(self) -> bool:
        return self.content_type in PICTURES

    @property
    def is_table(self) -> bool:
        """Whether the file may hold rows about people; downloading it is logged."""
        return self.content_type in TABLES

    def open(self) -> IO[bytes]:
        """The bytes, for reading. The caller closes it."""
        return default_storage.open(self.path, "rb")


class Use(models.Model):
    """One record holds one file, for a purpose. Inserted and never changed."""

    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="uses")
    owner_type = models.CharField(max_length=80, db_collation="C")
    owner_id = models.BigIntegerField()
    purpose = models.CharField(_("purpose"), max_length=40, blank=True, db_collation="C")
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    used_at = models.DateTimeField(db_default=Now(), editable=False)
    # HMAC over what the use says, so that a check of the books finds one that was changed or put there.
    seal = models.CharField(max_length=64, blank=True, default="", db_default="", editable=False, db_collation="C")

    class Meta:
        verbose_name = _("use of a file")
        verbose_name_plural = _("uses of files")
        default_permissions = ()
        indexes = [models.Index(fields=["owner_type", "owner_id"], name="use_of_owner")]
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "owner_type", "owner_id", "purpose"],
                name="use_once",
                violation_error_message=_("This file is attached to the record already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_type} {self.owner_id}"

    def sealed_values(self) -> dict[str, object]:
        """What the seal is over. Migration files.0006 sealed the uses of before with the same."""
        return {
            "file": self.attachment.sha256,
            "attachment": self.attachment_id,
            "owner_type": self.owner_type,
            "owner_id": self.owner_id,
            "purpose": self.purpose,
            "used_by": self.used_by_id,
        }
