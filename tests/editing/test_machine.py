"""Whatever editors do, in whatever order: refusals change nothing, words stand, drafts stay where they are.

`EXAMPLES=10000 pytest tests/editing/test_machine.py` looks longer than the tests do.
"""

from __future__ import annotations

import os
from itertools import count
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from service.database import Database
from tests.editing.machine import Editors
from tests.editing.observing import FEW

EXAMPLES = int(os.environ.get("EXAMPLES", "100"))
WEIGHTS = {"overwrite": 2, "withdraw": 1, "restore": 2, "merge": 2, "unmerge": 2, "propose": 4, "revert": 2, "save": 2}
WEIGHTS |= {"move": 8, "accept": 6, "due": 2, "assure": 1, "say": 3, "places": 1}
STEPS = st.sampled_from([step for step, weight in WEIGHTS.items() for _ in range(weight)])
NUMBERS = count()


@settings(FEW, max_examples=EXAMPLES, phases=[Phase.generate, Phase.shrink])
@given(steps=st.lists(st.tuples(STEPS, st.integers(0, 2**16)), min_size=5, max_size=25))
async def test_whatever_editors_do(directory: Database, steps: list[tuple[str, int]]) -> None:
    editors = Editors(directory, next(NUMBERS))
    await editors.begin()
    for step, seed in steps:
        await editors.take(step, Random(seed))
    await editors.check()
