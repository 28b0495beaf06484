"""A small invented briefing: who keeps the ferry?"""

from __future__ import annotations

from briefing.compare.build import build_panels
from briefing.compare.changes import Changes
from briefing.export.formats import FORMATS, write_export
from briefing.export.material import ExportRequest, gather_material
from briefing.model import (
    Anchor,
    Annotator,
    Article,
    Briefing,
    BriefingInfo,
    Chunk,
    Edit,
    Orphan,
    PinnedQuote,
    Position,
    Problem,
    PublicationDate,
    Quote,
    Reprint,
    Source,
    Speaker,
)

FILLER = "The council met on Monday and said no word of this for another hour. " * 50
MAYOR = Speaker(name="Ada Lind", role="mayor of *Norrby*", type="named", country="SE")
AIDE = Speaker(name=None, role="ministry aide", type="anonymous", country="NO")
CHAPTERS = "“The ferry stays,” Ada Lind said. “It has to,” she added, “for our children.”"
AIDE_TEXT = "An aide told the Harbour Post that nobody had put “actual figures” on the table."


def quote(
    text: str,
    exact: str,
    name: str,
    *,
    kind: str = "direct",
    speaker: Speaker | None = None,
    utterance: str | None = None,
    to: str | None = None,
    chain: tuple[str, ...] = (),
) -> Quote:
    start = text.index(exact)
    return Quote(
        id=name,
        kind=kind,
        start=start,
        end=start + len(exact),
        exact=exact,
        speaker=speaker,
        utterance=utterance,
        to=to,
        chain=chain,
        rule="made-for-this-test",
    )


def source(name: str) -> Source:
    return Source(
        file=f"originals/{name}.txt",
        media_type="text/plain",
        sha256="0" * 64,
        added="2026-01-02T03:04:05Z",
    )


STAYS = quote(CHAPTERS, "The ferry stays,", "q1", speaker=MAYOR, utterance="u1")
HAS_TO = quote(CHAPTERS, "It has to,", "q2", speaker=MAYOR, utterance="u2")
CHILDREN = quote(CHAPTERS, "for our children.", "q3", speaker=MAYOR, utterance="u2")
TABLE = quote(
    AIDE_TEXT,
    "actual figures",
    "q1",
    kind="partial",
    speaker=AIDE,
    to="Harbour Post",
    chain=("ministry aide", "Harbour Post"),
)

COAST = Article(
    id="coast",
    headline="Ferry | stays",
    publisher="Coast Daily",
    authors=("Ben Ask",),
    date=PublicationDate(value="2020-01-23", precision="day", basis="stated"),
    url="https://example.com/ferry",
    source=source("coast"),
    annotator=Annotator(name="rules", version=1, digest="d"),
    chunks=(
        Chunk(id="c1", role="body", text=FILLER),
        Chunk(
            id="c2",
            role="body",
            section="Why it matters",
            text=CHAPTERS,
            quotes=(STAYS, HAS_TO, CHILDREN),
            positions=(
                Position(
                    country="SE",
                    stance="allow",
                    target="NO",
                    object="the ferry",
                    said_by="self",
                    actor="Ada Lind",
                    start=0,
                    end=17,
                    rule="stays",
                ),
            ),
        ),
        Chunk(id="c3", role="boilerplate", reason="sign-up", text="Sign up here."),
    ),
)
FJORD = Article(
    id="fjord",
    publisher="Fjord Gazette",
    date=PublicationDate(value="2019-03", precision="month", basis="inferred"),
    reprint_of=Reprint(publisher="Harbour Post", headline="No ban", date="2019-03-01"),
    source=source("fjord"),
    chunks=(
        Chunk(id="c1", role="body", text=AIDE_TEXT, quotes=(TABLE,)),
        Chunk(id="c2", role="unrelated", reason="tail", text="How to bake bread."),
    ),
)
FERRY = Anchor(article="coast", exact="The ferry")
ORPHAN = Edit(id="e2", kind="note", anchor=Anchor(article="coast", exact="gone"), text="x")
BRIEFING = Briefing(
    name="ferry",
    info=BriefingInfo(
        title="Who keeps the #ferry?",
        question="Which side keeps the ferry?",
        bottom_line="Norrby keeps it.\n\n1. Nobody else has said.",
        tags=("ferry", "a: b"),
        pinned=(PinnedQuote(article="coast", exact="It has to,"),),
    ),
    articles=(COAST, FJORD),
    edits=(
        Edit(id="e1", kind="note", anchor=FERRY, text="Said in the *council*.", by="Bo Ek"),
        ORPHAN,
        Edit(id="e3", kind="tag", anchor=FERRY, text="#1 & only"),
        Edit(id="e4", kind="highlight", anchor=FERRY),
    ),
    orphans=(Orphan(edit=ORPHAN, reason="its words are nowhere"),),
    problems=(Problem(file="ferry/broken.yaml", message="not YAML"),),
)


def export(
    briefing: Briefing = BRIEFING,
    format_name: str = "markdown",
    changes: Changes | None = None,
    **asked: object,
) -> str:
    """Return the export of a briefing, read back as any is."""
    material = gather_material(
        briefing,
        build_panels(briefing),
        ExportRequest(**asked),
        generated="2026-01-02",
        changes=changes,
    )
    (chosen,) = (each for each in FORMATS if each.name == format_name)
    return write_export(material, chosen)
