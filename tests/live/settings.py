"""The settings of the processes that live tests start: the product's, with work of our own to do."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.live"]  # noqa: F405
