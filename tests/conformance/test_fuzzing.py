"""What Schemathesis makes of the schema is answered without any error.

`SEEDS` and `EXAMPLES` ask for more than there is time for each time: `SEEDS=1,2,3 EXAMPLES=500`. Mutations join then,
too: without an account each is refused the same, and with one `tests/api/test_mutation_junk.py` asks them.
"""

import os
from pathlib import Path

import httpx2
import pytest

from tests.conformance.tools import HERE, ROOT, environment, run
from tests.test_metrics import parsed

SEEDS = os.environ.get("SEEDS", "1").split(",")
EXAMPLES = os.environ.get("EXAMPLES", "50")
READS = () if "EXAMPLES" in os.environ else ("--exclude-name-regex", r"^Mutation\.")
POSTED = ("method", "POST")
TOO_DEAR = frozenset({("code", "COST_EXCEEDED")})
MOST_TOO_DEAR = 0.1
"""Where more of what is asked is refused for its cost, too little is looked at."""


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_asked_is_answered(url: str, seed: str, tmp_path: Path) -> None:
    run(
        environment("schemathesis") / "schemathesis",
        "run",
        ROOT / "schema.graphql",
        *("--url", url, "--phases", "fuzzing", "--seed", seed, "--max-examples", EXAMPLES, "--no-color"),
        *READS,
        cwd=tmp_path,
        SCHEMATHESIS_HOOKS="fuzzing",
        PYTHONPATH=str(HERE),
    )
    assert share_too_dear(url) < MOST_TOO_DEAR


def share_too_dear(url: str) -> float:
    """Of what the server was asked by POST, how much it refused for its cost."""
    figures = parsed(httpx2.get(url.replace("/graphql", "/metrics"), timeout=60).text)
    asked = sum(
        value for (name, labels), value in figures.items() if name == "kopa_requests_total" and POSTED in labels
    )
    return figures.get(("kopa_graphql_refusals_total", TOO_DEAR), 0) / asked
