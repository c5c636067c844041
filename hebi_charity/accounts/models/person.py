"""The people who log in."""

from __future__ import annotations

from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hebi_charity.accounts.models.role import RoleAssignment
from hebi_charity.core.encryption import EncryptedTextField, keyed_hash
from hebi_charity.core.identifiers import normal_phone
from hebi_charity.core.masking import mask_phone


class UserQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> Self:
        """Everyone for who manages people; oneself for anyone else."""
        if user.has_perm("accounts.manage_people"):
            return self
        return self.filter(pk=user.pk)

    def active(self) -> Self:
        return self.filter(is_active=True)

    def holding(self, role_code: str) -> Self:
        """Active people who hold this role now."""
        return self.active().filter(role_assignments__role__code=role_code, role_assignments__ended_at__isnull=True)

    def with_expired_slip(self) -> Self:
        """People who were given a one-time password and did not come before it ran out."""
        return self.filter(one_time_password_expires_at__lte=Now())

    def with_phone(self, typed: str) -> User | None:
        """The one active account with this phone number; None when there is none or more than one."""
        digits = normal_phone(typed)
        found = list(self.active().filter(phone_hash=keyed_hash(digits, purpose="phone"))[:2]) if digits else []
        return found[0] if len(found) == 1 else None

    def with_roles(self) -> Self:
        """Each with `roles_now`: the assignments held now, roles loaded."""
        current = RoleAssignment.objects.current().select_related("role").order_by("role__position")
        return self.prefetch_related(models.Prefetch("role_assignments", current, to_attr="roles_now"))

    def accounts_of_same_person(self, user: User) -> Self:
        """Every account of the person behind this one, itself included."""
        main = user.main_account_id or user.pk
        return self.filter(Q(pk=main) | Q(main_account_id=main))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Makes accounts; the only place where a password is first set."""

    def create_user(self, username: str, *, full_name: str, password: str | None = None, **fields: object) -> User:
        """Make an account without a role. Without a password nobody can log in to it yet."""
        user = self.model(username=username.lower(), full_name=full_name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One account of one person of the office. Never deleted: who leaves is deactivated.

    There is no superuser. What a person may do comes only from the roles held now.
    """

    username = models.CharField(
        _("account"),
        max_length=40,
        unique=True,
        db_collation="C",
        validators=[
            RegexValidator(
                r"\A[a-z][a-z0-9._-]*\Z",
                _("An account begins with a small letter; small letters, digits and . - _ may follow."),
            )
        ],
        error_messages={"unique": _("This account exists already. Choose another one.")},
    )
    full_name = models.CharField(_("person's full name"), max_length=50)
    sort_key = models.CharField(max_length=200, db_collation="C", blank=True, editable=False)
    phone = EncryptedTextField(_("mobile phone"), blank=True, default="")
    phone_hash = models.CharField(max_length=64, blank=True, default="", db_collation="C", editable=False)
    main_account = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="other_accounts",
        null=True,
        blank=True,
        verbose_name=_("second account of"),
        help_text=_("For one person with two accounts: roles that may not meet are checked over both."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    joined_on = models.DateField(_("works here since"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    must_change_password = models.BooleanField(default=False, editable=False)
    one_time_password_expires_at = models.DateTimeField(null=True, editable=False)
    password_changed_at = models.DateTimeField(null=True, editable=False)
    is_large_text = models.BooleanField(_("large text"), default=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    PERSONAL_FIELDS = {"phone": mask_phone}

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "username"]
        default_permissions = ()
        permissions = [
            ("manage_people", "Can manage people and roles"),
            ("view_posts", "Can see who holds which role and which documents would be stuck"),
        ]
        indexes = [
            models.Index(fields=["full_name"], name="user_full_name"),
            models.Index(fields=["phone_hash"], name="user_phone_hash", condition=~Q(phone_hash="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")) & ~Q(username=""),
                name="user_username_lower_case",
                violation_error_message=_("An account is written in small letters."),
            ),
            models.CheckConstraint(
                condition=~Q(full_name=""),
                name="user_full_name_not_empty",
                violation_error_message=_("Please give the person's full name."),
            ),
            models.CheckConstraint(
                condition=Q(is_active=True, left_on__isnull=True) | Q(is_active=False, left_on__isnull=False),
                name="user_left_on_when_inactive",
                violation_error_message=_("A deactivated person has the date of leaving, an active one has none."),
            ),
            models.CheckConstraint(
                condition=Q(one_time_password_expires_at__isnull=True) | Q(must_change_password=True),
                name="user_one_time_password_is_changed",
                violation_error_message=_("A one-time password must be changed at first use."),
            ),
            models.CheckConstraint(
                condition=Q(main_account__isnull=True) | ~Q(main_account=models.F("id")),
                name="user_main_account_is_another",
                violation_error_message=_("An account cannot be the second account of itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("accounts:detail", kwargs={"pk": self.pk})

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # The epoch in the hash ends every session at once when it grows: role change, deactivation, reset.
        return salted_hmac(
            "hebi_charity.accounts.session",
            f"{self.password}|{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

    def audit_label(self) -> str:
        """The log names an account, never the person."""
        return self.username

    def set_phone(self, phone: str) -> None:
        """Keep a phone number encrypted, with the keyed hash that finds it at log-in."""
        self.phone = normal_phone(phone)
        self.phone_hash = keyed_hash(self.phone, purpose="phone") if self.phone else ""

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone) if self.phone else ""

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """Codes of the roles held now. Cached on this instance: a request sees one state."""
        return frozenset(self.role_assignments.current().values_list("role__code", flat=True))

    def has_role(self, code: str) -> bool:
        return self.is_active and code in self.role_codes

    @property
    def is_one_time_password_expired(self) -> bool:
        expires_at = self.one_time_password_expires_at
        return expires_at is not None and expires_at <= timezone.now()

    @cached_property
    def role_permissions(self) -> frozenset[str]:
        """Every "app.codename" that the roles held now give. Cached on this instance: a request sees one state."""
        held = Permission.objects.filter(roles__assignments__user=self, roles__assignments__ended_at__isnull=True)
        names = held.order_by().values_list("content_type__app_label", "codename").distinct()
        return frozenset(f"{app}.{codename}" for app, codename in names)

    def get_all_permissions(self, obj: object = None) -> set[str]:
        """What the person may do now: nothing when deactivated. Permissions on single rows do not exist."""
        return set(self.role_permissions) if self.is_active and obj is None else set()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return perm in self.get_all_permissions(obj)

    def has_perms(self, perm_list: list[str] | tuple[str, ...], obj: object = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions())
