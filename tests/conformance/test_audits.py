"""GraphQL over HTTP, as the audits of graphql-http see it."""

import json

from tests.conformance.tools import PACKAGES, run

AUDITS = 61


def test_every_audit_is_content(url: str) -> None:
    results = json.loads(run("node", "audits.mjs", PACKAGES, url))
    assert [result for result in results if result["status"] != "ok"] == []
    assert len(results) == AUDITS
