"""The command that searches, with saved queries and completions."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from briefing.cli.console import say
from briefing.cli.job import Job, Output, command, in_option, option, refuse_ignored, word_argument
from briefing.cli.places import find_place

if TYPE_CHECKING:
    from briefing.library import Library
    from briefing.search.results import Results


@command(
    word_argument("query", nargs=-1),
    in_option(help="Only in this briefing, or this article: NAME/ARTICLE."),
    click.option(
        "--limit",
        default=50,
        show_default=True,
        type=click.IntRange(min=1),
        help="The largest number of passages.",
    ),
    option("--newest", help="Newest first instead of best first."),
    option("--complete", help="List how the query may continue: fields, values."),
    option("--save", metavar="LABEL", help="Save the query in the briefing as LABEL."),
    option(
        "--saved",
        metavar="LABEL",
        help="Run a saved query, and show what is new since last time.",
    ),
    # A query may begin with what it leaves out.
    settings={"ignore_unknown_options": True},
)
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
    """Search the words of all articles; the best article comes first.

    An article must have all the words; its passages that have them are shown. "A phrase", prefix*,
    word~, and or not, same:(in one passage), a NEAR/5 b, and fields: country: speaker: voice:
    stance: cites: publisher: headline: section: role: briefing: tag: note: before: after: date:

    \b
    Examples:
      briefing search ban risk*
      briefing search which countries ban huawei
      briefing search '"core network"'
      briefing search speaker:pompeo
      briefing search 'country:GB stance:restrict after:2019'
      briefing search madness --in huawei-5g/halyard
      briefing search --complete country:ger
      briefing search 'stance:ban' --in huawei-5g --save bans
      briefing search --in huawei-5g --saved bans
    """
    from briefing.cli.lines import result_lines, saved_lines

    unknown = [word for word in query if word.startswith("--")]
    if unknown:
        raise click.NoSuchOption(unknown[0], ctx=click.get_current_context())
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
    as_json = click.get_current_context().params["as_json"]
    most = sys.maxsize if article else limit
    results = library.search(asked, briefing=name, limit=most, order=order, facets=as_json)
    if article:
        results = _only_article(results, article)
    if name is not None and save is not None:
        library.save_search(name, save, asked)
        say(f"saved as {save} in {name}")
    return Output(results, result_lines(results))


def _only_article(results: Results, article: str) -> Results:
    """Return the hits of one article, or of the one that it is a near copy of."""
    from msgspec.structs import replace

    groups = tuple(
        each
        for each in results.groups
        if article in (each.article, *(copy.article for copy in each.copies))
    )
    found = sum(each.total for each in groups)
    return replace(results, groups=groups, total_chunks=found, total_articles=len(groups))


def _complete(library: Library, text: str) -> Output:
    """Return how a query may continue, one completion a line; a country's code with its name."""
    from briefing.cli.lines import PlainLine
    from briefing.search.suggest import last_completed

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
