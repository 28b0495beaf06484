"""What an export rests on, in two lines: what was read and checked, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.export.escape import escape
from briefing.export.material import Material
from briefing.export.memo_wording import iso_words, listed
from briefing.model import READ_ROLES
from briefing.wording import counted

_NOUNS = {
    "table": "stance", "statements": "statement", "disagreements": "disagreement",
    "changes": "changed stance", "timeline": "dated sentence", "analyst": "note",
}  # fmt: skip


def provenance(material: Material, left_out: Mapping[str, int], lost: int, generator: str) -> str:
    """Return the section; `left_out` counts the items of each section that are not shown.

    `lost` counts the characters of what is shown that Markdown cannot carry.
    """
    return f"## Provenance\n\n- {_made(material, generator)}\n- {_out(material, left_out, lost)}"


def _made(material: Material, generator: str) -> str:
    """Return what was read, by what it was annotated, and that it was checked."""
    articles = material.briefing.articles
    chunks = [chunk for article in articles for chunk in article.chunks]
    quotes = sum(len(chunk.quotes) for chunk in chunks)
    aside = sum(chunk.role not in READ_ROLES for chunk in chunks)
    annotators = dict.fromkeys(
        f"{article.annotator.name} {article.annotator.version}"
        for article in articles
        if article.annotator
    )
    orphans = len(material.briefing.orphans)
    edits = len(material.briefing.edits)
    name, read = escape(material.briefing.name), ", ".join(material.panels.counted_sources())
    parts = (
        f"Made by {escape(generator)} from {name} on {iso_words(material.generated)}: {read}",
        f"{material.words():,} words, {counted(aside, 'passage')} set aside",
        f"annotated by {listed(annotators)}" if annotators else None,
        f"{edits - orphans} of {counted(edits, 'edit')} applied" if edits else None,
    )
    made = "; ".join(part for part in parts if part)
    return (
        f"{made}. {counted(quotes, 'quote')} compared with the stored text, and what is shown once "
        "more as written. Stances are cues, no verdicts."
    )


def _out(material: Material, left_out: Mapping[str, int], lost: int) -> str:
    """Return what is not in the memo, and where it is."""
    shorter = [counted(number, _NOUNS[name]) for name, number in left_out.items() if number]
    shown = {(row.article, row.quote.id) for row in material.quotes}
    rest = [row for row in material.panels.paraphrases if (row.article, row.quote.id) not in shown]
    parts = [
        f"{', '.join(shorter)} for length (--full has them)" if shorter else None,
        counted(len(rest), "paraphrase") if rest else None,
        f"{counted(material.undated_out, 'undated article')}" if material.undated_out else None,
        f"{counted(material.older_out, 'older article')}" if material.older_out else None,
        f"{counted(lost, 'control character')} that Markdown cannot carry" if lost else None,
        *(
            f"the file {escape(problem.file)}, which is broken"
            for problem in material.briefing.problems
        ),
    ]
    known = [part for part in parts if part]
    return f"Left out: {'; '.join(known)}." if known else "Nothing was left out."
