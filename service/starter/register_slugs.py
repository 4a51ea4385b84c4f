"""The readable names of the register's organisations in addresses."""

from __future__ import annotations

from collections import Counter
from functools import cache

from service.editing.slugs import slug_of
from service.starter import register
from service.starter.names import display_name


@cache
def slugs() -> dict[str, str]:
    """Slugs by the organisation's key.

    A name that several providers have, or that is cut to what another is called, is told apart by where the
    provider is registered, and if that is not enough, by its register number.
    """
    parents = {key: slug_of(display_name(group[0]["parent_name"])) for key, group in register.parents().items()}
    providers = {key: slug_of(display_name(group[0]["name"])) for key, group in register.providers().items()}
    for column in ("municipality", "register_id"):
        times = Counter([*parents.values(), *providers.values()])
        for key, slug in providers.items():
            if times[slug] > 1:
                providers[key] = f"{slug}-{register.providers()[key][0][column]}"
    return parents | providers
