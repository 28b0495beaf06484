"""The keys of the screen of a briefing."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from briefing.tui.correcting.key_bindings import CORRECTING

KEYS: list[BindingType] = [
    Binding("slash", "search", "Search", id="briefing.search",
            tooltip="Search the words of this briefing"),
    Binding("c", "compare", "Compare", id="briefing.compare",
            tooltip="Compare two countries or two sources side by side"),
    Binding("p", "middle('positions')", "Positions", id="briefing.positions",
            tooltip="Show the positions: every cue for a country's stance, by date"),
    Binding("r", "middle('unruled')", "To rule on", id="briefing.unruled",
            tooltip="Show sentences that may hold a stance: 1 … 9 rule, 0 rules none"),
    Binding("t", "middle('timeline')", "Timeline", id="briefing.timeline",
            tooltip="Show the timeline: what the articles say about each date"),
    Binding("P", "middle('people')", "People", id="briefing.people",
            tooltip="Show who speaks for the country and who speaks of it, how often, and where"),
    Binding("M", "matrix", "Matrix", id="briefing.matrix",
            tooltip="Show the positions as a matrix: countries by sources, or by time"),
    Binding("O", "trace('origins')", "Origins", id="briefing.origins",
            tooltip="Show who heard what from whom, outlet by outlet"),
    Binding("C", "trace('concordance')", "Concordance", id="briefing.concordance",
            tooltip="Show what several articles quote, word by word"),
    Binding("D", "trace('changes')", "Changes", id="briefing.changes",
            tooltip="Show what changed since you looked last"),
    Binding("L", "trace('gaps')", "Gaps", id="briefing.gaps",
            tooltip="Show what the briefing lacks, and where its sources disagree"),
    Binding("i", "paraphrases", "Paraphrases", id="briefing.paraphrases",
            tooltip="Show or hide paraphrases: speech without quotation marks"),
    Binding("e", "export", "Export", id="briefing.export",
            tooltip="Export the briefing, or one country of it, to Markdown"),
    Binding("plus", "add", "Add", id="briefing.add",
            tooltip="Add articles to the briefing: a file, a folder or a pasted text"),
    *CORRECTING,
    Binding("o", "browse", "Source", id="briefing.browse",
            tooltip="Open the selected link, or else the article's address, in the browser"),
    Binding("y", "yank", "Copy", id="briefing.yank",
            tooltip="Copy the selected quote with its speaker and source"),
    Binding("right_square_bracket", "country(1)", "Next country", id="briefing.next-country",
            tooltip="To rule on: give the stance to the sentence's next country"),
    Binding("left_square_bracket", "country(-1)", "Country before", show=False,
            id="briefing.country-before", tooltip="To rule on: the country before"),
    Binding("tab,l,right", "panel(1)", "Next panel", show=False, id="briefing.next-panel",
            tooltip="Next panel"),
    Binding("shift+tab,h,left", "panel(-1)", "Previous panel", show=False,
            id="briefing.previous-panel", tooltip="Previous panel"),
    Binding("escape", "back", "Back", show=False, id="briefing.back",
            tooltip="Back to the panel, to all countries, to the library"),
]  # fmt: skip
