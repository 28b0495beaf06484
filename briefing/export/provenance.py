"""What an export rests on: what was read, checked, set aside, corrected and left out."""

from __future__ import annotations

from collections import Counter

from briefing.export.escape import escape
from briefing.export.memo_wording import iso_words
from briefing.export.scope import ExportScope
from briefing.model import READ_ROLES, ROLES
from briefing.wording import counted


def provenance(scope: ExportScope, *, checked: int, generated: str, generator: str) -> str:
    """Return the section as a list; `checked` quotes were compared with the stored text."""
    name = escape(scope.briefing.name)
    lines = [
        f"Generated on {iso_words(generated)} by {escape(generator)} from the briefing {name}.",
        _articles(scope),
        f"{counted(checked, 'quote')} checked against the stored text, character for character.",
        _set_aside(scope),
        _annotators(scope),
        *_edits(scope),
        *_left_out(scope),
    ]
    return "## Provenance\n\n" + "\n".join(f"- {line}" for line in lines)


def _articles(scope: ExportScope) -> str:
    total = ", ".join(scope.panels.counted_sources())
    if scope.country is None:
        return f"{total}."
    return f"{total}; {len(scope.source_rows)} of them concern {escape(scope.country.name)}."


def _set_aside(scope: ExportScope) -> str:
    roles = Counter(chunk.role for article in scope.briefing.articles for chunk in article.chunks)
    aside = {role: roles[role] for role in ROLES if role not in READ_ROLES and roles[role]}
    if not aside:
        return "No passage was set aside."
    kinds = ", ".join(f"{role} {number}" for role, number in aside.items())
    return f"{counted(sum(aside.values()), 'passage')} set aside as no part of a story: {kinds}."


def _annotators(scope: ExportScope) -> str:
    made = Counter(
        f"{article.annotator.name} version {article.annotator.version}"
        if article.annotator
        else "none"
        for article in scope.briefing.articles
    )
    annotators = "; ".join(
        f"{escape(name)}: {counted(number, 'article')}" for name, number in made.items()
    )
    return f"Annotated by {annotators}." if made else "No article was annotated."


def _edits(scope: ExportScope) -> list[str]:
    edits, orphans = scope.briefing.edits, scope.briefing.orphans
    applied = len(edits) - len(orphans)
    lines = [f"{counted(applied, 'edit')} by the analyst applied."] if edits else []
    return lines + [
        f"Edit {escape(orphan.edit.id)} ({orphan.edit.kind}) was not applied: "
        f"{escape(orphan.reason)}."
        for orphan in orphans
    ]


def _left_out(scope: ExportScope) -> list[str]:
    lines = []
    repeats = sum(len(statement.repeats) for statement in scope.statements)
    others = len(scope.panels.quotes) - repeats - sum(
        len(statement.parts) for statement in scope.statements
    )  # fmt: skip
    if repeats:
        lines.append(
            f"Named in the footnotes only: {counted(repeats, 'repeat')} of the same words."
        )
    if others and scope.country is not None:
        lines.append(f"Left out: {counted(others, 'quote')} that concern other countries.")
    if scope.panels.paraphrases:
        paraphrases = counted(len(scope.panels.paraphrases), "paraphrase")
        lines.append(f"Left out: {paraphrases} in the reporters’ words.")
    lines += [
        f"Left out: the file {escape(problem.place)} could not be read: {escape(problem.message)}."
        for problem in scope.briefing.problems
    ]
    return lines
