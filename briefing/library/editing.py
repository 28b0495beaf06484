"""What the analyst does to a library: correct, set, rename, move, remove, and undo.

Each method that writes is one action: it happens whole or not at all, is logged, and can be undone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from briefing import model
from briefing.content import performing
from briefing.content.action_log import read_log
from briefing.content.anchors import anchor_at, anchor_of
from briefing.content.articles import read_article
from briefing.content.edit_kinds import describe, find_edit_fault, quoted
from briefing.content.edits import EDITS_NAME, apply_edits, find_unknown_stance, read_edits
from briefing.content.files import read_bytes
from briefing.content.folders import article_path
from briefing.content.info import INFO_NAME, parse_info, require_own
from briefing.content.yaml_reading import decode
from briefing.errors import BriefingError, MismatchError, NotFoundError, UsageError, WriteError
from briefing.ingest.lines.urls import link_target
from briefing.library import plans, suggesting, values
from briefing.library.plans import Plan, find_undoing, list_actions, make_edit
from briefing.library.reports import Action, DateHint, Done, HandEdits, Trashed
from briefing.library.values import Merged
from briefing.model import Anchor, Article, Edit, EditKind, Quote
from briefing.wording import counted, ended

if TYPE_CHECKING:
    from briefing.library import Library


Correction = tuple[EditKind, Anchor, Mapping[str, Any]]
"""A kind of edit, its place, and its fields as typed."""


class Editing:
    """The analyst's hand in one library.

    Methods that write raise WriteError for a sample or where nothing can be written, BusyError,
    NotFoundError, ContentError where a file is broken, UsageError; nothing is changed then.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._root = library.root

    # Before anything is typed

    def can_edit(self, name: str | None) -> str | None:
        """Return why the briefing, or a new one where None, cannot be edited; None if it can."""
        content = self._library.content
        try:
            require_own(content, name)
        except BriefingError as error:
            return f"{error.message[:1].upper()}{error.message[1:]}."
        places = [self._root, content, *([content / name] if name else [])]
        for place in places:
            if place.is_dir() and not os.access(place, os.W_OK | os.X_OK):
                return f"{place} may not be written: its permissions, or the disk's, forbid it."
        return None

    def copy_to(self, folder: Path) -> Done:
        """Copy the library to a new folder, in which samples become briefings of one's own."""
        plans.copy_library(self._library.content, folder)
        return Done(done=f"The library was copied to {folder}; open it with --library {folder}.")

    # Where

    def anchor(
        self,
        name: str,
        article: str,
        *,
        quote: str | None = None,
        chunk: str | None = None,
        start: int | None = None,
        end: int | None = None,
        words: str | None = None,
    ) -> Anchor:
        """Return the anchor of a quote, of words, of a span of a chunk, or of a whole chunk.

        Raises NotFoundError for an unknown quote or chunk, MismatchError where the words are not
        there, and AmbiguousError with the choices where they stand more than once.
        """
        found = self._library.article(name, article)
        if quote is not None:
            number, known = _find_quote(found, quote)
            return anchor_at(found, found.chunks[number].id, known.start, known.end)
        texts = {each.id: each.text for each in found.chunks}
        if chunk is not None and chunk not in texts:
            raise NotFoundError(f"There is no block {chunk!r} in {name}/{article}.")
        if words is not None:
            return anchor_of(found, words, chunk)
        if chunk is None:
            return Anchor(article=found.id, exact="")
        return anchor_at(found, chunk, start or 0, len(texts[chunk]) if end is None else end)

    # Corrections

    speaker = staticmethod(values.read_speaker)

    def correct(self, name: str, kind: EditKind, anchor: Anchor, **fields: Any) -> Done:
        """Store a correction, its fields by kind; raises MismatchError without effect."""
        return self.correct_all(name, [(kind, anchor, fields)])

    def correct_all(self, name: str, corrections: Sequence[Correction]) -> Done:
        """Store corrections of one article as one action; raises as `correct`."""
        edits = []
        for kind, anchor, fields in corrections:
            read = {
                field: _READERS[field](value) if value and field in _READERS else value
                for field, value in fields.items()
            }
            edits.append(make_edit(kind, anchor, **read))
        return self._correct(name, edits[0].anchor.article, edits)

    def _correct(self, name: str, article: str, edits: Sequence[Edit]) -> Done:
        """Store edits of one article, each of which must apply and one must change something."""
        with self._plan(name) as plan:
            before = now = self._edited(name, article)
            for edit in edits:
                self._require_sound(name, edit)
                (now,), orphans = apply_edits((now,), [edit])
                if orphans:
                    raise MismatchError(f"This has no effect: {orphans[0].reason}.")
            said = " ".join(describe(edit, before) for edit in edits)
            if now == before:
                return self._nothing(name, f"Nothing to do, it is so already: {said}", article)
            plan.edit(name, lambda present: (*present, *edits))
            return plan.perform(said, [name], article=article, edits=tuple(edits))

    def store(self, name: str, edit: Edit) -> Done:
        """Store an edit as it is, whether it applies or not."""
        with self._plan(name) as plan:
            self._require_sound(name, edit)
            plan.edit(name, lambda present: (*present, edit))
            return plan.perform(describe(edit), [name], article=edit.anchor.article, edits=(edit,))

    def withdraw(self, name: str, edit_id: str) -> Done:
        """Take one edit out again; raises NotFoundError where none has this id."""
        with self._plan(name) as plan:
            path = self._library.content / name / EDITS_NAME
            gone = next((edit for edit in read_edits(path) if edit.id == edit_id), None)
            if gone is None:
                raise NotFoundError(f"There is no edit {edit_id!r} in {path}.")
            plan.edit(name, lambda present: [edit for edit in present if edit != gone])
            said = f"Taken back: {describe(gone)}"
            return plan.perform(said, [name], article=gone.anchor.article)

    def pin(self, name: str, article: str, quote: str) -> Done:
        """Pin a quote, or unpin it where it is pinned."""
        with self._plan(name) as plan:
            found = self._edited(name, article)
            number, known = _find_quote(found, quote)
            pin = model.PinnedQuote(article=article, exact=known.exact)
            pinned, chunk = self._library.info(name).pinned, found.chunks[number]
            is_pinned = pin in pinned or known.id in chunk.pins
            said = f"The quote {quoted(known.exact)} is {'not pinned' if is_pinned else 'pinned'}."
            if not is_pinned:
                edit = make_edit("pin", anchor_at(found, chunk.id, known.start, known.end))
                plan.edit(name, lambda present: (*present, edit))
                return plan.perform(said, [name], article=article, edits=(edit,))
            plan.edit(name, lambda old: [one for one in old if not _pins(one, found, known)])
            plan.info(name, {"pinned": tuple(one for one in pinned if one != pin)})
            return plan.perform(said, [name], article=article)

    def set_article(self, name: str, article: str, values_: Mapping[str, str]) -> Done:
        """Set metadata of an article as typed; an empty value is not stated."""
        reprint = self._edited(name, article).reprint_of
        read = values.read_metadata(values_, reprint)
        place = Anchor(article=article, exact="")
        edits = [make_edit("set-metadata", place, field=key, value=read[key]) for key in read]
        return self._correct(name, article, edits)

    # The briefing's own file

    def set_briefing(self, name: str, values_: Mapping[str, str | Sequence[str]]) -> Done:
        """Set keys of briefing.yaml as typed: title, question, bottom_line, tags, codebook."""
        read = values.read_info_values(values_)
        said = []
        for key, value in read.items():
            text = ", ".join(value) if isinstance(value, tuple) else value
            words = f"{'are' if key == 'tags' else 'is'} {quoted(text) if text else 'not stated'}"
            said.append(ended(f"The {key.replace('_', ' ')} of {name} {words}"))
        return self._set_info(name, read, " ".join(said))

    def set_feeds(self, name: str, feeds: Sequence[model.Feed]) -> Done:
        """Set the feeds of a briefing; raises UsageError for one without an address of the web."""
        for address in (feed.address for feed in feeds):
            if link_target(address) != address:
                hint = "It begins with http or https."
                raise UsageError(f"{address!r} is no address of a feed", hint)
        plain = tuple(feed if feed.words else feed.address for feed in feeds)
        return self._set_info(name, {"feeds": plain}, f"{name} has {counted(len(feeds), 'feed')}.")

    def _set_info(self, name: str, read: Mapping[str, Any], said: str) -> Done:
        with self._plan(name) as plan:
            plan.info(name, read)
            if not plan.steps:
                return self._nothing(name, f"Nothing to do, it is so already: {said}")
            return plan.perform(said, [name])

    def merge(self, name: str, into: str, forms: Sequence[str], *, kind: Merged) -> Done:
        """Show speakers or outlets that articles call by one of the forms under one name."""
        return self._set_aliases(values.merge, name, into, forms, kind)

    def split(self, name: str, into: str, forms: Sequence[str] = (), *, kind: Merged) -> Done:
        """Show speakers or outlets, all or these forms, as they are; raises NotFoundError."""
        return self._set_aliases(values.split, name, into, forms, kind)

    def _set_aliases(
        self, change: values.AliasChange, name: str, into: str, forms: Sequence[str], kind: Merged
    ) -> Done:
        self._own(name)
        aliases = self._library.info(name).aliases
        new, said = change(getattr(aliases, kind), into, forms)
        return self._set_info(name, {"aliases": replace(aliases, **{kind: new})}, said)

    # Files

    def text_of(self, name: str) -> str:
        """Return the YAML of briefing.yaml."""
        self._library.require(name)
        path = self._library.content / name / INFO_NAME
        return decode(read_bytes(path), path)

    def store_text(self, name: str, before: str, after: str) -> Done:
        """Store briefing.yaml as changed by hand; raises ContentError, MismatchError."""
        with self._plan(name) as plan:
            path = self._library.content / name / INFO_NAME
            data = after.encode("utf-8", "surrogatepass")
            parsed = parse_info(data, path)
            if parsed.broken_codebook is not None:
                raise parsed.broken_codebook
            relative = f"content/{name}/{path.name}"
            if plan.read(relative) != before.encode("utf-8"):
                raise MismatchError(f"{path} was changed meanwhile and was left as it is.")
            plan.write(relative, data)
            if not plan.steps:
                return self._nothing(name, f"{path.name} is as it was.")
            return plan.perform(f"{path.name} was changed by hand.", [name])

    def new_briefing(
        self,
        title: str,
        *,
        question: str | None = None,
        codebook: str | None = None,
        name: str | None = None,
    ) -> Done:
        """Make a briefing without articles; its folder is named after its title unless named."""
        given = {"title": title, "question": question or "", "codebook": codebook or ""}
        read = values.read_info_values(given)
        with self._plan(None) as plan:
            folder = plans.plan_new(plan, read, name)
            return plan.perform(f"The briefing {folder} was made.", [folder])

    def rename_briefing(self, name: str, new: str) -> Done:
        """Rename the folder of a briefing."""
        with self._plan(name) as plan:
            plans.require_free_name(plan, "briefing", new, f"content/{new}")
            plan.move(f"content/{name}", f"content/{new}")
            return plan.perform(f"The briefing {name} is now called {new}.", [new])

    def remove_briefing(self, name: str) -> Done:
        """Move a briefing to the trash."""
        with self._plan(name) as plan:
            plan.move(f"content/{name}", f"{plan.trash}/content/{name}")
            return plan.perform(f"The briefing {name} is in the trash.", [name])

    def rename_article(self, name: str, article: str, new: str) -> Done:
        """Rename an article's file and id; its edits and pins follow."""
        with self._plan(name) as plan:
            plans.plan_article_rename(plan, name, article, new)
            done = plan.perform(f"{name}/{article} is now {name}/{new}.", [name], article=new)
        plans.follow_rename(self._root, name, article, new)
        return done

    def move_article(self, name: str, article: str, to: str) -> Done:
        """Move an article to another briefing, with its edits and pins."""
        self._own(to)
        with self._plan(name) as plan:
            plans.plan_article_move(plan, name, article, to)
            return plan.perform(
                f"{name}/{article} is now {to}/{article}.", [to, name], article=article
            )

    def remove_article(self, name: str, article: str) -> Done:
        """Move an article to the trash, with its original and its edits."""
        with self._plan(name) as plan:
            plans.plan_article_removal(plan, name, article)
            return plan.perform(f"{name}/{article} is in the trash.", [name], article=article)

    def trash(self) -> tuple[Trashed, ...]:
        """Return what the trash holds, newest first."""
        logged = {line.id: (line.made, line.done) for line in read_log(self._root)[0]}
        names = (each.name for each in performing.trash_folders(self._root))
        rows = ((name, *logged.get(name, ("", ""))) for name in names)
        found = (Trashed(id=name, made=made, done=done) for name, made, done in rows)
        return tuple(sorted(found, key=lambda one: one.made, reverse=True))

    def empty_trash(self) -> int:
        """Delete what was removed, which can then not be undone; return how many removals."""
        reason = self.can_edit(None)
        if reason is not None:
            raise WriteError(reason)
        return performing.empty_trash(self._root)

    # Undo

    def undo(
        self, name: str | None = None, action: str | None = None, *, skip: bool = False
    ) -> Done:
        """Undo the last action of a briefing, or of the library, or the one with this id.

        With `skip` those that cannot be undone are passed over. Raises NotFoundError where there is
        none, MismatchError where what it did was changed since; the hint says which one can be.
        """
        with self._plan(None) as plan:
            line, steps, names = find_undoing(self._root, name, action, skip=skip)
            plan.steps = list(steps)
            return plan.perform(f"Undone: {line.done}", names, undoes=line.id)

    def log(self, name: str | None = None) -> tuple[Action, ...]:
        """Return what was done to a briefing or to the library, newest first."""
        return list_actions(self._root, name)

    # Changes by hand

    def hand_edits(self, name: str) -> tuple[HandEdits, ...]:
        """Return what was changed by hand in article files, as edits."""
        from briefing.library.hand_edits import find_all

        self._library.require(name)
        return tuple(each.report for each in find_all(self._library.content / name))

    def adopt(self, name: str) -> Done:
        """Store changes by hand as edits, and restore the articles where edits express them all."""
        from briefing.library.hand_edits import find_all

        with self._plan(name) as plan:
            found = find_all(self._library.content / name)
            edits = [edit for each in found for edit in each.report.edits]
            left = [each.report.article for each in found if each.report.rest]
            kept = f" Left as they are: {', '.join(left)}." if left else ""
            if not edits:
                return self._nothing(name, f"There is nothing to adopt in {name}.{kept}")
            plan.edit(name, lambda present: (*present, *edits))
            for each in found:
                if not each.report.rest:
                    plan.write(f"content/{name}/{each.path.name}", each.made)
            said = f"{counted(len(edits), 'change')} by hand became edits.{kept}"
            return plan.perform(said, [name], edits=tuple(edits))

    # Suggestions

    def speakers_of(self, name: str, article: str) -> tuple[model.Speaker, ...]:
        """Return speakers to choose from: the article's, the briefing's, then the library's."""
        return suggesting.speakers_of(self._library, name, article)

    def dates_of(self, name: str, article: str) -> tuple[DateHint, ...]:
        """Return publication dates that the article's text suggests, the likeliest first."""
        return suggesting.dates_of(self._library.article(name, article))

    def placed(self, name: str, article: str) -> tuple[model.PlacedEdit, ...]:
        """Return the edits of an article with their places, in reading order."""
        self._library.require(name)
        edits = read_edits(self._library.content / name / EDITS_NAME)
        return suggesting.place_edits(edits, self._library.article(name, article))

    # How

    def _own(self, name: str | None) -> None:
        if name is not None:
            self._library.require(name)
        require_own(self._library.content, name)

    def _plan(self, name: str | None) -> Plan:
        """Return a plan for the briefing `name`, which locks the library in a `with` block."""
        self._own(name)
        return Plan(self._library)

    def _nothing(self, name: str, said: str, article: str | None = None) -> Done:
        return Done(done=said, briefing=name, article=article, changed=False)

    def _edited(self, name: str, article_id: str) -> Article:
        from briefing.library.edited_articles import apply_and_annotate

        self._library.require(name)
        folder = self._library.content / name
        try:
            article = read_article(article_path(folder, article_id))
        except (NotFoundError, UsageError):
            return self._library.article(name, article_id)  # Which names those there are.
        edits = [one for one in read_edits(folder / EDITS_NAME) if one.anchor.article == article_id]
        (edited,), _ = apply_and_annotate((article,), edits, self._library.info(name))
        return edited

    def _require_sound(self, name: str, edit: Edit) -> None:
        fault = find_edit_fault(edit)
        if fault is not None:
            raise UsageError(f"The edit was not stored: {fault}.")
        if edit.kind == "rule-position":
            refused = find_unknown_stance(edit, self._library.codebook(name).names)
            if refused is not None:
                raise UsageError(f"the ruling was not stored: {refused}")


_READERS: Mapping[str, Callable[[str], object]] = {
    "country": values.read_country,
    "target": values.read_country,
    "role": partial(values.one_of, "role", known=model.ROLES),
    "date": values.read_date,
}


def _find_quote(article: Article, quote_id: str) -> tuple[int, Quote]:
    for number, chunk in enumerate(article.chunks):
        for quote in chunk.quotes:
            if quote.id == quote_id:
                return number, quote
    raise NotFoundError(f"There is no quote {quote_id!r} in {article.id}.")


def _pins(edit: Edit, article: Article, quote: Quote) -> bool:
    if edit.kind != "pin" or edit.anchor.article != article.id:
        return False
    bare = replace(article, chunks=tuple(replace(chunk, pins=()) for chunk in article.chunks))
    (pinned,), _ = apply_edits((bare,), [edit])
    return any(quote.id in chunk.pins for chunk in pinned.chunks)
