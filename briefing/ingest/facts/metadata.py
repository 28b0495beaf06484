"""What an article says about itself: headline, publisher, authors, date, the original.

Only what its own lines or its page state, `None` for everything else. A date in a caption, a
teaser or a dashboard is none of these, nor is one relative to today.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from briefing.ingest.blocks import Block, Facts, RoleVerdict
from briefing.ingest.lines import stated_dates
from briefing.ingest.lines.author_names import read_authors, without_site
from briefing.ingest.lines.forms import read_address
from briefing.ingest.lines.sources import SourceLine, read_source_line
from briefing.ingest.lines.stated_dates import StatedDate, find_date_line, find_updated
from briefing.ingest.lines.urls import link_target
from briefing.ingest.roles.front import Front
from briefing.ingest.roles.press_release import NOTICE, find_host, find_sender, is_newswire
from briefing.model import TEXT_ITSELF, Evidence, MetadataEvidence, PublicationDate, Reprint
from briefing.world.languages import base_code, find_language
from briefing.world.outlets import usual_name

_SERVICE = re.compile(
    r"(?:^|/|\bvia |: |\bby |\()((?:The )?[A-Z][\w.&'’-]*(?: [A-Z&][\w.&'’-]*){0,4}?)"
    r" (?:News )?(?:Service|Syndicat\w+)\)?$"
)
_DATELINE = re.compile(r"([^\W\d_a-z][^\n]{4,90}?)\s?(?:[—–]|--|\s-\s|\.-\s)")
_READ = frozenset({"body", "standfirst"})


def chunk_id(index: int) -> str:
    """Return the id of the block at `index`, counted from 0."""
    return f"c{index + 1}"


def gather_facts(
    blocks: Sequence[Block], verdicts: Sequence[RoleVerdict], front: Front, page: Facts
) -> Facts:
    """Return what lines say of the article, its `page` first; an outlet may be the original."""

    def line(index: int | None) -> str:
        return "" if index is None else blocks[index].text

    sender = find_sender(blocks, verdicts)
    if sender is not None and is_newswire(page.publisher):
        page = replace(page, publisher=None)
    is_release = any(verdict.reason == NOTICE for verdict in verdicts)
    lines = list(_source_lines(blocks, verdicts, front))
    source_index, source = lines[0] if lines else (0, None)
    named = None if page.publisher else sender or find_host(blocks, verdicts)
    host = page.publisher or (named.name if named else None)
    reprinted = source is not None and (source.reprint or host not in {None, source.publisher})
    reprint = page.reprint_of
    judged = zip(blocks, verdicts, strict=True)
    found = find_language(block.text for block, verdict in judged if verdict.role in _READ)
    date = page.date or _date_line(blocks, front)
    written = read_address(line(front.address)) or ""
    address = page.url or link_target(written if "://" in written else f"https://{written}")
    if source is not None and reprinted:
        reprint = reprint or _reprint_of(source)
    elif source is not None:
        host = host or source.publisher
        date = date or _stated(source.date, source_index)
        originals = [(at, line) for at, line in lines if line.reprint and line.publisher != host]
        if reprint is None and originals:
            source_index, original = originals[0]
            reprint = _reprint_of(original)
    elif reprint is None and host is not None:
        source_index, service = _news_service(blocks, verdicts, front)
        reprint = Reprint(publisher=service) if service and service != host else None
    opening = line(front.story if front.story < len(blocks) else None)
    if is_release and (before_dash := _DATELINE.match(opening)) is not None:
        date = date or _stated(stated_dates.find_date(before_dash[1]), front.story)
    date = date or (stated_dates.date_in_address(address) if address else None)
    date = date or _stated(stated_dates.find_dateline(opening), front.story)
    updated = page.updated or _updated(blocks, verdicts, front)
    facts = replace(
        page,
        headline=page.headline or " ".join(line(front.headline).split()) or None,
        publisher=host,
        authors=page.authors or without_site(read_authors(line(front.byline)), host),
        date=date,
        updated=None if _is_before(updated, date) else updated,
        url=address,
        language=found or base_code(page.language),
        reprint_of=reprint,
    )
    places = (lines[0][0] if source and not reprinted else None, source_index if reprint else None)
    evidence = _evidence(facts, page, blocks, front, *places)
    if facts.language is not None:
        language = _language_evidence(facts.language, found, page)
        evidence = replace(evidence, language=language)
    if named is not None:
        publisher = Evidence(exact=named.words, chunk=chunk_id(named.block))
        evidence = replace(evidence, publisher=publisher)
    return replace(facts, evidence=evidence)


def _reprint_of(line: SourceLine) -> Reprint:
    return Reprint(publisher=line.publisher, date=line.date.value if line.date else None)


def _evidence(
    facts: Facts,
    page: Facts,
    blocks: Sequence[Block],
    front: Front,
    publisher: int | None,
    original: int | None,
) -> MetadataEvidence:
    """Return where each fact stands: in the page, a line of the article, or that of an outlet."""

    def shown(field: str, value: str | None, index: int | None) -> Evidence | None:
        if value is None:
            return None
        if getattr(page, field) or index is None:
            return Evidence(exact=value, place=page.places.get(field))
        return Evidence(exact=blocks[index].text, chunk=chunk_id(index))

    reprint = facts.reprint_of
    return MetadataEvidence(
        headline=shown("headline", facts.headline, front.headline),
        publisher=shown("publisher", facts.publisher, publisher),
        authors=shown("authors", ", ".join(facts.authors) or None, front.byline),
        url=shown("url", facts.url, front.address),
        reprint_of=shown("reprint_of", reprint.publisher if reprint else None, original),
    )


def _source_lines(
    blocks: Sequence[Block], verdicts: Sequence[RoleVerdict], front: Front
) -> Iterator[tuple[int, SourceLine]]:
    """Yield the lines that name an outlet, that above the story first, each with its index."""
    places = [i for i, verdict in enumerate(verdicts) if verdict.reason == "reprint_line"]
    if front.source is not None:
        places.insert(0, front.source)
    for index in places:
        below = blocks[index + 1].text if index == front.source and front.date == index + 1 else ""
        linked = bool(blocks[index].links)
        line = read_source_line(blocks[index].text, linked=linked, below=below)
        if line is not None:
            yield index, line


def _news_service(
    blocks: Sequence[Block], verdicts: Sequence[RoleVerdict], front: Front
) -> tuple[int, str | None]:
    """Return the outlet whose news service sold the story, with the picture above it."""
    for index, verdict in enumerate(verdicts[: front.story]):
        match = _SERVICE.search(blocks[index].text[-200:]) if verdict.role == "caption" else None
        if match is not None:
            return index, usual_name(match[1]) or match[1]
    return 0, None


def _date_line(blocks: Sequence[Block], front: Front) -> PublicationDate | None:
    if front.date is not None:
        return _stated(find_date_line(blocks[front.date].text), front.date)
    if front.byline is not None:
        return _stated(stated_dates.find_published(blocks[front.byline].text), front.byline)
    return None


def _updated(
    blocks: Sequence[Block], verdicts: Sequence[RoleVerdict], front: Front
) -> PublicationDate | None:
    """Return the date of an update, of a line above the story or else of the only one below it."""
    places = [i for i, verdict in enumerate(verdicts) if verdict.reason == "time_stamp"]
    places = [i for i in places if blocks[i].main is not False and find_updated(blocks[i].text)]
    index = front.updated if front.updated is not None or len(places) != 1 else places[0]
    return None if index is None else _stated(find_updated(blocks[index].text), index)


def _is_before(updated: PublicationDate | None, date: PublicationDate | None) -> bool:
    """Whether an update is stated for a time before the publication: one of the two is wrong."""
    if updated is None or date is None:
        return False
    known = min(len(updated.value), len(date.value))
    return updated.value[:known] < date.value[:known]


def _stated(date: StatedDate | None, index: int) -> PublicationDate | None:
    shown = Evidence(exact=date.exact if date else "", chunk=chunk_id(index))
    return stated_dates.stated_as("stated", date, shown)


def _language_evidence(language: str, found: str | None, page: Facts) -> Evidence:
    """Return what shows the language: the words of the text, or else what the source states."""
    stated = base_code(page.language)
    if found is None:
        return Evidence(exact=page.language or language, place=page.places.get("language"))
    place = TEXT_ITSELF
    if stated not in (None, found):
        place += f"; {page.places.get('language', 'the source')} says {stated}"
    return Evidence(exact=language, place=place)
