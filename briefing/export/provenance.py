"""What an export rests on: what was read, checked, set aside, corrected and left out."""

from __future__ import annotations

from collections import Counter

from briefing.export.escape import escape
from briefing.export.selection import Selection
from briefing.export.wording import iso_words
from briefing.model import READ_ROLES, ROLES
from briefing.wording import counted


def provenance(selection: Selection, *, checked: int, generated: str, generator: str) -> str:
    """Return the section as a list; `checked` quotes were compared with the stored text."""
    name = escape(selection.briefing.name)
    lines = [
        f"Generated on {iso_words(generated)} by {escape(generator)} from the briefing {name}.",
        _articles(selection),
        f"{counted(checked, 'quote')} checked against the stored text, character for character.",
        _set_aside(selection),
        _annotators(selection),
        *_edits(selection),
        *_left_out(selection),
    ]
    return "## Provenance\n\n" + "\n".join(f"- {line}" for line in lines)


def _articles(selection: Selection) -> str:
    articles, origins = len(selection.panels.sources), selection.panels.origins
    told = f"{counted(articles, 'article')} from {counted(origins, 'independent source')}"
    if selection.country is None:
        return f"{told}."
    return f"{told}; {len(selection.source_rows)} of them concern {escape(selection.country.name)}."


def _set_aside(selection: Selection) -> str:
    roles = Counter(
        chunk.role for article in selection.briefing.articles for chunk in article.chunks
    )
    aside = {role: roles[role] for role in ROLES if role not in READ_ROLES and roles[role]}
    if not aside:
        return "No passage was set aside."
    kinds = ", ".join(f"{role} {number}" for role, number in aside.items())
    return f"{counted(sum(aside.values()), 'passage')} set aside as no part of a story: {kinds}."


def _annotators(selection: Selection) -> str:
    made = Counter(
        f"{article.annotator.name} version {article.annotator.version}"
        if article.annotator
        else "none"
        for article in selection.briefing.articles
    )
    told = "; ".join(
        f"{escape(name)}: {counted(number, 'article')}" for name, number in made.items()
    )
    return f"Annotated by {told}." if made else "No article was annotated."


def _edits(selection: Selection) -> list[str]:
    edits, orphans = selection.briefing.edits, selection.briefing.orphans
    applied = len(edits) - len(orphans)
    lines = [f"{counted(applied, 'edit')} by the analyst applied."] if edits else []
    return lines + [
        f"Edit {escape(orphan.edit.id)} ({orphan.edit.kind}) was not applied: "
        f"{escape(orphan.reason)}."
        for orphan in orphans
    ]


def _left_out(selection: Selection) -> list[str]:
    lines = []
    repeats = sum(len(statement.repeats) for statement in selection.statements)
    others = len(selection.panels.quotes) - repeats - sum(
        len(statement.parts) for statement in selection.statements
    )  # fmt: skip
    if repeats:
        lines.append(
            f"Named in the footnotes only: {counted(repeats, 'repeat')} of the same words."
        )
    if others and selection.country is not None:
        lines.append(f"Left out: {counted(others, 'quote')} that concern other countries.")
    if selection.panels.paraphrases:
        paraphrases = counted(len(selection.panels.paraphrases), "paraphrase")
        lines.append(f"Left out: {paraphrases} in the reporters’ words.")
    lines += [
        f"Left out: the file {escape(problem.file)} could not be read: {escape(problem.message)}."
        for problem in selection.briefing.problems
    ]
    return lines
