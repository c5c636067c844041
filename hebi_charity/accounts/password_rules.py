"""Rules for passwords that people in their sixties can live with: long enough, not guessed at once, never forced.

No symbols are demanded and nothing expires: both make people write passwords on the screen's edge.
"""

from __future__ import annotations

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hebi_charity.accounts.models import User

MINIMUM_LENGTH = 8
# What Chinese offices type first and Django's English list does not hold.
USUAL_HERE = frozenset(
    """
    woaini1314 woaini520 5201314520 1314520520 woaizhongguo zhongguo zhongguo123 a123456789 aa123456 abc123456
    qwer1234 asdf1234 zxcvbnm123 q1w2e3r4 1qaz2wsx 1q2w3e4r admin123 admin888 password1 hebi1234 hebi123456
    cishan123 cishan888 88888888 66668888 12341234 11223344 12344321 123456abc 123456aa 147258369 123123123
    """.split()
)


class LengthRule:
    """At least eight characters."""

    code = "length"  # what the page's script ticks while one types

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < MINIMUM_LENGTH:
            raise ValidationError(
                _("The password has %(length)d characters. Please use at least %(minimum)d; four words are good too.")
                % {"length": len(password), "minimum": MINIMUM_LENGTH},
                code="password_too_short",
            )

    def get_help_text(self) -> str:
        return _("At least %(minimum)d characters. No special characters are needed, and it does not expire.") % {
            "minimum": MINIMUM_LENGTH
        }


class NotUsualHereRule(CommonPasswordValidator):
    """Not one of the 20,000 passwords that are tried first, nor one character or a plain row of digits."""

    code = "usual"

    def validate(self, password: str, user: User | None = None) -> None:
        lowered = password.lower()
        is_usual = lowered in USUAL_HERE or lowered in self.passwords
        if is_usual or len(set(lowered)) < 3 or lowered in "012345678901234567899876543210987654321":
            raise ValidationError(
                _("This password is among the first that anyone would try. Please choose another one."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Not one that everybody uses, such as 12345678.")


class NotAboutOneselfRule:
    """Not the account, the name, its pinyin or the phone number, alone or with a few digits."""

    code = "oneself"

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None:
            return
        lowered = password.lower()
        for known in (user.username, user.full_name, user.sort_key.replace(" ", ""), user.phone):
            if known and len(known) >= 3 and known.lower() in lowered and len(lowered) - len(known) <= 4:
                raise ValidationError(
                    _("The password is your name, account or phone number. Please choose another one."),
                    code="password_about_oneself",
                )

    def get_help_text(self) -> str:
        return _("Not your name, account or phone number.")
