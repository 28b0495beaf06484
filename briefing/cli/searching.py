"""The command that searches, with saved queries and completions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from briefing.cli.console import say
from briefing.cli.job import Job, Output, refuse_ignored
from briefing.cli.lines import PlainLine, result_lines, saved_lines
from briefing.cli.places import find_place
from briefing.errors import nearest
from briefing.search.suggest import last_completed

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.search.results import Results


def search(
    job: Job,
    query: tuple[str, ...],
    name: str | None,
    limit: int,
    save: str | None,
    saved: str | None,
    *,
    newest: bool,
    complete: bool,
) -> Output:
    """Search the words of all articles; the best article comes first."""
    unknown = [word for word in query if word.startswith("--")]
    if unknown:
        context = click.get_current_context()
        options = [name for each in context.command.params for name in each.opts]
        like = nearest(unknown[0], options)
        raise click.NoSuchOption(unknown[0], possibilities=like, ctx=context)
    is_query = bool("".join(query).strip()) or complete
    if (not is_query and saved is None) or (name is None and (save or saved)):
        raise click.UsageError("Give a query; --save and --saved need --in NAME as well.")
    if complete:
        refuse_ignored("--complete", {"query", "--complete"})
    elif saved is not None:
        refuse_ignored("--saved", {"--in", "--saved"})
    library = job.library(searchable=True)
    if complete:
        return _complete(library, " ".join(query))
    article = ""
    if name is not None:
        name, article, *_ = find_place(library, name)
    if name is not None and saved is not None:
        run = library.run_saved(name, saved)
        return Output(run, saved_lines(run))
    asked = join_words(query)
    order: Any = "date" if newest else "rank"
    most = sys.maxsize if article else limit
    results = library.search(asked, briefing=name, limit=most, order=order, facets=job.as_json)
    if article:
        results = _only_article(results, article)
    if name is not None and save is not None:
        library.save_search(name, save, asked)
        say(f"saved as {save} in {name}")
    return Output(results, result_lines(results))


def _only_article(results: Results, article: str) -> Results:
    """Return the hits of one article, or of the one that it is a near copy of."""
    groups = tuple(
        each
        for each in results.groups
        if article in (each.article, *(copy.article for copy in each.copies))
    )
    found = sum(each.total for each in groups)
    totals = {"total_chunks": found, "total_articles": len(groups), "is_estimate": False}
    return replace(results, groups=groups, **totals)


def _complete(library: Library, text: str) -> Output:
    """Return how a query may continue, one completion a line; a country's code with its name."""
    completions = library.suggest(text)
    labels = (last.label if (last := last_completed(each)) else "" for each in completions)
    pairs = zip(completions, labels, strict=True)
    lines = (PlainLine(f"{each}  {label}".rstrip()) for each, label in pairs)
    none = () if completions else ("nothing in the library completes this query",)
    return Output(completions, lines, none)


def join_words(words: Sequence[str]) -> str:
    """Join the arguments to a query; one that the shell unquoted is a phrase again."""
    if len(words) == 1:
        return words[0]
    return " ".join(
        word if " " not in word or '"' in word or ":" in word else f'"{word}"' for word in words
    )
