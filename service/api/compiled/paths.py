"""Resolvers that only read attributes are read in place, without a call."""

from __future__ import annotations

import dis
from collections.abc import Callable
from functools import cache
from typing import Any

WITHOUT_EFFECT = {"RESUME", "NOP", "CACHE", "COPY_FREE_VARS"}


@cache
def path_of(resolver: Callable[..., Any]) -> str | None:
    """`link.kind` for a method that is no more than `return self.link.kind`; None for anything else."""
    code = getattr(resolver, "__code__", None)
    if code is None or code.co_argcount != 1 or code.co_kwonlyargcount or code.co_freevars:
        return None
    steps = [step for step in dis.get_instructions(code) if step.opname not in WITHOUT_EFFECT]
    if len(steps) < 3 or not steps[0].opname.startswith("LOAD_FAST") or steps[-1].opname != "RETURN_VALUE":
        return None
    if any(step.opname != "LOAD_ATTR" for step in steps[1:-1]):
        return None
    return ".".join(str(step.argval) for step in steps[1:-1])
