"""New records, edits and drafts: one form for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from admin import conflicts, meanwhile, register, saving
from admin.autosaving import AUTOSAVE, autosaved
from admin.drafts import of_records
from admin.entries import Told
from admin.filling import acted, filled, fresh, resolved, tell
from admin.naming import draft_title, title
from admin.reading import settle, spread
from admin.saving import Begun
from admin.sections import SECTIONS
from admin.visit import Desk, Turned, page
from service.editing import desk as work
from service.editing import history
from service.editing.content import Content
from service.editing.desk import Sheet
from service.editing.drafts import new_id
from service.editing.fields import identifiers
from service.editing.merging import merge
from service.editing.permits import Step
from service.editing.policy import FOUR_EYES, allows_some, grant, has_enough_reviewers
from service.editing.revisions import Saved
from service.editing.viewing import visible
from service.editing.workflow import Proposal
from service.errors import InputError
from service.models.revision import Act

MEANWHILE = frozenset({"edited_meanwhile", "saved_meanwhile"})
"""Problems that somebody else's work brings about."""

INCOMPLETE = "incomplete"
"""The box by which one says that a new record may be published although something expected is missing."""

KEEPING = ("save", "submit", "publish", "preview")


@dataclass(frozen=True)
class Opened:
    """A form as it is opened: what it is about, what it holds, what may be done with it."""

    begun: Begun
    content: Content
    steps: tuple[Step, ...]
    sheet: Sheet | None = None

    @property
    def draft(self) -> Proposal | None:
        return self.begun.draft


@page
async def new(desk: Desk) -> Response:
    """A record that does not exist yet."""
    noun = desk.noun
    if not allows_some(desk.viewer, Step.PROPOSE, noun):
        raise Turned("forbidden", 403)
    record = next(iter(identifiers(desk.typed.text("record"))), None) or new_id()
    if desk.is_post and (own := await _own(desk, record)):
        return await _edit(desk, own)
    opened = Opened(Begun(noun, record, exists=False), {}, await _first_steps(desk, noun))
    return await _edit(desk, opened)


@page
async def record(desk: Desk) -> Response:
    """A change of what is published; who has begun one already goes on with it."""
    noun, id = desk.noun, desk.request.path_params["record"]
    past = next(iter((await history.latest(desk.database, identifiers(id))).values()), None)
    if past is None or past.noun != noun or past.act is Act.MERGE:
        raise Turned("missing", 404)
    if not await work.can(desk.database, desk.viewer, Step.PROPOSE, noun, past.record):
        raise Turned("forbidden", 403)
    if own := await _own(desk, past.record):
        return await _edit(desk, own) if desk.is_post or own.draft is None else desk.to(f"drafts/{own.draft.id}/edit")
    rule = grant(desk.viewer, noun)
    content = visible(rule, past.content) if rule else {}
    return await _edit(desk, Opened(Begun(noun, past.record, past.revision), content, await _first_steps(desk, noun)))


@page
async def draft(desk: Desk) -> Response:
    """A draft that was begun."""
    sheet = await work.sheet(desk.database, desk.viewer, desk.request.path_params["revision"])
    if sheet is None or not sheet.is_open or sheet.whole.act is not Act.PUBLISH:
        raise Turned("missing", 404)
    if Step.SAVE not in sheet.steps:
        return desk.to(f"drafts/{sheet.whole.id}")
    return await _edit(desk, _opened(sheet))


def _opened(sheet: Sheet) -> Opened:
    begun = Begun(sheet.whole.noun, sheet.whole.record, sheet.whole.base, sheet.whole)
    return Opened(begun, sheet.seen.content, sheet.steps, sheet)


async def _own(desk: Desk, record: str) -> Opened | None:
    """The draft of a record that the visitor has begun already."""
    own = [each for each in await of_records(desk, [record]) if each.whole.author == desk.viewer.account]
    return next((_opened(each) for each in own if Step.SAVE in each.steps), None)


async def _first_steps(desk: Desk, noun: str) -> tuple[Step, ...]:
    """What may be done with a draft as soon as it is kept."""
    rule = grant(desk.viewer, noun)
    async with desk.database.snapshot() as reader:
        strict = noun in FOUR_EYES and await has_enough_reviewers(reader)
    publishes = rule is not None and rule.decides and not strict
    return (Step.SAVE, Step.SUBMIT, *((Step.PUBLISH,) if publishes else ()))


async def _edit(desk: Desk, opened: Opened) -> Response:
    begun = opened.begun
    if not desk.is_post:
        first = None if begun.exists else fresh(begun.noun, desk.today.isoformat())
        return await _show(desk, opened, await _warned(desk, opened), typed=first)
    typed, act = desk.typed, desk.typed.text("act") or "save"
    if act == AUTOSAVE:
        return await autosaved(desk, begun)
    if act not in KEEPING:
        await _forget(desk, act)
        if act == "register" and begun.noun == register.NOUN:
            register.fill(desk.catalogue, typed, desk.language)
        looked_for = acted(begun.noun, typed, act, desk.today.isoformat())
        return await _show(desk, opened, Told(), looked_for=looked_for, typed=typed)
    told = resolved(desk, begun.noun, typed)
    settle(begun.noun, typed)
    if told.problems:
        return await _show(desk, opened, told, 422, typed=typed)
    try:
        saved = await saving.keep(desk, begun, typed)
    except InputError as refused:
        return await _refused(desk, opened, refused, act)
    return await _go_on(desk, opened, saved, act)


async def _warned(desk: Desk, opened: Opened) -> Told:
    """What publishing an opened draft would be refused with."""
    if opened.sheet is None:
        return Told()
    found = await work.warnings(desk.database, opened.sheet)
    return Told(warnings=tell(found, desk.language, skip=0))


async def _go_on(desk: Desk, opened: Opened, saved: Saved, act: str) -> Response:
    """What comes after a draft was kept."""
    id = saved.revisions[0]
    if act in ("publish", "submit") and (missing := _missing(desk, opened, saved)):
        told = Told(problems={name: [desk.words("expected_missing")] for name in missing})
        return await _kept_but_refused(desk, id, told=told)
    try:
        if act == "publish":
            await saving.publish(desk, saved)
            return desk.to(f"{opened.begun.noun}/{opened.begun.record}", "published_now")
        if act == "submit":
            await saving.submit(desk, saved)
            return desk.to(f"drafts/{id}", "submitted")
    except InputError as refused:
        return await _kept_but_refused(desk, id, refused)
    return desk.to(f"drafts/{id}/preview" if act == "preview" else f"drafts/{id}/edit", "saved")


async def _forget(desk: Desk, act: str) -> None:
    verb, _, name = act.partition(":")
    if verb == "forget":
        await saving.forget(desk, desk.typed.text(f"{name}.new"))


def _missing(desk: Desk, opened: Opened, saved: Saved) -> list[str]:
    """What a record that is new to the directory is not complete without, unless the visitor says that it will do."""
    begun = opened.begun
    if desk.catalogue.node(begun.record) is not None or desk.typed.text(INCOMPLETE) == "yes":
        return []
    return SECTIONS[begun.noun].missing(saved.proposals[0].content)


async def _refused(desk: Desk, opened: Opened, refused: InputError, act: str) -> Response:
    if opened.draft is not None and any(each.code == "saved_meanwhile" for each in refused.problems):
        sheet = await work.sheet(desk.database, desk.viewer, opened.draft.id)
        if sheet is not None and Step.SAVE in sheet.steps:
            return await _saved_meanwhile(desk, _opened(sheet), sheet, act)
    return await _show(desk, opened, Told(tell(refused.problems, desk.language)), 422, typed=desk.typed)


async def _saved_meanwhile(desk: Desk, opened: Opened, sheet: Sheet, act: str) -> Response:
    """The draft has another text now: where both changed something else, both are kept; the rest is to be chosen."""
    met = await meanwhile.met(desk, sheet)
    if met.is_settled:
        met.typed.put("edition", str(sheet.whole.edition))
        try:
            return await _go_on(desk, opened, await saving.keep(desk, opened.begun, met.typed), act)
        except InputError as refused:
            met.told.problems.update(tell(refused.problems, desk.language))
    return await _show(desk, opened, met.told, 409, typed=met.typed)


async def _kept_but_refused(
    desk: Desk, revision: str, refused: InputError | None = None, told: Told | None = None
) -> Response:
    """The draft is kept, but does not become public: it is opened with what speaks against it."""
    sheet = await work.sheet(desk.database, desk.viewer, revision)
    if sheet is None:
        raise Turned("missing", 404)
    opened = _opened(sheet)
    problems = refused.problems if refused else []
    if any(each.code in MEANWHILE for each in problems) and sheet.live is not None:
        return await _published_meanwhile(desk, opened, sheet)
    return await _show(desk, opened, told or Told(tell(problems, desk.language)), 422, kept=True, incomplete=bool(told))


async def _published_meanwhile(desk: Desk, opened: Opened, sheet: Sheet) -> Response:
    """Somebody published another version since the draft was begun."""
    assert sheet.live is not None
    rule, noun = sheet.rule, sheet.whole.noun
    was = (await history.pasts(desk.database, identifiers(sheet.whole.base or ""))).get(sheet.whole.base or "")
    made = merge(noun, was.content if was else {}, sheet.whole.content, sheet.live.content)
    names = dict.fromkeys(str(clash.path[0]) for clash in made.clashes)
    content, theirs = visible(rule, made.content), visible(rule, sheet.live.content)
    told = Told(clashes=await conflicts.clashing(desk, noun, names, content, theirs))
    typed = spread(noun, content, desk.language)
    typed.put("base", sheet.live.revision)
    return await _show(desk, opened, told, 409, typed=typed)


async def _show(
    desk: Desk,
    opened: Opened,
    told: Told,
    status: int = 200,
    *,
    typed: Any = None,
    looked_for: str = "",
    kept: bool = False,
    incomplete: bool = False,
) -> Response:
    begun, draft = opened.begun, opened.begun.draft
    typed = spread(begun.noun, opened.content, desk.language) if typed is None else typed
    published = desk.catalogue.node(begun.record) is not None
    form = await filled(desk, begun.noun, typed, told, looked_for, new=not published)
    labels = form.labels()
    return desk.show(
        "edit.html",
        status,
        form=form,
        groups=form.groups(),
        noun=begun.noun,
        begun=begun,
        heading=_heading(desk, opened),
        steps=[step.value for step in opened.steps],
        edition=typed.text("edition") or (draft.edition if draft and typed is not desk.typed else ""),
        base=typed.text("base") or ("" if draft else begun.base or ""),
        marks=_marks(opened, typed),
        problems=list(told.summed(labels)),
        warnings=list(told.summed(labels, "warnings")),
        clashes=[(name, labels.get(name, name)) for name in told.clashes],
        kept=kept,
        changed=desk.is_post and not kept,
        done=desk.done,
        reason=draft.reason if draft and draft.state.value == "sent_back" else None,
        action=desk.request.url.path if draft is None else f"/admin/drafts/{draft.id}/edit",
        published=published,
        incomplete=incomplete or typed.text(INCOMPLETE) == "yes",
    )


def _marks(opened: Opened, typed: Any) -> str:
    """Marks of what was there when the form was first opened; after a conflict, of what is there now."""
    return typed.text(conflicts.MARKS) or conflicts.marks_of(opened.content)


def _heading(desk: Desk, opened: Opened) -> str:
    published = desk.catalogue.node(opened.begun.record)
    if published is not None:
        return title(published, desk.words)
    if opened.content:
        return draft_title(opened.begun.noun, opened.content, desk.words, desk.catalogue)
    return desk.words(f"new.{opened.begun.noun}")
