"""No page answers a stranger but the few of `public.PUBLIC`."""

import pytest
from django.urls import URLPattern, get_resolver, reverse

from hebi_charity.accounts.public import PUBLIC

pytestmark = pytest.mark.django_db
SAMPLES = {"uuid": "00000000-0000-0000-0000-000000000001", "slug": "a", "str": "a", "path": "a", "int": 1}


def sample(converter):
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return {"string": "a"}.get(kind, SAMPLES.get(kind, 1))


def addresses(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", {name: sample(kind) for name, kind in entry.pattern.converters.items()}
        else:
            yield from addresses(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


ALL = list(addresses(get_resolver()))


@pytest.mark.parametrize(("name", "kwargs"), [pair for pair in ALL if pair[0] not in PUBLIC])
@pytest.mark.parametrize("method", ["get", "post", "put", "delete"])
def test_every_page_needs_a_login(client, name, kwargs, method):
    response = getattr(client, method)(reverse(name, kwargs=kwargs))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_every_address_has_a_name():
    assert [name for name, _kwargs in ALL if name.endswith("None")] == []


def test_public_pages_are_few():
    assert len(PUBLIC) <= 9
    assert set(PUBLIC) <= {name for name, _kwargs in ALL}
