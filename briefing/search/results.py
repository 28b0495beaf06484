"""Search results and catalog rows: plain data that is cheap to import."""

from briefing.model import PublicationDate, Record, Role, SavedSearch
from briefing.wording import counted


class Snippet(Record, frozen=True, kw_only=True):
    """Part of a chunk's text, or of a note, around the hits.

    `start` is the offset of `text` in the whole text; `marks` are `(start, end)` pairs into
    `text`, in code points, end exclusive. `text` is verbatim: whoever shows it adds an ellipsis
    before it if `start` is not 0, and after it if there is `more` text.
    """

    text: str
    start: int
    marks: tuple[tuple[int, int], ...] = ()
    more: bool = False


class Hit(Record, frozen=True, kw_only=True):
    """A chunk, the `spans` of matching words in its text, and the `notes` that `note:` found."""

    briefing: str
    article: str
    chunk: str
    role: Role
    section: str | None = None
    paragraph: int | None = None
    score: float
    snippet: Snippet
    spans: tuple[tuple[int, int], ...] = ()
    notes: tuple[Snippet, ...] = ()


class Copy(Record, frozen=True, kw_only=True):
    """An article that is a near copy of one that is shown."""

    briefing: str
    article: str
    publisher: str | None = None
    date: PublicationDate | None = None


class ArticleHits(Record, frozen=True, kw_only=True):
    """An article's hits, best first, their full number, and near copies without their hits."""

    briefing: str
    article: str
    headline: str | None = None
    publisher: str | None = None
    date: PublicationDate | None = None
    hits: tuple[Hit, ...] = ()
    total: int = 0
    copies: tuple[Copy, ...] = ()


class FacetValue(Record, frozen=True, kw_only=True):
    """A value of a field, its label, how many articles have it, and the filter to add."""

    value: str
    label: str
    count: int
    query: str = ""


class Facets(Record, frozen=True, kw_only=True):
    """The values of the articles found, the most frequent first."""

    country: tuple[FacetValue, ...] = ()
    publisher: tuple[FacetValue, ...] = ()
    speaker: tuple[FacetValue, ...] = ()
    year: tuple[FacetValue, ...] = ()
    briefing: tuple[FacetValue, ...] = ()


class Results(Record, frozen=True, kw_only=True):
    """The answer to `query`: hits grouped by article, best article first.

    `hint` is a sentence for the user (an unknown field, nothing found, undated articles);
    `suggestion` a whole query that finds something, or None. Where a database
    finds very many passages `total_chunks` is an estimate, which `is_estimate` says.
    """

    query: str
    groups: tuple[ArticleHits, ...] = ()
    total_chunks: int = 0
    is_estimate: bool = False
    total_articles: int = 0
    facets: Facets = Facets()
    hint: str | None = None
    suggestion: str | None = None


class CatalogRow(Record, frozen=True, kw_only=True):
    """One briefing in the library list, with everything the first screen shows.

    `stamp` identifies the state of the files that was indexed, None where that was not completed;
    `latest` is the newest date of an article, `activity` when the last article was added or edit
    made (ISO 8601, UTC); `is_codebook_newer` is whether stances are of an older codebook.
    """

    name: str
    title: str
    question: str | None = None
    tags: tuple[str, ...] = ()
    articles: int = 0
    quotes: int = 0
    paraphrases: int = 0
    countries: tuple[str, ...] = ()
    latest: str | None = None
    activity: str | None = None
    problems: int = 0
    is_codebook_newer: bool = False
    stamp: str | None = None


class SavedRun(Record, frozen=True, kw_only=True):
    """A saved search as it was before, its results, and the hits new since (none at first)."""

    search: SavedSearch
    results: Results
    new: tuple[Hit, ...] = ()


def counted_passages(results: Results) -> str:
    """Return the number of passages found, in words."""
    found = counted(results.total_chunks, "passage")
    return f"about {found}" if results.is_estimate else found


def seen_id(hit: Hit) -> str:
    """Return the `article/chunk` id that a saved search stores for a hit."""
    return f"{hit.article}/{hit.chunk}"
