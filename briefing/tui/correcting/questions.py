"""What is asked of the analyst for each correction, and how what is typed is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from briefing.errors import UsageError
from briefing.library.editing import Editing
from briefing.library.values import read_date
from briefing.model import Article, Speaker
from briefing.tui.correcting.ask_line import AskedField, Prompt, Values
from briefing.tui.search.answer_bar import Offer
from briefing.visible import one_line

SEPARATOR = "·"


def speaker_text(speaker: Speaker | None) -> str:
    """Return a speaker as it may be typed, empty for none; a role that the name has is left out."""
    if speaker is None:
        return ""
    name = one_line(speaker.name or speaker.mention or "")
    role = one_line(speaker.role or "")
    role = "" if role and role.casefold() in name.casefold() else role
    parts = [name, role, one_line(speaker.country or "")]
    while parts and not parts[-1]:
        parts.pop()
    return f" {SEPARATOR} ".join(parts).replace("  ", " ").strip()


def by_text(speakers: Iterable[Speaker]) -> dict[str, Speaker]:
    """Return speakers by what is typed for them, the first of those that look alike."""
    known: dict[str, Speaker] = {}
    for speaker in speakers:
        text = speaker_text(speaker)
        if text:
            known.setdefault(text, speaker)
    return known


SPEAKER, TEXT, TAG, STANCE = "speaker", "text", "tag", "stance"
SHOWN_WORDS = 40
"""The most characters of a passage in a title."""


def shortened(words: str) -> str:
    """Return the beginning of a passage, in marks."""
    shown = one_line(words)
    return f"“{shown if len(shown) <= SHOWN_WORDS else shown[: SHOWN_WORDS - 1].rstrip() + '…'}”"


class SpeakerQuestion:
    """Asks who said the words of a quote, and reads what was typed."""

    def __init__(self, editing: Editing, briefing: str, article: str, now: Speaker | None) -> None:
        self._editing = editing
        self._where = briefing, article
        self._known = by_text([now] if now is not None else [])
        self._now = speaker_text(now)

    def question(self, words: str, verb: str = "Speaker of") -> Prompt:
        """Return the question about these words."""
        field = AskedField(
            SPEAKER, "speaker", self._now, "Name · role · country",
            "A new name alone has no role or country. Empty: the text does not say.",
        )  # fmt: skip
        return Prompt(f"{verb} {shortened(words)}", (field,), self._suggest, self._typed)

    def _suggest(self) -> Mapping[str, Sequence[Offer]]:
        found = by_text(self._editing.speakers_of(*self._where))
        self._known = self._known | found | self._known
        named_first = sorted(found, key=lambda text: found[text].name is None)
        return {SPEAKER: [Offer(text, one_line(text)) for text in named_first]}

    def read(self, values: Values) -> Speaker | None:
        """Return the speaker typed: one that is known, with role and country, by the name alone.

        Returns None for not stated; raises UsageError.
        """
        text = values[SPEAKER].strip()
        if text not in self._known:
            self._suggest()
        named = (each for each in self._known.values() if each.name == text)
        return self._known.get(text) or next(named, None) or self._typed(values)

    def _typed(self, values: Values) -> Speaker | None:
        text = values[SPEAKER].strip()
        if text in self._known:
            return self._known[text]
        # What stands behind a third dot belongs to the country.
        parts = [" ".join(part.split()) or None for part in text.split(SEPARATOR, 2)]
        name, role, country = (*parts, None, None)[:3]
        return self._editing.speaker(name, role, None, country) if any(parts) else None


METADATA = (
    ("date", "date", "2019-02-21, 2019-02, 2019 or 2019-02/2019-03"),
    ("publisher", "publisher", "The Daily Tide"),
    ("headline", "headline", ""),
    ("authors", "authors", "one name; another name"),
    ("url", "address", "https://…"),
    ("language", "language", "en"),
    ("reprint_of", "reprint of", "the outlet that published it first"),
)
"""The fields of an article that are typed: key, name, example."""


def metadata_question(editing: Editing, briefing: str, article: Article, label: str) -> Prompt:
    """Return the question for an article's metadata, with the dates that its text suggests."""
    origin = article.reprint_of
    now = {
        "date": article.date.value if article.date is not None else None,
        "publisher": article.publisher,
        "headline": article.headline,
        "authors": "; ".join(article.authors),
        "url": article.url,
        "language": article.language,
        "reprint_of": origin.publisher if origin is not None else None,
    }
    hint = "Empty where the article does not say. ↓ goes to the next field."
    fields = [
        AskedField(key, name, one_line(now[key] or ""), example, hint)
        for key, name, example in METADATA
    ]

    def suggest() -> Mapping[str, Sequence[Offer]]:
        hints = editing.dates_of(briefing, article.id)
        return {
            "date": [Offer(each.value, each.value, f"({one_line(each.words)})") for each in hints]
        }

    check = lambda values: read_date(values["date"])  # noqa: E731
    return Prompt(f"Metadata of {one_line(label)}", fields, suggest, check)


def text_question(
    title: str, now: str = "", hint: str = "", key: str = TEXT, error: str = ""
) -> Prompt:
    """Return a question for a text."""
    field = AskedField(key, key, now, hint=hint, is_prose=key == TEXT)
    return Prompt(title, (field,), error=error)


def tag_question(words: str, tags: Callable[[], Sequence[str]]) -> Prompt:
    """Return the question for a tag of a passage, with the tags of the article."""
    field = AskedField(TAG, "tag", example="a word to find it by")
    suggest = lambda: {TAG: [Offer(tag, one_line(tag)) for tag in tags()]}  # noqa: E731
    return Prompt(f"Tag {shortened(words)}", (field,), suggest)


def stance_question(stances: Sequence[str]) -> Prompt:
    """Return the question for a stance by its name."""

    def check(values: Values) -> None:
        if values[STANCE].strip() not in (*stances, "none"):
            raise UsageError(f"There is no stance {values[STANCE]!r}.", ", ".join(stances))

    suggest = lambda: {STANCE: [Offer(each, one_line(each)) for each in stances]}  # noqa: E731
    return Prompt("Stance", (AskedField(STANCE, "stance"),), suggest, check)
