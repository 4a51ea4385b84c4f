"""Migrating backs up first, and that backup is the way back."""

from functools import partial
from pathlib import Path

import pytest

from service import cli
from service.database import Database
from service.errors import BackupError
from service.migrations import runner
from service.settings import Settings
from tests.backup.directories import change, filled, names, plain, restore, rows_of, settled, without_epoch
from tests.migrations.test_filled import LATER, everything, things
from tests.models.filling import fill


def install_the_next_version(patch: pytest.MonkeyPatch) -> None:
    for name in ("pending", "migrate"):
        patch.setattr(runner, name, partial(lambda act, database, *_: act(database, LATER), getattr(runner, name)))


async def test_going_back_after_an_upgrade(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_env({"KOPA_DATABASE_URL": database_url})
    assert await cli.apply_migrations(settings) == ["0001_initial"]
    assert "var" not in names(tmp_path), "there was nothing to back up"
    async with Database(database_url, models=()) as database, database.transaction() as transaction:
        await fill(transaction, database.dialect)
        await transaction.execute("UPDATE change_clock SET seq = 2")
    rows = await rows_of(database_url)
    async with Database(database_url, models=()) as database:
        made = await things(database)

    with monkeypatch.context() as upgraded:
        install_the_next_version(upgraded)
        assert await cli.apply_migrations(settings) == ["0002_standing"]
        assert await cli.apply_migrations(settings) == []
    name, checksum = names(Path("var/backups"))
    file = Path("var/backups", name)
    assert checksum == f"{name}.sha256"
    assert f"Wrote {file}: " in capsys.readouterr().err
    await change(database_url)

    restored = await restore(database_url, file, tmp_path)
    assert restored.kept, "the state after the upgrade, too"
    async with Database(database_url, models=()) as database:
        assert without_epoch(await everything(database)) == settled(rows)
        assert plain(await things(database)) == plain(made)
        assert await runner.pending(database) == []


async def test_without_a_backup_nothing_is_migrated(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "var").write_text("in the way", "utf-8")
    await filled(database_url)
    settings = Settings.from_env({"KOPA_DATABASE_URL": database_url})
    install_the_next_version(monkeypatch)
    with pytest.raises(BackupError, match=r"Nothing was migrated; `kopa migrate --no-backup` does without\.$"):
        await cli.apply_migrations(settings)
    assert await cli.apply_migrations(settings, back_up_first=False) == ["0002_standing"]
