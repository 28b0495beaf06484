"""What an analyst does: each correction has its effect everywhere, and is undone to the byte."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.errors import (
    AmbiguousError,
    BriefingError,
    ContentError,
    MismatchError,
    NotFoundError,
    UsageError,
    WriteError,
)
from briefing.library import Library
from briefing.library.editing import Editing
from briefing.model import (
    Anchor,
    Article,
    Chunk,
    EditKind,
    HighlightedSpan,
    Quote,
    Reprint,
    Speaker,
)

SAID = "We cannot wait for a third winter,"
PASSED = "no plan at all"
QUAY = "The quay is four hundred metres long."
INFO = """\
# The question of the week.
title: Ports    # short
question: 'Who closes what?'

# Kept in this order.
tags: [ports, winter]
"""


@pytest.fixture
def library(tmp_path: Path, story: Path) -> Library:
    opened = Library.open(tmp_path / "library", create=True)
    opened.add([story], to="ports")
    (opened.content / "ports" / "briefing.yaml").write_text(INFO, encoding="utf-8")
    opened.refresh()
    return opened


def only(library: Library, name: str = "ports") -> Article:
    (article,) = library.briefing(name).articles
    copy = library.article(name, article.id)
    assert copy == article
    return article


def chunk_with(library: Library, words: str) -> Chunk:
    return next(chunk for chunk in only(library).chunks if words in chunk.text)


def quote_of(library: Library, words: str) -> Quote:
    return next(q for chunk in only(library).chunks for q in chunk.quotes if words in q.exact)


def at(library: Library, words: str) -> Anchor:
    return library.editing.anchor("ports", only(library).id, words=words)


def files_of(library: Library) -> dict[str, bytes]:
    """Return everything that counts in a library by its path."""
    kept = (library.content, library.root / ".trash")
    return {
        str(path.relative_to(library.root)): path.read_bytes()
        for folder in kept
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def undo_all(editing: Editing) -> int:
    count = 0
    while True:
        try:
            editing.undo()
        except NotFoundError:
            return count
        count += 1


def correct(library: Library, kind: EditKind, at_words: str, /, **fields: object) -> str:
    return library.editing.correct("ports", kind, at(library, at_words), **fields).done


def test_a_speaker_is_set_and_shown_and_found(library: Library) -> None:
    editing = library.editing
    reed = editing.speaker("Tom Reed", "harbour master", country="belgium")
    done = editing.correct("ports", "set-speaker", at(library, SAID), speaker=reed)
    assert done.done == f"The speaker of “{SAID}” is Tom Reed · harbour master (BE)."
    assert (done.undo, done.briefing, done.unindexed) == ("briefing undo ports", "ports", None)
    assert quote_of(library, SAID).speaker == Speaker(
        name="Tom Reed", role="harbour master", type="named", country="BE"
    )
    assert library.search("speaker:reed winter").total_chunks == 1
    (edit,) = done.edits
    assert edit.made
    assert [placed.edit for placed in editing.placed("ports", only(library).id)] == [edit]
    assert editing.undo("ports").done == f"Undone: {done.done}"
    assert quote_of(library, SAID).speaker != reed


def test_a_speaker_that_the_text_does_not_name_is_set_to_none(library: Library) -> None:
    said = correct(library, "set-speaker", SAID, speaker=None)
    assert said == f"The speaker of “{SAID}” is not stated."
    assert quote_of(library, SAID).speaker is None


def test_the_bounds_of_a_quote_are_set_and_the_id_stays(library: Library) -> None:
    before = quote_of(library, SAID)
    correct(library, "set-bounds", SAID, words="wait for a third winter")
    after = quote_of(library, "third winter")
    assert (after.exact, after.id, after.rule) == ("wait for a third winter", before.id, "analyst")
    assert after.start == before.start + len("We cannot ")
    assert after.speaker == before.speaker
    correct(library, "set-bounds", "wait for a third winter", words="a third winter")
    assert quote_of(library, "third winter").exact == "a third winter"
    with pytest.raises(MismatchError, match="its new words do not stand where the quote does"):
        correct(library, "set-bounds", "a third winter", words="ferry")


def test_a_pin_is_one_wherever_it_stands_and_can_be_taken_out(library: Library) -> None:
    editing, article = library.editing, only(library).id
    quote = quote_of(library, SAID)
    before = files_of(library)
    assert editing.pin("ports", article, quote.id).done == f"The quote “{SAID}” is pinned."
    assert [row.quote.id for row in library.panels("ports").quotes if row.pinned] == [quote.id]
    assert editing.pin("ports", article, quote.id).done == f"The quote “{SAID}” is not pinned."
    assert not [row for row in library.panels("ports").quotes if row.pinned]
    path = library.content / "ports" / "briefing.yaml"
    old = f"{INFO}pinned:\n- {{article: {article}, exact: '{SAID}'}}  # the best\n"
    path.write_text(old, encoding="utf-8")
    library.refresh()
    assert [row.quote.id for row in library.panels("ports").quotes if row.pinned] == [quote.id]
    editing.pin("ports", article, quote.id)
    assert not [row for row in library.panels("ports").quotes if row.pinned]
    editing.undo()
    assert path.read_text("utf-8") == old
    path.write_text(INFO, encoding="utf-8")
    undo_all(editing)
    assert files_of(library) == before


def test_a_country_mention_is_dropped_added_and_set(library: Library) -> None:
    assert [one.code for one in chunk_with(library, "Belgium").mentions] == ["BE", "FR"]
    correct(library, "drop-mention", "Belgium")
    chunk = chunk_with(library, "Belgium")
    assert [one.code for one in chunk.mentions] == ["FR"]
    assert [(one.code, one.weight) for one in chunk.countries] == [("FR", 1.0)]
    assert "BE" not in [one.country for one in chunk.positions]
    correct(library, "set-mention", "France", country="luxembourg")
    assert [one.code for one in chunk_with(library, "Belgium").mentions] == ["LU"]
    assert correct(library, "add-mention", "The quay", country="nl") == "“The quay” names NL."
    (mention,) = chunk_with(library, "The quay is").mentions
    assert (mention.code, mention.start, mention.end, mention.rule) == ("NL", 0, 8, "analyst")
    assert "NL" in [row.code for row in library.panels("ports").countries]


def test_a_position_is_ruled_on_and_gets_target_object_and_date(library: Library) -> None:
    name = only(library).id
    chunk = chunk_with(library, "Belgium")
    (banned,) = [one for one in chunk.positions if one.country == "BE"]
    words = chunk.text[banned.start : banned.end]
    correct(
        library, "set-position", words, country="Belgium", target="france", object="", date="2020"
    )
    (one,) = [each for each in chunk_with(library, "Belgium").positions if each.country == "BE"]
    assert (one.target, one.object, one.date, one.stance) == ("FR", None, "2020", banned.stance)
    (row,) = [row for row in library.panels("ports").countries if row.code == "BE"]
    assert [note.date for note in row.ledger] == ["2020"]
    done = library.rule("ports", (name, chunk.id, banned.start, banned.end), "none", "BE")
    assert done.edits[0].kind == "rule-position"
    assert "BE" not in [each.country for each in chunk_with(library, "Belgium").positions]
    with pytest.raises(MismatchError, match="there is no position of DE at its anchor"):
        correct(library, "set-position", words, country="DE", date="2020")


def test_notes_tags_and_highlights_are_kept_with_their_place(library: Library) -> None:
    editing = library.editing
    correct(library, "note", PASSED, text="Ask the [ministry]\x1b[31m.")
    correct(library, "tag", QUAY, text="length")
    correct(library, "highlight", "four hundred metres")
    assert chunk_with(library, PASSED).notes == ("Ask the [ministry]\x1b[31m.",)
    chunk = chunk_with(library, QUAY)
    assert (chunk.tags, chunk.highlights) == (("length",), (HighlightedSpan(start=12, end=31),))
    placed = editing.placed("ports", only(library).id)
    (note,) = (one for one in placed if one.edit.kind == "note")
    assert (note.edit.text, note.chunk) == (
        "Ask the [ministry]\x1b[31m.",
        chunk_with(library, PASSED).id,
    )
    assert chunk_with(library, PASSED).text[note.start : note.end] == PASSED
    kinds = [one.edit.kind for one in placed]
    assert kinds == ["note", "tag", "highlight"]
    assert not editing.correct("ports", "tag", at(library, QUAY), text="length").changed


def test_metadata_is_set_in_one_step_and_dates_what_follows(library: Library) -> None:
    name = only(library).id
    values = {
        "headline": "The terminal closes",
        "publisher": "Quay Post",
        "authors": "Ana Lin; Bo Berg",
        "date": "2019-02/2019-03",
        "url": "https://quay.example/1",
        "language": "en",
        "reprint_of.publisher": "Harbour Wire",
        "reprint_of.date": "2019-02",
    }
    before = files_of(library)
    done = library.editing.set_article("ports", name, values)
    assert len(done.edits) == 8 - 1
    article = only(library)
    assert article.date is not None
    assert (article.date.value, article.date.precision, article.date.basis) == (
        "2019-02/2019-03",
        "range",
        "analyst",
    )
    assert (article.headline, article.publisher) == ("The terminal closes", "Quay Post")
    assert article.authors == ("Ana Lin", "Bo Berg")
    assert article.reprint_of == Reprint(publisher="Harbour Wire", date="2019-02")
    (source,) = library.panels("ports").sources
    assert (source.publisher, source.date) == ("Quay Post", article.date)
    library.editing.set_article("ports", name, {"date": "", "reprint_of.date": ""})
    assert only(library).date is None
    assert only(library).reprint_of == Reprint(publisher="Harbour Wire")
    assert undo_all(library.editing) == 2
    assert files_of(library) == before
    assert not (library.content / "ports" / "edits.yaml").exists()


def test_a_date_of_an_article_dates_what_its_text_says_of_days(library: Library) -> None:
    assert not [date for chunk in only(library).chunks for date in chunk.dates]
    library.editing.set_article("ports", only(library).id, {"date": "2020-01-23"})
    dates = [date.value for chunk in only(library).chunks for date in chunk.dates]
    assert dates == ["2020-01-20"]


@pytest.mark.parametrize(
    ("key", "value", "said", "hint"),
    [
        ("date", "31/02", "'31/02' is not a date: February has 29 days, not 31.", "2019-02-21"),
        ("date", "2019-02-30", "February 2019 has 28 days, not 30", "2019"),
        ("date", "2019-13", "there is no month 13", "2019"),
        ("date", "2019-03/2019-02", "the range ends before it begins", "2019"),
        ("date", "spring", "it is no day, month, year or range", "2019"),
        ("date", "02/21/2019", "it is not written as year-month-day", "2019"),
        ("reprint_of.date", "2019-00", "there is no month 0", "2019"),
        ("publishers", "x", "There is no field of an article 'publishers'.", "publisher"),
        ("reprint_of.who", "x", "There is no field of a reprint 'who'.", "publisher"),
        ("url.date", "x", "There is no field of an article 'url.date'.", None),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_says_why(
    library: Library, key: str, value: str, said: str, hint: str | None
) -> None:
    before = files_of(library)
    with pytest.raises(UsageError) as caught:
        library.editing.set_article("ports", only(library).id, {key: value})
    assert said in caught.value.message
    assert hint is None or hint in (caught.value.hint or "")
    assert files_of(library) == before


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("Brtain", "Britain (GB), Bahrain (BH), Brittany (FR)"),
        ("Grmany", "Germany (DE), Normandy (FR), Tigray (ET)"),
        ("Ivory Cost", "Ivory Coast (CI)"),
        ("Hollnd", "Holland (NL), Poland (PL), Hollywood (US)"),
    ],
)
def test_the_nearest_countries_are_told_by_any_of_their_names(typed: str, nearest: str) -> None:
    from briefing.library.values import read_country

    with pytest.raises(UsageError) as caught:
        read_country(typed)
    assert caught.value.hint == f"Nearest: {nearest}."


def test_unknown_countries_roles_and_types_are_refused_with_the_nearest(library: Library) -> None:
    cases: list[tuple[Callable[[], object], str, str]] = [
        (lambda: correct(library, "add-mention", QUAY, country="Belgum"), "Belgum", "Belgium (BE)"),
        (lambda: correct(library, "set-role", QUAY, role="captoin"), "captoin", "caption"),
        (lambda: library.editing.speaker("Ana", type="officially"), "officially", "official"),
        (lambda: library.editing.speaker("Ana", country="\x1b[2JX"), "x1b", ""),
    ]
    for call, said, hint in cases:
        with pytest.raises(UsageError) as caught:
            call()
        assert said in caught.value.message
        assert hint in (caught.value.hint or "")


def test_words_that_stand_twice_are_refused_with_the_choices(library: Library) -> None:
    with pytest.raises(AmbiguousError) as caught:
        at(library, "ferry terminal")
    choices = caught.value.choices
    assert [(one.exact, one.chunk) for one in choices] == [
        ("ferry terminal", only(library).chunks[0].id),
        ("ferry terminal", only(library).chunks[1].id),
    ]
    assert choices[0].before.endswith("Harbour board closes old ")
    assert choices[1].before.endswith("voted on Monday to close its old ")
    for choice in choices:
        library.editing.correct("ports", "tag", choice.anchor, text=f"t{choice.chunk}")
        chunk = next(one for one in only(library).chunks if one.id == choice.chunk)
        assert chunk.tags == (f"t{choice.chunk}",)
    with pytest.raises(MismatchError, match="these words are not in"):
        at(library, "nowhere")
    with pytest.raises(NotFoundError, match="There is no block 'c99'"):
        library.editing.anchor("ports", only(library).id, chunk="c99")
    with pytest.raises(NotFoundError, match="There is no quote 'q-0'"):
        library.editing.anchor("ports", only(library).id, quote="q-0")


def test_a_correction_without_effect_is_not_stored(library: Library) -> None:
    before = files_of(library)
    with pytest.raises(MismatchError, match="there is no quote at its anchor"):
        correct(library, "set-speaker", QUAY, speaker=None)
    with pytest.raises(UsageError, match="not in the codebook"):
        correct(library, "rule-position", QUAY, stance="dance", country="BE")
    with pytest.raises(NotFoundError):
        library.editing.withdraw("ports", "e9")
    assert files_of(library) == before


def test_the_briefing_s_own_file_keeps_comments_and_layout(library: Library) -> None:
    editing = library.editing
    path = library.content / "ports" / "briefing.yaml"
    before = files_of(library)
    editing.set_briefing("ports", {"title": "Ports: [closed]", "question": "", "tags": "a, b"})
    assert path.read_text("utf-8") == (
        "# The question of the week.\ntitle: 'Ports: [closed]'    # short\nquestion: null\n\n"
        "# Kept in this order.\ntags: [a, b]\n"
    )
    editing.set_briefing("ports", {"bottom_line": "They close.", "codebook": "measures"})
    editing.merge("ports", "Ana Lin", ["A. Lin", "the minister"], kind="speakers")
    assert [(a.name, a.forms) for a in library.briefing("ports").info.aliases.speakers] == [
        ("Ana Lin", ("A. Lin", "the minister"))
    ]
    editing.merge("ports", "Dr Lin", ["Ana Lin"], kind="speakers")
    assert [(a.name, a.forms) for a in library.briefing("ports").info.aliases.speakers] == [
        ("Dr Lin", ("A. Lin", "the minister", "Ana Lin"))
    ]
    editing.split("ports", "Dr Lin", ["A. Lin"], kind="speakers")
    assert [a.forms for a in library.briefing("ports").info.aliases.speakers] == [
        ("the minister", "Ana Lin")
    ]
    with pytest.raises(NotFoundError, match=r"'A\. Lin' is not merged into Dr Lin"):
        editing.split("ports", "Dr Lin", ["A. Lin"], kind="speakers")
    with pytest.raises(NotFoundError, match="Nothing is merged into 'Ana Lin'"):
        editing.split("ports", "Ana Lin", kind="speakers")
    editing.split("ports", "Dr Lin", kind="speakers")
    assert library.briefing("ports").info.aliases.speakers == ()
    assert not editing.set_briefing("ports", {"codebook": "measures"}).changed
    assert undo_all(editing) == 6
    assert files_of(library) == before


@pytest.mark.parametrize(
    "values", [{"title": " "}, {"heading": "x"}, {"codebook": "ban, b\x07n"}, {"sample": "true"}]
)
def test_keys_and_values_that_make_no_sense_leave_the_briefing(
    library: Library, values: dict[str, str]
) -> None:
    before = files_of(library)
    with pytest.raises(UsageError):
        library.editing.set_briefing("ports", values)
    assert files_of(library) == before


def test_an_article_is_renamed_with_all_that_names_it(library: Library) -> None:
    editing, old = library.editing, only(library).id
    correct(library, "note", QUAY, text="n")
    editing.pin("ports", old, quote_of(library, SAID).id)
    before = files_of(library)
    done = editing.rename_article("ports", old, "terminal")
    assert (done.done, done.article) == (f"ports/{old} is now ports/terminal.", "terminal")
    article = only(library)
    assert (article.id, article.source.file) == ("terminal", "originals/terminal.txt")
    assert chunk_with(library, QUAY).notes == ("n",)
    assert [row.pinned for row in library.panels("ports").quotes if row.quote.exact == SAID] == [
        True
    ]
    assert not [one for one in library.check("ports") if one.severity == "error"]
    assert "by hand" not in " ".join(one.message for one in library.check("ports"))
    assert not library.reannotate("ports", reread=True).changed
    assert library.search("quay").groups[0].hits[0].article == "terminal"
    for bad in ("Terminal", "../x", "edits", "terminal"):
        with pytest.raises(UsageError):
            editing.rename_article("ports", "terminal", bad)
    with pytest.raises(NotFoundError):
        editing.rename_article("ports", old, "other")
    editing.undo()
    assert files_of(library) == before


def test_an_article_moves_to_another_briefing_and_into_the_trash_and_back(library: Library) -> None:
    editing, name = library.editing, only(library).id
    before = files_of(library)
    correct(library, "note", QUAY, text="n")
    made = editing.new_briefing("Quays & piers", question="How long?", codebook="measures")
    assert made.briefing == "quays-piers"
    assert library.briefing("quays-piers").info.question == "How long?"
    editing.move_article("ports", name, "quays-piers")
    assert library.briefing("ports").articles == ()
    assert [chunk.notes for chunk in only(library, "quays-piers").chunks if chunk.notes] == [("n",)]
    assert library.briefing("quays-piers").orphans == ()
    with pytest.raises(UsageError, match="has an article"):
        editing.move_article("quays-piers", name, "quays-piers")
    editing.remove_article("quays-piers", name)
    assert library.briefing("quays-piers").edits == ()
    (gone,) = editing.trash()
    assert gone.done == f"quays-piers/{name} is in the trash."
    assert library.search("quay").total_chunks == 0
    editing.rename_briefing("quays-piers", "piers")
    editing.remove_briefing("piers")
    assert [row.name for row in library.catalog()] == ["ports"]
    assert undo_all(editing) == 6
    assert files_of(library) == before
    assert not (library.root / ".trash").exists()


def test_emptied_trash_cannot_be_undone_and_says_so(library: Library) -> None:
    editing = library.editing
    editing.remove_article("ports", only(library).id)
    assert editing.empty_trash() == 1
    assert editing.trash() == ()
    with pytest.raises(MismatchError, match="was deleted with the trash"):
        editing.undo("ports")
    assert [action.undone for action in editing.log()] == [False]


def test_a_name_that_is_taken_or_unsafe_names_no_briefing(library: Library) -> None:
    editing = library.editing
    for bad in ("ports", "../x", ".x", "a b", "con", ""):
        with pytest.raises(UsageError):
            editing.new_briefing("X", name=bad)
    assert editing.new_briefing("Ports").briefing == "ports-2"
    with pytest.raises(UsageError, match="already a briefing ports"):
        editing.rename_briefing("ports-2", "ports")
    assert editing.new_briefing("日本").briefing == "briefing-1"


def test_undo_knows_the_last_action_of_each_briefing_and_any_by_its_id(library: Library) -> None:
    editing = library.editing
    editing.new_briefing("Other", name="other")
    correct(library, "tag", QUAY, text="one")
    correct(library, "tag", QUAY, text="two")
    editing.set_briefing("other", {"title": "Others"})
    log = editing.log("ports")
    assert [action.done for action in log] == [
        f"“{QUAY}” is tagged two.",
        f"“{QUAY}” is tagged one.",
    ]
    editing.undo(action=log[1].id)
    assert chunk_with(library, QUAY).tags == ("two",)
    editing.rename_briefing("ports", "harbours")
    assert [action.undone for action in editing.log("harbours")] == [False, False, True]
    editing.undo(action=log[0].id)
    assert not (library.content / "harbours" / "edits.yaml").exists()
    assert editing.undo("harbours").done == "Undone: The briefing ports is now called harbours."
    with pytest.raises(NotFoundError, match="nothing to undo in ports"):
        editing.undo("ports")
    made = editing.log("other")[1].id
    with pytest.raises(MismatchError, match="Since then, and built on it: The title of other"):
        editing.undo(action=made)
    editing.undo("other")
    (library.content / "other" / "edits.yaml").write_text("")
    with pytest.raises(MismatchError, match="other holds more by now"):
        editing.undo(action=made)


def test_what_was_taken_out_comes_back_where_no_other_edit_is_left(library: Library) -> None:
    editing, article = library.editing, only(library)
    quote = next(quote for chunk in article.chunks for quote in chunk.quotes)
    editing.pin("ports", article.id, quote.id)
    correct(library, "tag", QUAY, text="one")
    editing.pin("ports", article.id, quote.id)
    editing.undo(action=editing.log("ports")[1].id)
    assert not (library.content / "ports" / "edits.yaml").exists()
    editing.undo("ports")
    assert [row.quote.id for row in library.panels("ports").quotes if row.pinned] == [quote.id]


def test_undo_works_in_another_process_s_library_and_not_past_its_changes(library: Library) -> None:
    other = Library.open(library.root)
    correct(library, "tag", QUAY, text="mine")
    other.editing.set_briefing("ports", {"question": "Why?"})
    correct(other, "tag", QUAY, text="theirs")
    path = library.content / "ports" / "edits.yaml"
    mine = library.editing.log()[2]
    assert library.editing.undo(action=mine.id).done == f"Undone: “{QUAY}” is tagged mine."
    assert chunk_with(other, QUAY).tags == ("theirs",)
    text = path.read_text("utf-8")
    path.write_text(text.replace("theirs", "by hand"), encoding="utf-8")
    with pytest.raises(MismatchError, match="changed there meanwhile"):
        library.editing.undo("ports")
    assert "by hand" in path.read_text("utf-8")
    info = path.with_name("briefing.yaml")
    info.write_text(info.read_text("utf-8").replace("Why?", "When?"), encoding="utf-8")
    question = library.editing.log()[1]
    with pytest.raises(MismatchError, match="changed there meanwhile"):
        library.editing.undo(action=question.id)
    assert "When?" in info.read_text("utf-8")


def test_a_hand_written_file_of_edits_keeps_its_comments(library: Library) -> None:
    name = only(library).id
    path = library.content / "ports" / "edits.yaml"
    old = (
        "# Mine.\nformat: briefing/edits/2\nedits:\n# Why I did this.\n"
        f"- {{id: e1, kind: tag, anchor: {{article: {name}, exact: metres}}, text: t}}  # x\n"
        "# the end\n"
    )
    path.write_text(old, encoding="utf-8")
    library.refresh()
    correct(library, "tag", QUAY, text="u")
    assert path.read_text("utf-8").startswith(old.removesuffix("# the end\n"))
    assert chunk_with(library, QUAY).tags == ("t", "u")
    library.editing.undo()
    assert path.read_text("utf-8") == old
    path.write_text("# none yet\n", encoding="utf-8")
    library.refresh()
    correct(library, "tag", QUAY, text="u")
    assert path.read_text("utf-8").startswith("# none yet\nformat: ")
    library.editing.undo()
    assert path.read_text("utf-8") == "# none yet\n"


def test_the_yaml_is_stored_as_edited_or_refused_with_its_place(library: Library) -> None:
    editing = library.editing
    before = editing.text_of("ports")
    done = editing.store_text("ports", before, before.replace("Ports ", "Harbours "))
    assert done.done == "briefing.yaml was changed by hand."
    assert library.briefing("ports").info.title == "Harbours"
    with pytest.raises(MismatchError, match="changed meanwhile"):
        editing.store_text("ports", before, before)
    now = editing.text_of("ports")
    with pytest.raises(ContentError) as caught:
        editing.store_text("ports", now, now + "x: [\n")
    assert caught.value.line


def test_the_sample_says_before_anything_is_typed_that_it_cannot_be_edited(tmp_path: Path) -> None:
    from briefing.paths import sample_library

    sample = Library.open(sample_library())
    name = sample.catalog()[0].name if sample.catalog() else "huawei-5g"
    reason = sample.editing.can_edit(name)
    assert reason is not None
    assert "read-only" in reason
    with pytest.raises(WriteError, match="read-only"):
        sample.editing.set_briefing(name, {"title": "Mine"})
    done = sample.editing.copy_to(tmp_path / "mine")
    assert str(tmp_path / "mine") in done.done
    mine = Library.open(tmp_path / "mine")
    mine.refresh()
    assert mine.editing.can_edit(name) is None
    mine.editing.set_briefing(name, {"title": "Mine"})
    with pytest.raises(WriteError, match="not empty"):
        sample.editing.copy_to(tmp_path / "mine")


@pytest.mark.parametrize("name", ["mine\ud800", "mine\0"])
def test_a_library_is_not_copied_to_what_no_folder_can_be_called(
    library: Library, tmp_path: Path, name: str
) -> None:
    with pytest.raises(WriteError, match="no name of a folder"):
        library.editing.copy_to(tmp_path / name)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="everything may be written")
def test_a_folder_that_may_not_be_written_is_named(library: Library) -> None:
    folder = library.content / "ports"
    folder.chmod(0o500)
    try:
        assert str(folder) in (library.editing.can_edit("ports") or "")
        with pytest.raises(WriteError):
            library.editing.set_briefing("ports", {"title": "Mine"})
    finally:
        folder.chmod(0o700)


def test_people_and_dates_are_suggested_from_the_text(library: Library) -> None:
    document = (
        "A note\n\nThe paper of 3 March 2019 was read in May 2018.\n\nSaid on 4 March 2019.\n"
    )
    story = library.root / "note.txt"
    story.write_text(document, encoding="utf-8")
    library.add([story], to="notes")
    (note,) = library.briefing("notes").articles
    hints = library.editing.dates_of("notes", note.id)
    assert [(hint.value, hint.words) for hint in hints] == [
        ("2019-03-03", "3 March 2019"),
        ("2019-03-04", "4 March 2019"),
        ("2018-05", "May 2018"),
    ]
    people = library.editing.speakers_of("ports", only(library).id)
    assert [one.name for one in people][:1] == ["Ana Lin"]
    assert "Ana Lin" in [one.name for one in library.editing.speakers_of("notes", note.id)]


def test_an_unknown_briefing_or_article_is_not_found(library: Library) -> None:
    editing = library.editing
    calls: list[Callable[[], object]] = [
        lambda: editing.set_briefing("none", {"title": "x"}),
        lambda: editing.set_article("ports", "none", {"date": "2020"}),
        lambda: editing.remove_article("ports", "../briefing"),
        lambda: editing.rename_briefing("none", "x"),
        lambda: editing.move_article("ports", only(library).id, "none"),
        lambda: editing.text_of("none"),
    ]
    before = files_of(library)
    for call in calls:
        with pytest.raises(BriefingError) as caught:
            call()
        assert int(caught.value.exit_code) in (2, 3)
    assert files_of(library) == before


TAGGED = "{id: e1, kind: tag, anchor: ANCHOR, text: t}"
DATED = "{id: e1, kind: set-date, anchor: ANCHOR, date: '2020'}"
FORMAT = "format: briefing/edits/2"


@pytest.mark.parametrize(
    "old",
    [
        f"format: briefing/edits/1\nedits:\n- {DATED}\n",
        f"{FORMAT}\nedits: [{TAGGED}]",
        f"{{{FORMAT}, edits: [{TAGGED}]}}\n",
        f"\ufeff{FORMAT}\r\nedits:\r\n- {TAGGED}\r\n",
        f"{FORMAT}\nedits: []  # none\n",
        f"edits:\n- id: e1\n  kind: tag\n  # here\n  anchor: ANCHOR\n  text: t\n{FORMAT}\n",
        "",
    ],
)
def test_a_file_of_edits_in_any_layout_is_given_back_as_it_was(library: Library, old: str) -> None:
    name = only(library).id
    path = library.content / "ports" / "edits.yaml"
    data = old.replace("ANCHOR", f"{{article: {name}, exact: metres}}").encode()
    path.write_bytes(data)
    library.refresh()
    had = len(library.briefing("ports").edits)
    library.editing.correct("ports", "highlight", at(library, "winter,"))
    library.editing.rename_article("ports", name, "renamed")
    assert len(library.briefing("ports").edits) == had + 1
    assert {edit.anchor.article for edit in library.briefing("ports").edits} == {"renamed"}
    undo_all(library.editing)
    assert path.read_bytes() == data


def test_an_article_stored_by_hand_is_adopted_and_undone_to_the_byte(library: Library) -> None:
    editing, name = library.editing, only(library).id
    path = library.content / "ports" / f"{name}.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("publisher: null", "publisher: Post"), encoding="utf-8")
    library.refresh()
    before = files_of(library)
    assert only(library).publisher == "Post"
    assert editing.adopt("ports").done == "1 change by hand became edits."
    assert path.read_text("utf-8") == text
    assert only(library).publisher == "Post"
    assert undo_all(editing) == 1
    assert files_of(library) == before


def test_edits_follow_an_article_whose_file_was_renamed_by_hand(library: Library) -> None:
    correct(library, "note", QUAY, text="n")
    path = next((library.content / "ports").glob("h*.yaml"))
    path.rename(path.with_name("other.yaml"))
    library.refresh()
    (article,) = library.briefing("ports").articles
    assert [chunk.notes for chunk in article.chunks if chunk.notes] == [("n",)]
    assert library.briefing("ports").orphans == ()


def search_files(library: Library) -> dict[str, int]:
    folder = library.index_dir / "search"
    return {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_an_edit_leaves_the_search_index_to_the_next_search_which_finds_it(
    library: Library,
) -> None:
    before = search_files(library)
    assert correct(library, "note", QUAY, text="measured twice").endswith("measured twice.")
    library.editing.set_briefing("ports", {"tags": "harbours"})
    assert search_files(library) == before
    assert chunk_with(library, QUAY).notes == ("measured twice",)
    opened = Library.open(library.root)
    assert opened.search("note:measured").total_chunks == 1
    assert opened.search("tag:harbours").total_chunks > 0
    assert search_files(library) != before
    after = search_files(library)
    library.editing.undo()
    library.editing.undo()
    assert search_files(library) == after
    assert library.search("note:measured").total_chunks == 0
    assert opened.search("tag:harbours").total_chunks == 0


def test_an_article_removed_before_the_next_search_is_not_found(library: Library) -> None:
    correct(library, "note", QUAY, text="measured twice")
    library.editing.remove_article("ports", only(library).id)
    assert library.search("note:measured").total_chunks == 0
    library.editing.undo()
    assert library.search("note:measured").total_chunks == 1
