"""Where permissions come from."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from hebi_charity.accounts.models import User


class RoleBackend(BaseBackend):
    """Log-in by account and password; permissions from the roles held now, and from nothing else."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None
    ) -> User | None:
        if username is None or password is None:
            return None
        user = User.objects.filter(username=username).first()
        if user is None:
            # The same work as for a known account, so that the time taken tells nothing.
            make_password(password)
            return None
        if not user.check_password(password) or not user.is_active or user.is_one_time_password_expired:
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        return User.objects.active().filter(pk=user_id).first()

    def get_all_permissions(self, user_obj: User, obj: object = None) -> set[str]:
        return user_obj.get_all_permissions(obj)
