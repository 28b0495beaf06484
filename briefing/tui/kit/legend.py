"""What every sign on a screen means, in groups by the widget that draws it."""

from __future__ import annotations

from typing import NamedTuple


class Sign(NamedTuple):
    """A sign or word as it stands on the screen, the ink it is written in, and what it means."""

    sign: str
    meaning: str
    ink: str = "text"


class SignGroup(NamedTuple):
    """The signs that the widget of a type draws."""

    widget: str
    name: str
    signs: tuple[Sign, ...]


LEGEND = (
    SignGroup("CatalogList", "Signs in the library", (
        Sign("2 left out", "Files that are broken and were left out: briefing check names them",
             "warning"),
        Sign("–", "No article of the briefing has a date", "faint"),
    )),
    SignGroup("CountryList", "Signs at a country", (
        Sign("GB", "The country's code: ISO 3166, with EU and NATO for groups", "code"),
        Sign("12", "At the right: how many quotes the country has; · for none", "soft"),
        Sign("● ban", "The latest stance that the articles show. It is a cue, not a verdict: words "
             "such as “has banned” stand in a sentence about the country", "stance-ban"),
        Sign("was allow", "The stance before that one", "faint"),
        Sign("● conflict", "Sources of one date disagree; all their stances follow", "warning"),
    )),
    SignGroup("PositionList, CompareList", "Signs at a cue for a stance", (
        Sign("undated", "The source has no date: it stands last", "faint"),
        Sign("● restrict", "The stance that a cue word in the sentence shows", "stance-restrict"),
        Sign("would", "After a stance: the word that keeps it from being a fact", "soft"),
    )),
    SignGroup("QuoteList, CompareList", "Signs at a quote", (
        Sign("▌", "Who speaks: a person by name", "voice-named"),
        Sign("▌", "An official without a name", "voice-official"),
        Sign("▌", "A spokesperson", "voice-spokesperson"),
        Sign("▌", "An institution", "voice-institution"),
        Sign("▌", "A source that stays anonymous", "voice-anonymous"),
        Sign("▌", "A document", "voice-document"),
        Sign("▌", "The text does not say who speaks: “speaker not stated”", "faint"),
        Sign("┆", "A paraphrase, told without quotation marks; i shows or hides them", "faint"),
        Sign("“ ”", "The very words of the source"),
        Sign("¶13", "The paragraph of the source, headings not counted", "faint"),
        Sign("← Daily Tide", "Who passed the words on: the source has them from there", "faint"),
        Sign("3 sources", "So many sources have the words; “variants differ” where not all have "
             "the same", "faint"),
        Sign("pinned", "Chosen in briefing.yaml to stand first", "accent"),
    )),
    SignGroup("CompareList", "Signs in the comparison", (
        Sign("=", "The other column has this quote as well", "key"),
        Sign("[ ]", "The keys that put another country or source into the column", "key"),
    )),
    SignGroup("SourceList", "Signs at a source", (
        Sign("stated", "The text itself says the date", "faint"),
        Sign("analyst", "The analyst set the date, in edits.yaml", "faint"),
        Sign("metadata", "The page's own data say it", "faint"),
        Sign("~ inferred", "The date was worked out, as from “last Friday”; ~ stands wherever the "
             "date does", "soft"),
        Sign("unknown", "Nothing says when it was published, and nothing is guessed", "soft"),
        Sign("cites: …", "Outlets and documents that the article names as its sources", "soft"),
        Sign("reprint of …", "The article is another outlet's work", "soft"),
        Sign("independent", "Origins: articles that go back to one report count once", "faint"),
    )),
    SignGroup("TimelineList", "Signs in the timeline", (
        Sign("23 Jan ~", "A date that was worked out, not written out", "soft"),
        Sign("Nov–Feb 2020", "From one month to another", "soft"),
        Sign("23 Jan", "Faint: the same date as above", "faint"),
        Sign("published", "The article came out on that day", "faint"),
    )),
    SignGroup("Reader", "Signs in the reader", (
        Sign("“words”", "A quote", "quote"),
        Sign("Berlin", "Names a country, by whatever name", "country"),
        Sign("London", "Names the country that is chosen", "country-chosen"),
        Sign("the paper", "Names an outlet or document that is cited", "citation"),
        Sign("link²", "A link and its number: the key 2 opens it. → gives the address below",
             "link"),
        Sign("▪", "Set aside: advertising, notes, other stories; b shows or hides it", "faint"),
        Sign("✎", "A note of yours, from edits.yaml", "accent"),
        Sign("#tag", "A tag of yours", "accent"),
        Sign("¶3 of 20", "In the border: the paragraph one is at"),
        Sign("cue: …, rule", "In the border: what is chosen, and the rule that found it. n goes on "
             "to the next"),
        Sign("␛ ␣ ⟨RLO⟩", "Stand for characters that nobody can see"),
    )),
    SignGroup("ResultList", "Signs in the search", (
        Sign("•", "New since the kept query was last run", "accent"),
        Sign("¶4", "The paragraph of the passage", "faint"),
        Sign("head lead", "A heading, the lines below the headline; capt. a caption, note an "
             "editor's note, aside what was set aside", "faint"),
        Sign("…", "The passage goes on", "faint"),
        Sign("and 2 copies", "Other articles have the same text and are not listed", "faint"),
    )),
    SignGroup("FacetList", "Signs beside the passages", (
        Sign("Germany 4", "So many passages have the value; enter adds it to the query"),
    )),
)  # fmt: skip
"""In the order in which they are explained."""
