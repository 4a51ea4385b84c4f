"""What a document leaves behind when it has been looked at."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest

from service.api.prepared import Prepared
from service.errors import KopaError
from tests.api.hostile import hostile

LITTLE = 2_500
"""Objects that graphql-core ties in circles while it validates, most of them when it gives up in the middle."""

HOSTILE = {each.name: each.text for each in hostile()}
DEMANDING = ["99 texts to look for", "99 lists side by side", "99 days to look at", "plain lists", "399 unknown fields"]


@pytest.mark.parametrize("name", DEMANDING)
def test_a_refused_document_leaves_little_to_the_garbage_collector(name: str) -> None:
    _look_at(HOSTILE[name])
    assert _circular(HOSTILE[name]) < LITTLE


def test_an_accepted_document_goes_when_it_is_forgotten() -> None:
    services = " ".join(f"services(first: 1) {{ nodes {{ a{n}: name b{n}: id }} }}" for n in range(40))
    text = f"{{ organisations(first: 1) {{ nodes {{ {services} }} }} }}"
    _look_at(text)
    assert _circular(text) < LITTLE


def _look_at(text: str) -> None:
    with suppress(KopaError):
        operation = Prepared(text).operation(None)
        operation.pricing.affordable(operation.compiling.variables.coerced({}))


def _circular(text: str) -> int:
    """How many objects only the collector can let go of."""
    gc.collect()
    gc.disable()
    try:
        _look_at(text)
        return gc.collect()
    finally:
        gc.enable()
