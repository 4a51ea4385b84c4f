"""`kopa webhook` from adding to removing, with a receiver that really is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import cli
from service.errors import KopaError
from tests.webhooks.receiver import receiving


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "kopa.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite:///{path}"


def test_a_webhook_from_beginning_to_end(url: str) -> None:
    def webhook(*arguments: str, networks: str = "127.0.0.0/8") -> Result:
        variables = {"KOPA_DATABASE_URL": url, "KOPA_WEBHOOK_NETWORKS": networks}
        return CliRunner().invoke(cli, ["webhook", *arguments], env=variables)

    assert webhook("list").output == "There are no webhooks.\n"
    with receiving() as receiver:
        added = webhook("add", receiver.url, "--noun", "service")
        found = re.search(r"webhook (\S+) is told .*\n(whsec_\S+)\n", added.output)
        assert found, added.output
        id, secret = found.groups()
        listed = webhook("list").output
        assert listed == f"{id}  active    seq 0, 0 failed since  {receiver.url} (service)\n"
        assert secret not in listed
        assert webhook("log", id).output == "Nothing was sent yet.\n"
        assert re.fullmatch(r"It was taken: 200 after \d+ ms\.\n", webhook("test", id).output)
        assert len(receiver.got) == 1
        refused = webhook("test", id, networks="none")
        assert isinstance(refused.exception, KopaError)
        assert "not a public address" in str(refused.exception)
        assert len(receiver.got) == 1
    tried = webhook("log", id).output.splitlines()
    assert ["not a public address" in line for line in tried] == [True, False]
    assert webhook("remove", id).output == "It is told nothing any more.\n"
    assert isinstance(webhook("remove", id).exception, KopaError)
