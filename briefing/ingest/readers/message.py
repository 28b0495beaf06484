"""Reads mails and web archives (MHTML): the message or page, and which attachments are left unread.

A newsletter of several stories is split where its own headings part them clearly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import EmailPolicy
from itertools import compress, pairwise
from typing import Any, Final, TypeAlias, cast

from msgspec.structs import replace

from briefing.errors import InputError
from briefing.ingest.blocks import Block, Extraction, Facts, SourceDocument, StatedValue
from briefing.ingest.lines.forms import count_words, fold
from briefing.ingest.lines.urls import link_target
from briefing.ingest.readers import replies
from briefing.ingest.readers.decode import Decoded, decode
from briefing.ingest.readers.html.dom import parse_page, walk
from briefing.ingest.readers.html.saved_page import find_story, read_html, with_front
from briefing.ingest.readers.mail import mail_facts
from briefing.ingest.readers.markdown import cut_text, with_masthead

_FEWEST: Final = 3
"""Stories of a newsletter; two are enough where every heading is a link to its story."""
_SHORTEST: Final = 60
"""Words of a story."""


class BoundedPolicy(EmailPolicy):
    """The library's policy, with long fields cut: it takes more than linear time to read them."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return the name and the value of a field from its lines."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_FIELD]


_Part: TypeAlias = "Message[Any, Any]"
_SHOWN: Final = ("subject", "from", "date", "to", "cc", "list-id", "list-unsubscribe")
_LONGEST_FIELD: Final = 4000
_MOST_NAMED: Final = 10
_PAGES: Final = frozenset(["text/html", "application/xhtml+xml"])
_LONE: Final = re.compile("[\ud800-\udc7f\udd00-\udfff]")
_FAULTS: Final = (ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What the library raises for malformed heads and bodies."""


def read_message(data: bytes, name: str) -> SourceDocument:
    """Read a mail: the stories of a newsletter where it marks several, else one article.

    Its HTML is read, else its plain text; attachments are told. Raises InputError without text.
    """
    message = parse_message(data, name)
    fields = {field: value for field in _SHOWN if (value := read_field(message, field))}
    body = _find_body(message)
    if body is None:
        raise InputError(f"{name}: the mail holds no text", "Add what is attached to it.")
    text, encoding = read_part(body, name)
    shown = "\n".join(f"{field.title()}: {value}" for field, value in fields.items())
    head = Block(shown, "chrome", reason="mail_head", main=False)
    if body.get_content_type() == "text/html":
        blocks, aside = _read_page(text, name)
    else:
        message_text, aside = replies.cut_asides(text)
        above, forwarded, rest = replies.split_forwarded(message_text)
        head_of_other = [Block(forwarded)] if forwarded else []
        blocks = [*cut_text(above).blocks, *head_of_other, *cut_text(rest).blocks]
    quoted = any(block.reason == "quoted_mail" for block in aside)
    blocks = replies.set_quoted_aside(blocks, cut=quoted)
    if not any(block.main for block in blocks):
        blocks = [each if each.form == "chrome" else replace(each, main=None) for each in blocks]
    facts = replies.forwarded_facts(blocks) or mail_facts(fields)
    stories = split_stories(blocks, facts)
    if not stories:
        blocks = with_front(with_masthead(blocks, facts), facts.headline)
        stories = [Extraction(blocks, facts)]
    stories[0].blocks.insert(0, head)
    stories[-1].blocks.extend(aside)
    return SourceDocument(
        tuple(replace(story, encoding=encoding) for story in stories),
        tuple(_tell_attachments(message, body, name)),
    )


def parse_message(data: bytes, name: str) -> EmailMessage:
    """Return the parts of a mail or a web archive; raises InputError where they nest too deeply."""
    try:
        return cast("EmailMessage", message_from_bytes(data, policy=BoundedPolicy()))
    except RecursionError as error:
        message = f"{name}: its parts are nested too deeply to be read"
        raise InputError(message, "Copy its text into a .txt file.") from error


def read_field(message: _Part, field: str) -> str:
    """Return a field of a head in one line, "" where there is none or it cannot be read."""
    try:
        value = message.get(field, "")
    except _FAULTS:
        value = next((raw for key, raw in message.raw_items() if key.lower() == field), "")
    return _cleaned(" ".join(str(value).split()))


def _cleaned(text: str) -> str:
    """Read the bytes that the library keeps as lone surrogates as UTF-8."""
    text = _LONE.sub("\ufffd", text)
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def read_part(part: _Part, name: str) -> Decoded:
    """Return the text of a part: in the encoding that it states, where it has no other."""
    data = _payload(part)
    if not data.strip():
        raise InputError(f"{name}: the mail holds no text", "Add what is attached to it.")
    with suppress(*_FAULTS):
        charset = part.get_content_charset("")
        text = data.decode(charset).encode("utf-8", "replace").decode()
        return Decoded(text.replace("\r\n", "\n"), charset)
    return decode(data, name)


def _payload(part: _Part) -> bytes:
    """Return what a part holds, nothing where that cannot be read."""
    with suppress(*_FAULTS):
        if isinstance(data := part.get_payload(decode=True), bytes):
            return data
    return b""


def _find_body(message: EmailMessage) -> _Part | None:
    """Return the part to read: HTML, else plain text, else that of a mail sent along."""
    found: list[_Part | None] = []
    for kind in ("html", "plain"):
        with suppress(*_FAULTS):
            found.append(message.get_body((kind,)))
    for kind in ("text/html", "text/plain"):
        found += [part for part in message.walk() if part.get_content_type() == kind]
    if message.get_content_maintype() == "multipart" and not message.is_multipart():
        found.append(message)
    return next((part for part in found if part is not None and _payload(part)), None)


def _read_page(text: str, name: str) -> tuple[list[Block], list[Block]]:
    """Return the blocks of a mail's page, `main` if between its story's first and last words."""
    root = parse_page(text, name)
    aside = replies.cut_aside_elements(root, None)
    blocks = [block for block in walk(root, None) if block.text.strip()]
    found = [index for index, story in enumerate(find_story(root, blocks)) if story]
    if found:
        first = found[0]
        while first and blocks[first - 1].form in {"headline", "heading"}:
            first -= 1
        story = range(first, found[-1] + 1)
        told = enumerate(blocks)
        blocks = [replace(one, main=at in story and one.form != "chrome") for at, one in told]
    return blocks, aside


def _tell_attachments(message: EmailMessage, body: _Part, name: str) -> Iterator[str]:
    names = []
    for part in message.walk():
        filename = ""
        with suppress(*_FAULTS):
            filename = _cleaned(part.get_filename() or "")
        if part is not body and not part.is_multipart() and filename:
            is_picture = part.get_content_maintype() == "image"
            if not is_picture or part.get_content_disposition() == "attachment":
                names.append(filename)
        elif part is not message and part.get_content_type() == "message/rfc822":
            names.append("a mail")
    if names:
        named = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
        number = f"{len(names)} attachments are" if len(names) > 1 else "an attachment is"
        yield f"{name}: {number} not read: {named}"


def split_stories(blocks: Sequence[Block], facts: Facts) -> list[Extraction]:
    """Return a newsletter's stories, each under one of like headings with a link; else none."""
    headings = [i for i, block in enumerate(blocks) if block.form in {"headline", "heading"}]
    if any(facts.headline and fold(blocks[i].text) == fold(facts.headline) for i in headings):
        return []
    usual = Counter(blocks[index].place for index in headings).most_common(1)
    starts = [index for index in headings if blocks[index].place == usual[0][0]]
    if not starts:
        return []
    cuts = [*starts, len(blocks)]
    parts = [list(blocks[start:end]) for start, end in pairwise(cuts)]
    whole = [_is_story(part) for part in parts]
    linked = all(part[0].share_linked > 0.5 for part in compress(parts, whole))
    if sum(whole) < (2 if linked else _FEWEST) or sum(whole) * 3 < len(parts) * 2:
        return []
    above = list(blocks[: starts[0]])
    stories = [Extraction(_own(above), facts)] if _words(above) > _SHORTEST else []
    spare = [] if stories else _set_aside(above)
    told = replace(facts, headline=None)
    for part, kept in zip(parts, whole, strict=True):
        if kept:
            stories.append(Extraction([*spare, *_own(part, headed=True)], told))
            spare = []
        elif stories:
            stories[-1].blocks.extend(_set_aside(part))
        else:
            spare += _set_aside(part)
    return stories


def _is_story(part: Sequence[Block]) -> bool:
    linked = any(link.url for block in part for link in block.links)
    return linked and _words(part[1:]) > _SHORTEST


def _words(part: Sequence[Block]) -> int:
    return sum(count_words(block.text) for block in part if block.main is not False)


def _own(part: Sequence[Block], *, headed: bool = False) -> list[Block]:
    own = [replace(one, form="heading") if one.form == "headline" else one for one in part]
    own[:headed] = [replace(one, form="headline", main=True) for one in own[:headed]]
    return own


def _set_aside(part: Sequence[Block]) -> list[Block]:
    """Return blocks as none of a story's; a masthead among them is no headline of the next."""
    return [replace(block, main=False) for block in _own(part)]


def read_web_archive(data: bytes, name: str) -> Extraction:
    """Read the page an archive names as its start, else the first; raises InputError."""
    archive = parse_message(data, name)
    pages = [part for part in archive.walk() if part.get_content_type() in _PAGES]
    start = archive.get_param("start")
    named = (page for page in pages if start and page.get("content-id", "") == start)
    page = next(named, next(iter(pages), None))
    if page is None:
        raise InputError(f"{name}: the web archive holds no page", "Save the page again.")
    fields = ((archive, "snapshot-content-location"), (page, "content-location"))
    stated = ((link_target(read_field(part, field)), field.title()) for part, field in fields)
    address = next((StatedValue(url, f"header {field}") for url, field in stated if url), None)
    return read_html(read_part(page, name).text.encode("utf-8-sig", "replace"), name, address)
