"""The commands that set what an article, a quote, a block or a briefing says of itself.

An editor that is opened on it gets a copy. What it leaves is checked and stored as one action;
where that cannot be done it is opened again with the reason on top, and the copy is never lost.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from briefing.cli.console import say
from briefing.cli.correcting import (
    Call,
    at_place,
    find_anchor,
    open_to_edit,
    read_pairs,
    report_done,
)
from briefing.cli.shell_completion import (
    ARTICLE_KEYS,
    BLOCK_KEYS,
    BRIEFING_KEYS,
    QUOTE_KEYS,
    SPEAKER_KEYS,
)
from briefing.content.yaml_reading import load
from briefing.content.yaml_writing import quote_scalar
from briefing.errors import BriefingError, BusyError, UsageError, WriteError
from briefing.visible import one_line

if TYPE_CHECKING:
    from briefing.cli.job import Job, Output
    from briefing.cli.places import NamedPlace
    from briefing.library import Library
    from briefing.library.editing import Correction
    from briefing.library.reports import Done
    from briefing.library.values import Merged
    from briefing.model import Speaker


def new(
    job: Job, called: str, title: str | None, question: str | None, codebook: str | None
) -> Output:
    """Make a briefing NAME without articles; the library is made too if there is none."""
    library = open_to_edit(job, None, create=True)
    words = called.replace("-", " ").strip()
    title = title or f"{words[:1].upper()}{words[1:]}"
    done = library.editing.new_briefing(title, question=question, codebook=codebook, name=called)
    return report_done(job, done)


@at_place
def set_command(call: Call, pairs: tuple[str, ...]) -> Output:
    """Set keys of a briefing, an article, a quote or a block; an empty value is not stated."""
    library, found = call.open()
    name = found.briefing
    if found.quote is not None:
        done = _set_quote(library, found, read_pairs(pairs, QUOTE_KEYS, "a quote"))
    elif found.chunk is not None:
        role = read_pairs(pairs, BLOCK_KEYS, "a block")["role"]
        anchor = find_anchor(library, found._replace(start=None, end=None))
        done = library.editing.correct(name, "set-role", anchor, role=role)
    elif found.article:
        values = read_pairs(pairs, ARTICLE_KEYS, "an article")
        done = library.editing.set_article(name, found.article, values)
    else:
        done = library.editing.set_briefing(name, read_pairs(pairs, BRIEFING_KEYS, "a briefing"))
    return call.report(done)


def _set_quote(library: Library, place: NamedPlace, values: Mapping[str, str]) -> Done:
    """Set the speaker of a quote, or its bounds."""
    if "words" in values and len(values) > 1:
        raise UsageError("words= is set by itself", "Set the speaker before it or after it.")
    anchor = find_anchor(library, place)
    if "words" in values:
        words = values["words"]
        return library.editing.correct(place.briefing, "set-bounds", anchor, words=words)
    speaker = speaker_with(library, place, values)
    return library.editing.correct(place.briefing, "set-speaker", anchor, speaker=speaker)


def speaker_with(library: Library, place: NamedPlace, values: Mapping[str, str]) -> Speaker | None:
    """Return the speaker of the quote at a place with values set; None where nothing is stated.

    Another name is another speaker: its role, type and country are those that the article gives it
    elsewhere, or what is set with it.
    """
    article = library.article(place.briefing, place.article)
    quotes = (one for chunk in article.chunks for one in chunk.quotes)
    base = next(one.speaker for one in quotes if one.id == place.quote)
    wanted = values.get("speaker")
    if wanted is not None and wanted.strip() != (base.name if base else None):
        name = wanted.strip()
        speakers = (quote.speaker for chunk in article.chunks for quote in chunk.quotes)
        base = next((each for each in speakers if each and name and each.name == name), None)
    fields = {key: getattr(base, key, None) for key in ("role", "type", "country")}
    fields |= values
    said_by = fields.pop("speaker", base.name if base else None)
    return library.editing.speaker(said_by, **fields)


_KINDS: tuple[Merged, Merged] = ("speakers", "outlets")


def merge(job: Job, name: str, into: str, forms: tuple[str, ...], *, outlets: bool) -> Output:
    """Show speakers of briefing NAME, whom articles call FORMS, under the name INTO."""
    editing = open_to_edit(job, name).editing
    return report_done(job, editing.merge(name, into, forms, kind=_KINDS[outlets]))


def split(job: Job, name: str, into: str, forms: tuple[str, ...], *, outlets: bool) -> Output:
    """Show speakers that were merged into INTO, all or FORMS, under their own names again."""
    editing = open_to_edit(job, name).editing
    return report_done(job, editing.split(name, into, forms, kind=_KINDS[outlets]))


_FAULT = "#! "
"""What begins the lines that say why a draft was not stored; they are taken out again."""

StoreText = Callable[[str], "Done"]


@at_place
def edit(call: Call) -> Output | None:
    """Open an editor on what PLACE says of itself; its text cannot be edited."""
    library, found = call.open()
    if found.chunk is not None:
        name, text, store = "part.yaml", *_part_text(library, found)
    elif found.article:
        name, text, store = "article.yaml", *_article_text(library, found)
    else:
        name, text, store = "briefing.yaml", *_briefing_text(library, found)
    done = _edit_draft(name, text, store)
    if done is None:
        say("nothing was changed")
        return None
    return call.report(done)


def _edit_draft(name: str, text: str, store: StoreText) -> Done | None:
    """Let an editor change a text until it can be stored; None where it is left as it was.

    Raises BriefingError, which says where the draft is.
    """
    draft = Path(tempfile.mkdtemp(prefix="briefing-")) / name
    shown = text
    refused = None
    while True:
        _write(draft, shown)
        try:
            _run_editor(draft)
        except BriefingError as error:
            if shown != text or _read(draft) != text:
                raise _kept(error, draft) from error
            _discard(draft)
            raise
        left = _read(draft)
        lines = left.splitlines(keepends=True)
        new = "".join(line for line in lines if not line.startswith(_FAULT))
        if new == text:
            _discard(draft)
            return None
        try:
            done = store(new)
        except BriefingError as error:
            # Opened with its fault and left so: whoever edits has given up. An editor that runs
            # by itself may write its own text over the fault, time and again.
            if left == shown or new == refused or isinstance(error, WriteError | BusyError):
                raise _kept(error, draft) from error
            refused, shown = new, _with_fault(new, error)
            continue
        _discard(draft)
        return done


def _kept(error: BriefingError, draft: Path) -> BriefingError:
    """Return an error that says where the draft is kept, too."""
    said = f"{error.hint or ''} Nothing was changed; your text is kept in {draft}"
    error.hint = said.removeprefix(" ")
    return error


def _run_editor(draft: Path) -> None:
    """Run the editor on a file; raises UsageError or WriteError where it fails or is killed."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(named)
        # It is the user's own editor.
        code = subprocess.run([*words, str(draft)], check=False).returncode  # noqa: S603
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise UsageError(
            f"the editor {named!r} cannot be run: {reason}", "Set VISUAL or EDITOR."
        ) from error
    if code:
        how = f"was killed by signal {-code}" if code < 0 else f"failed with exit code {code}"
        raise BriefingError(f"the editor {named!r} {how}; nothing was changed")


def _write(draft: Path, text: str) -> None:
    try:
        draft.write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
    except OSError as error:
        raise WriteError(f"{draft}: cannot be written ({error.strerror})") from error


def _read(draft: Path) -> str:
    try:
        return draft.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is no UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise BriefingError(f"{draft}: cannot be read ({reason}); nothing was changed") from error


def _discard(draft: Path) -> None:
    """Delete a draft and the copies that an editor left beside it."""
    shutil.rmtree(draft.parent, ignore_errors=True)


def _with_fault(text: str, error: BriefingError) -> str:
    said = [error.message, *([error.hint] if error.hint else [])]
    return "".join(f"{_FAULT}{one_line(line)}\n" for line in said) + text


def _briefing_text(library: Library, place: NamedPlace) -> tuple[str, StoreText]:
    before = library.editing.text_of(place.briefing)
    return before, lambda text: library.editing.store_text(place.briefing, before, text)


def _article_text(library: Library, place: NamedPlace) -> tuple[str, StoreText]:
    article = library.article(place.briefing, place.article)
    reprint = article.reprint_of
    values = {key: getattr(article, key) for key in ARTICLE_KEYS if "." not in key}
    values |= {key: value and value.value for key, value in values.items() if "date" in key}
    values["authors"] = "; ".join(article.authors) or None
    del values["reprint_of"]
    parts = [key for key in ARTICLE_KEYS if "." in key]
    values |= {key: getattr(reprint, key.partition(".")[2], None) for key in parts}
    text = _as_yaml(f"{place}: what it says of itself; authors are separated by ;", values)

    def store(new: str) -> Done:
        changed = _changed(values, new)
        return library.editing.set_article(place.briefing, place.article, changed)

    return text, store


def _part_text(library: Library, place: NamedPlace) -> tuple[str, StoreText]:
    """Return the role of a block and the speakers of its quotes, or the speaker of one quote."""
    article = library.article(place.briefing, place.article)
    (chunk,) = (one for one in article.chunks if one.id == place.chunk)
    quotes = {
        "" if place.quote else f"{one.id}.": one
        for one in chunk.quotes
        if place.quote in (None, one.id)
    }
    values: dict[str, str | None] = {} if place.quote else {"role": chunk.role}
    notes = {"role": chunk.text} if values else {}
    for lead, quote in quotes.items():
        speaker = quote.speaker
        notes[f"{lead}speaker"] = f"who says “{quote.exact}”"
        values[f"{lead}speaker"] = speaker.name if speaker else None
        values |= {f"{lead}{key}": getattr(speaker, key, None) for key in SPEAKER_KEYS[1:]}
    what = "who says it" if place.quote else "its role, and who says its quotes"
    text = _as_yaml(f"{place}: {what}; words cannot be edited", values, notes)

    def store(new: str) -> Done:
        changed = _changed(values, new)
        corrections: list[Correction] = []
        if not place.quote and "role" in changed:
            at = find_anchor(library, place._replace(start=None, end=None))
            corrections.append(("set-role", at, {"role": changed.pop("role")}))
        for lead, quote in quotes.items():
            keys = [key for key in changed if key.startswith(lead)]
            if keys:
                here = place._replace(quote=quote.id)
                mine = {key.removeprefix(lead): changed[key] for key in keys}
                who = {"speaker": speaker_with(library, here, mine)}
                corrections.append(("set-speaker", find_anchor(library, here), who))
        return library.editing.correct_all(place.briefing, corrections)

    return text, store


def _as_yaml(
    what: str, values: Mapping[str, str | None], notes: Mapping[str, str] = MappingProxyType({})
) -> str:
    """Return keys and values as YAML under comments, on the whole and by key; empty: not stated."""
    lines = [f"# {one_line(what)}", "# An empty value is not stated."]
    for key, value in values.items():
        lines += ["", f"# {one_line(notes[key])}"] if key in notes else []
        lines.append(f"{key}: {quote_scalar(value) if value else ''}".rstrip())
    return "\n".join([*lines, ""])


def _changed(values: Mapping[str, str | None], text: str) -> dict[str, str]:
    """Return the values of a YAML text that differ; a key that is gone is not stated.

    Raises ContentError with line and column, UsageError for an unknown key or what is no text.
    """
    plain = load(text, Path("draft")) or {}
    if not isinstance(plain, dict):
        raise UsageError("the text is not a list of keys, each with its value")
    unknown = [key for key in plain if key not in values]
    if unknown:
        raise UsageError(f"{unknown[0]!r} is not a key here", f"The keys: {', '.join(values)}")
    lists = [key for key, value in plain.items() if isinstance(value, dict | list)]
    if lists:
        raise UsageError(f"{lists[0]} takes text, not a list")
    new = {key: "" if value is None else str(value) for key, value in plain.items()}
    changed = {key: new.get(key, "") for key in values}
    return {key: value for key, value in changed.items() if value != (values[key] or "")}
