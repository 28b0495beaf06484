"""The steps between text and chunks: blocks as they were cut, and blocks with their role."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.model import Link, MetadataEvidence, PublicationDate, Reprint, Role

BlockForm = Literal[
    "text", "headline", "heading", "list", "quote", "caption", "standfirst", "byline", "table",
    "code", "chrome",
]  # fmt: skip
"""What the markup says a block is; plain text says only `text` and `list`."""
BLANKS = " \t\n\r\v\f"
"""What is left out around a block."""


class Block(Struct, frozen=True):
    """A block in reading order, before its role is known.

    `label` is the length of an opening stretch that markup sets apart (bold), 0 without one. `main`
    says whether a page's own structure puts it into the article; None outside pages. `reason` says
    why markup alone sets a block of form `chrome` apart. `place` is the same for blocks at similar
    places of a page's tree or a document's outline (from 1, else 0); `apart` ones are in a comment
    or teaser. `posted` is the machine's time of a line on when it was posted.
    """

    text: str
    form: BlockForm = "text"
    links: tuple[Link, ...] = ()
    label: int = 0
    main: bool | None = None
    reason: str | None = None
    place: int = 0
    apart: bool = False
    posted: str | None = None

    @property
    def share_linked(self) -> float:
        """How much of the text are links, from 0 to 1."""
        return sum(link.end - link.start for link in self.links) / max(1, len(self.text))

    def stretch(self, start: int, end: int | None = None) -> Block:
        """Return a part of the block without the blanks around it: its text, links and label."""
        written = self.text[start:end].rstrip(BLANKS)
        text = written.lstrip(BLANKS)
        cut = start + len(written) - len(text)
        links = (
            Link(start=max(0, link.start - cut), end=min(link.end - cut, len(text)), url=link.url)
            for link in self.links
        )
        kept = tuple(link for link in links if link.start < link.end)
        return replace(self, text=text, links=kept, label=min(max(0, self.label - cut), len(text)))


def join_blocks(blocks: Sequence[Block], marks: Sequence[str]) -> Block:
    """Return the first block with the others behind it, each after its mark."""
    parts: list[str] = []
    links: list[Link] = []
    length = 0
    for mark, block in zip(("", *marks), blocks, strict=True):
        length += len(mark)
        moved = ((link.start + length, link.end + length, link.url) for link in block.links)
        links += [Link(start=start, end=end, url=url) for start, end, url in moved]
        parts += (mark, block.text)
        length += len(block.text)
    return replace(blocks[0], text="".join(parts), links=tuple(links))


class RoleVerdict(Struct, frozen=True):
    """The role of a block and the name of the rule that gave it; None where it is plain body."""

    role: Role
    reason: str | None = None


BODY = RoleVerdict("body")
NO_EVIDENCE = MetadataEvidence()


class Facts(Struct, frozen=True):
    """What a document states about itself; `None` where it does not say.

    `places` says where outside its text a field was stated: `meta og:title`, `field HD`. `section`
    is the page or desk of the paper, `words` the length that the document gives itself.
    """

    headline: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    date: PublicationDate | None = None
    language: str | None = None
    url: str | None = None
    reprint_of: Reprint | None = None
    updated: PublicationDate | None = None
    evidence: MetadataEvidence = NO_EVIDENCE
    places: Mapping[str, str] = field(default_factory=dict)
    section: str | None = None
    words: int | None = None


NO_FACTS = Facts()


class StatedValue(NamedTuple):
    """What a document states, and where: `field TI`, `front matter source`, `meta og:title`."""

    value: str
    place: str


class Marking(Struct, frozen=True):
    """`exact` words (all if "") that a reader marked; `prefix` and `suffix` are around them."""

    exact: str | None = None
    note: str | None = None
    tag: str | None = None
    prefix: str = ""
    suffix: str = ""


class Extraction(Struct, frozen=True):
    """What a reader takes out of a file for one article: blocks in reading order, nothing left out.

    `facts` is what the file states about the article apart from its text, `encoding` that of the
    text; None for formats that are no text. `marks` are the analyst's own, kept apart from it.
    `held` is how many articles the markup says it holds, where the reader takes them for one.
    `bounded` says that the file itself marks where the text begins and ends.
    """

    blocks: list[Block]
    facts: Facts = NO_FACTS
    encoding: str | None = None
    marks: tuple[Marking, ...] = ()
    held: int = 1
    bounded: bool = False


class SourceDocument(Struct, frozen=True):
    """The articles of one file, in its order; `told` are sentences about what else it holds."""

    extractions: tuple[Extraction, ...]
    told: tuple[str, ...] = ()


class WebOrigin(Struct, frozen=True):
    """The address `asked` for, where it led, and the encoding that the host or a reading stated."""

    asked: str
    address: str
    encoding: str | None = None
