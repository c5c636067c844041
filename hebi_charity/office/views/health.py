"""Health for machines: alive, and ready to work. Nothing personal, no log-in."""

from __future__ import annotations

from http import HTTPStatus

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache

from hebi_charity.office.rights import is_append_only_enforced

VALKEY_LIMIT = 0.5  # seconds


@method_decorator([login_not_required, never_cache], name="dispatch")
class LiveView(View):
    """The process answers. Asks nobody else."""

    def get(self, request: HttpRequest) -> JsonResponse:
        return JsonResponse({"live": True})


@method_decorator([login_not_required, never_cache], name="dispatch")
class ReadyView(View):
    """200 when pages can be served: the database answers and is migrated. Valkey is told, but not required."""

    def get(self, request: HttpRequest) -> JsonResponse:
        facts = database_facts()
        is_ready = facts["database"] and facts["migrated"]
        facts["valkey"] = valkey_answers()
        status = HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE
        return JsonResponse({"ready": is_ready} | facts, status=status)


def database_facts() -> dict[str, bool]:
    try:
        return {
            "database": database_answers(),
            "migrated": is_migrated(),
            "append_only_enforced": is_append_only_enforced(),
        }
    except (DatabaseError, InterfaceError):
        return {"database": False, "migrated": False, "append_only_enforced": False}


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def valkey_answers() -> bool:
    client = redis.Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_connect_timeout=VALKEY_LIMIT,
        socket_timeout=VALKEY_LIMIT,
        retry=None,
        retry_on_error=[],
    )
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()
