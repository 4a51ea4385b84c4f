"""Acts: what sides, providers and editors say about a record. They are rows of their own and never content,
so nothing that edits content can forge or undo them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from tortoise.models import Model

from service.database import Database, Reader, Transaction
from service.editing import log
from service.editing.content import Content
from service.editing.fields import Refused, identifier, parse
from service.editing.history import Past, latest, survivors
from service.editing.messages import problem, refuse
from service.editing.permits import Attempt, Permit, Step, trusted
from service.errors import InputError, Problem
from service.models.cooperation import Confirmation, ConfirmationRole, ConfirmationState, Side
from service.models.record import Record
from service.models.revision import Act
from service.models.rows import from_json, moment
from service.models.service import Availability, AvailabilityState


@dataclass(frozen=True)
class Word:
    """What one side of a link says: its state, and for the sides and editors only the tie level and a note."""

    side: Side
    state: ConfirmationState
    role: ConfirmationRole
    on: date
    organisation: str | None = None
    source: str | None = None
    tie_level: int | None = None
    note: str | None = None


@dataclass(frozen=True)
class Places:
    """How many places a service has free."""

    state: AvailabilityState
    as_of: date
    role: str
    free_places: int | None = None
    weeks_to_wait: int | None = None


async def assure(database: Database, record: str, *, on: date, role: str, author: str, permit: Permit = trusted) -> int:
    """Somebody says the record is still true. `last_modified` stays. Raises InputError if it is not published.

    Who speaks of an earlier day than somebody did before is heard, but the later word stands.
    """
    async with log.writing(database) as (transaction, at):
        return await log.append(transaction, [await _assured(transaction, record, on, role, permit)], author, at)


async def assure_all(
    database: Database, records: Sequence[str], *, on: date, role: str, author: str, permit: Permit = trusted
) -> int:
    """The same of several records, all or none; the path of each problem begins with the place of its record."""
    entries, problems = list[log.Entry](), list[Problem]()
    async with log.writing(database) as (transaction, at):
        for place, record in enumerate(dict.fromkeys(records)):
            try:
                entries.append(await _assured(transaction, record, on, role, permit))
            except InputError as refused:
                problems += [Problem(each.code, (place, *each.path), each.words) for each in refused.problems]
        refuse(problems)
        return await log.append(transaction, entries, author, at)


async def _assured(transaction: Transaction, record: str, on: date, role: str, permit: Permit) -> log.Entry:
    """Note in its row that a record is still true."""
    said = {"assured_on": on.isoformat(), "assured_by": _read(Record, "assured_by", role, "role")}
    id, noun, version = await _published(transaction, record, Step.ASSURE, said, permit)
    stands = await _latest_assurance(transaction, id, said)
    day = date.fromisoformat(stands["assured_on"]) if transaction.dialect == "postgres" else stands["assured_on"]
    sql = "UPDATE record SET assured_on = ?, assured_by = ? WHERE id = ?"
    await transaction.execute(sql, day, stands["assured_by"], id)
    return log.Entry(Act.ASSURE, noun, id, said, stands, version)


async def _latest_assurance(transaction: Transaction, id: str, said: dict[str, Any]) -> dict[str, Any]:
    [row] = await transaction.fetch("SELECT assured_on, assured_by FROM record WHERE id = ?", id)
    before = {"assured_on": str(row["assured_on"] or ""), "assured_by": row["assured_by"]}
    return said if said["assured_on"] >= before["assured_on"] else before


async def confirm(database: Database, link: str, word: Word, *, author: str, permit: Permit = trusted) -> int:
    """One side speaks about a link. Raises InputError when it is not a link, or not that side's to say."""
    async with log.writing(database) as (transaction, at):
        word = _read_word(word)
        id, noun, version = await _published(transaction, link, Step.CONFIRM, _plain(word), permit)
        if noun != "cooperation_link":
            raise InputError([problem("not_a_link", ("link",))])
        refuse([broken async for broken in _refused(transaction, id, word)])
        entry = _confirmation(id, word, version)
        await _insert_confirmations(transaction, [entry], at)
        return await log.append(transaction, [entry], author, at)


async def set_availability(
    database: Database, service: str, places: Places, *, author: str, permit: Permit = trusted
) -> int:
    """A provider says how many places are free. Raises InputError when it is not a service or does not add up."""
    async with log.writing(database) as (transaction, at):
        names = ("role", "free_places", "weeks_to_wait")
        places = replace(places, **{name: _read(Availability, name, getattr(places, name)) for name in names})
        id, noun, version = await _published(transaction, service, Step.AVAILABILITY, _plain(places), permit)
        if noun != "service":
            raise InputError([problem("not_a_service", ("service",))])
        refuse(_impossible(places))
        said = {name: value for name, value in _plain(places).items() if value is not None}
        await _insert(transaction, Availability, {"service_id": id, **_plain(places)}, at)
        return await log.append(transaction, [log.Entry(Act.AVAILABILITY, noun, id, said, said, version)], author, at)


WHAT_A_WORD_IS_ABOUT = ("kind", "side_a", "side_b", "valid_from", "valid_to")


async def resets(
    transaction: Transaction,
    entries: Sequence[log.Entry],
    past: Mapping[str, Past],
    at: datetime,
    same: Mapping[str, str],
) -> list[log.Entry]:
    """The acts that take the sides' words back because what they spoke about has changed: kind, parties or period.

    A link is compared with what it last held, so that withdrawing it in between makes no difference. A party that
    was merged with another is the same party; `same` names those that are being merged, or were until now.
    """
    links = {entry.record: entry for entry in entries if entry.noun == "cooperation_link" and entry.record in past}
    before = {link: past[link].content for link in links}
    parties = {content[side] for content in before.values() for side in ("side_a", "side_b")}
    same = {**await survivors(transaction, parties), **same}
    taken_back = []
    for link, content in before.items():
        if _is_about(content, same) != _is_about(links[link].content, same):
            for side in await _sides_that_spoke(transaction, link):
                word = Word(side, ConfirmationState.UNASKED, ConfirmationRole.SYSTEM, at.date())
                taken_back.append(_confirmation(link, word, links[link].version))
    await _insert_confirmations(transaction, taken_back, at)
    return taken_back


def _is_about(link: Content, same: Mapping[str, str]) -> list[Any]:
    return [same.get(value, value) if value else None for value in map(link.get, WHAT_A_WORD_IS_ABOUT)]


@dataclass(frozen=True)
class TakenBack:
    """A word that the directory took back: the side that has to be asked again, and by which change."""

    seq: int
    link: str
    side: Side


async def taken_back(reader: Database | Reader, after: int) -> list[TakenBack]:
    """The words taken back after a place in the log: whom to tell that a link has changed."""
    sql = "SELECT seq, record_id, payload FROM change WHERE act = ? AND seq > ? ORDER BY seq"
    rows = [(row, from_json(row["payload"])) for row in await reader.fetch(sql, Act.CONFIRM.value, after)]
    return [
        TakenBack(row["seq"], str(row["record_id"]), Side(said["side"]))  # type: ignore[call-arg]
        for row, said in rows
        if said["role"] == ConfirmationRole.SYSTEM
    ]


async def _sides_that_spoke(transaction: Transaction, link: str) -> list[Side]:
    rows = await transaction.fetch("SELECT side, state FROM confirmation WHERE link_id = ? ORDER BY at, id", link)
    latest = {row["side"]: row["state"] for row in rows}
    return [Side(side) for side, state in latest.items() if state != ConfirmationState.UNASKED]  # type: ignore[call-arg]


def _read_word(word: Word) -> Word:
    return replace(
        word,
        organisation=_id("organisation", word.organisation),
        source=_id("source", word.source),
        tie_level=_read(Confirmation, "tie_level", word.tie_level),
        note=_read(Confirmation, "note", word.note),
    )


def _read(model: type[Model], name: str, raw: Any, place: str = "") -> Any:
    """The canonical value of a field of an act; raises InputError."""
    field = model._meta.fields_map[name]
    try:
        value = parse(field, raw)
    except Refused as refused:
        raise InputError([refused.at(place or name)]) from None
    if value is None and (place or not field.null):
        raise InputError([problem("required", (place or name,))])
    return value


def _id(name: str, raw: Any) -> str | None:
    try:
        return identifier(raw) if raw is not None else None
    except Refused as refused:
        raise InputError([refused.at(name)]) from None


async def _refused(transaction: Transaction, link: str, word: Word) -> AsyncIterator[Problem]:
    if word.role == ConfirmationRole.SYSTEM:
        yield problem("wrong_side", ("role",))
    if word.state == ConfirmationState.UNASKED:
        yield problem("wrong_side", ("state",))
    for name in ("organisation", "source"):
        id = getattr(word, name)
        if id and not await transaction.fetch(f"SELECT id FROM {name} WHERE id = ?", id):
            yield problem("not_published", (name,), id=id)
    needs_source = word.role == ConfirmationRole.EDITOR and word.state != ConfirmationState.ASKED
    if needs_source and word.source is None:
        yield problem("wrong_side", ("source",))
    speaks_itself = word.role in (ConfirmationRole.REPRESENTATIVE, ConfirmationRole.MAIL)
    if speaks_itself and not await _is_of_side(transaction, link, word):
        yield problem("wrong_side", ("organisation",))


async def _is_of_side(transaction: Transaction, link: str, word: Word) -> bool:
    """The side's own organisation, the one it is a unit of, or another body of the same municipal side."""
    sql = f"SELECT o.id, o.parent_id FROM cooperation_link l JOIN organisation o ON o.id = l.{word.side.value}_id"
    [side] = await transaction.fetch(f"{sql} WHERE l.id = ?", link)
    own = {str(side["id"]), str(side["parent_id"])}
    return word.organisation in own or word.organisation in await _municipal_side(transaction, str(side["id"]))


async def _municipal_side(transaction: Transaction, organisation: str) -> set[str]:
    """Every body of a municipal side that this body belongs to: with authority for a region or its predecessors.

    Two regions that got parts of the same former region have each a side of its own.
    """
    steps = await transaction.fetch("SELECT owner_id, successor_id FROM region_succession")
    after = [(str(row["owner_id"]), str(row["successor_id"])) for row in steps]
    rows = await transaction.fetch("SELECT owner_id, region_id FROM organisation_authority")
    authorities = [(str(row["owner_id"]), str(row["region_id"])) for row in rows]
    own = {region for body, region in authorities if body == organisation}
    regions = _reached(_reached(own, after), [(new, old) for old, new in after])
    return {body for body, region in authorities if region in regions}


def _reached(regions: set[str], steps: list[tuple[str, str]]) -> set[str]:
    """The regions and all that the steps lead to from them."""
    reached, ahead = set[str](), regions
    while ahead:
        reached = reached | ahead
        ahead = {end for start, end in steps if start in ahead} - reached
    return reached


def _impossible(places: Places) -> Iterator[Problem]:
    for name, state in (("free_places", AvailabilityState.OPEN), ("weeks_to_wait", AvailabilityState.QUEUE)):
        if getattr(places, name) is not None and places.state != state:
            yield problem("not_a_choice", ("state",), value=places.state, choices=state)


def _confirmation(link: str, word: Word, version: int) -> log.Entry:
    said = _plain(word)
    shown = {name: said[name] for name in ("side", "state", "on", "role")}
    return log.Entry(Act.CONFIRM, "cooperation_link", link, said, shown, version)


async def _insert_confirmations(transaction: Transaction, entries: Sequence[log.Entry], at: datetime) -> None:
    for entry in entries:
        said = dict(entry.content)
        keys = {"link_id": entry.record, "organisation_id": said.pop("organisation"), "source_id": said.pop("source")}
        await _insert(transaction, Confirmation, {**keys, **said}, at)


async def _insert(transaction: Transaction, model: type[Any], values: dict[str, Any], at: datetime) -> None:
    dialect = transaction.dialect
    row = {"id": str(uuid4()), "at": moment(at, dialect), **values}
    for name in ("on", "as_of"):
        if name in row and dialect == "postgres":
            row[name] = date.fromisoformat(row[name])
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    await transaction.execute(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', *row.values())


def _plain(said: Word | Places) -> dict[str, Any]:
    values = {name: getattr(said, name) for name in said.__dataclass_fields__}
    return {
        name: value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, str) else value
        for name, value in values.items()
    }


async def _published(
    transaction: Transaction, record: str, step: Step, said: Content, permit: Permit
) -> tuple[str, str, int]:
    """Its canonical id, its noun and its version, if somebody may say this of it; raises InputError."""
    id = _id("id", record)
    rows = await transaction.fetch("SELECT noun, version FROM record WHERE id = ? AND state = 'published'", id)
    past = await latest(transaction, [id] if id else [])
    before = past[id].content if id in past and rows else None
    await permit(transaction, [Attempt(step, rows[0]["noun"] if rows else None, id, before, said)])
    if id is None or not rows:
        raise InputError([problem("no_such_record", ("id",))])
    return id, str(rows[0]["noun"]), int(rows[0]["version"])
