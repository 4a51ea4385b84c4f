"""Addresses: none takes a name that is fixed elsewhere, and every one is served."""

from __future__ import annotations

from service.app import create_app
from service.pages import addresses
from tests.catalogue.loading import settings


def test_addresses_leave_the_fixed_names_to_others() -> None:
    fixed = {"graphql", "schema.graphql", "admin", "account", "embed", "oembed", "network", "data", "changes"}
    fixed |= {"answer", "healthz", "readyz", "metrics", "hsds"}
    taken = [path.split("/")[1] for _, _, path in addresses.each_path()]
    assert fixed.isdisjoint(taken)
    every = [path for _, _, path in addresses.each_path()]
    assert len(set(every)) == len(every)
    served = [route.path for route in create_app(settings()).routes]  # type: ignore[attr-defined]
    assert set(every) <= set(served)
