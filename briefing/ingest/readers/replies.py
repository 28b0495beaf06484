"""What a mail holds beside its message: quoted earlier mails, signatures, hidden previews."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from briefing.ingest.blocks import Block, Facts
from briefing.ingest.lines.forms import count_words
from briefing.ingest.readers.html.dom import walk
from briefing.ingest.readers.mail import split_mail_head

_FORWARD = (
    r"-{0,20}\s?(?:begin )?(?:forwarded message|weitergeleitete nachricht|message transféré"
    r"|mensaje reenviado)\b"
)
_FORWARDED: Final = re.compile(rf"(?i)\s{{0,20}}{_FORWARD}")
_FORWARDED_HEAD: Final = re.compile(
    rf"(?im)^{_FORWARD}.{{0,40}}\n\n?(?:[\w-]{{2,20}}:[^\n]{{0,500}}\n){{1,9}}"
)
_INTRODUCED: Final = re.compile(
    r"(?s)(?:-{2,4}\s)?(?:On|Am|Le|El)\s.{5,300}\b(?:wrote|schrieb|a écrit|escribió)\b.{0,100}:\s*"
)
_ORIGINAL: Final = re.compile(
    r"(?im)^(?:-{2,}\s?(?:original message|ursprüngliche nachricht|message d'origine"
    r"|mensaje original)"
    r"|(?:from|von|de):[ \t].+\n(?:[\w-]{2,12}:[ \t].*\n){0,3}"
    r"(?:sent|date|gesendet|envoyé|enviado)\b.{0,40}:[ \t].+$)"
)
_SAID: Final = re.compile(r"(?i)@|<.{0,80}>|\d:\d\d|\b(?:wrote|writes|schrieb|écrit|escribió)\b")
_SCRUBBED: Final = re.compile(r"-{5,40} next part -{5,40}$")
"""Where the archives of mailing lists begin to say what was attached."""
_SIGNATURE: Final = re.compile(r"^-- ?\n")
_FROM_DEVICE: Final = re.compile(
    r"(?i)(?:sent from my|get outlook for|von meinem .{2,40} gesendet)\b"
)
_LONGEST_SIGNATURE: Final = 15
_MOST_ABOVE: Final = 20
"""Words that whoever forwards a mail may write above it."""
_QUOTED_CLASS: Final = re.compile(
    r"(?:^|\s)(?:gmail_quote(?:_container)?|gmail_extra|moz-cite-prefix|yahoo_quoted"
    r"|protonmail_quote|OutlookMessageHeader)(?:\s|$)"
)
_SIGNED_CLASS: Final = re.compile(r"(?:^|\s)(?:gmail_signature|moz-signature)(?:\s|$)")
_HIDDEN: Final = re.compile(r"display\s{0,9}:\s{0,9}none")
_QUOTED_AFTER: Final = frozenset(["appendonsend", "divRplyFwdMsg", "replySplit"])


def split_forwarded(text: str) -> tuple[str, str, str]:
    """Return a text above the head of the first mail forwarded in it, the head, and the rest."""
    match = _FORWARDED_HEAD.search(text)
    if match is None:
        return text, "", ""
    return text[: match.start()], match[0].strip(), text[match.end() :]


def cut_asides(text: str) -> tuple[str, list[Block]]:
    """Return the message of a plain mail, and what it quotes or ends with, unless that is all."""
    lines = text.split("\n")
    kept: list[str] = []
    aside: list[Block] = []
    place = 0
    while place < len(lines):
        end, reason = _quoted_until(lines, place), "quoted_mail"
        if end == place and _SCRUBBED.match(lines[place]):
            end, reason = len(lines), "attachment_note"
        elif end == place:
            end, reason = _signed_until(lines, place), "signature"
        if end > place:
            aside.append(Block("\n".join(lines[place:end]).strip(), "chrome", reason=reason))
            kept.append("")
        else:
            kept.append(lines[place])
        place = max(end, place + 1)
    rest = "\n".join(kept)
    return (rest, [block for block in aside if block.text]) if rest.strip() else (text, [])


def is_introduction(text: str) -> bool:
    """Whether a paragraph says only who wrote what is quoted below it."""
    return len(text) <= 500 and _INTRODUCED.fullmatch(text) is not None


def _quoted_until(lines: Sequence[str], place: int) -> int:
    """Return the end of what is quoted from a line on, below an introduction or a mail's head."""
    line = lines[place]
    below = next((each for each in lines[place + 1 : place + 3] if each.strip()), "")
    introduced = line.endswith(":") and _SAID.search(line) and below.startswith(">")
    if line.startswith(">") or introduced:
        return _end_of_quote(lines, place)
    if line[:3] in {"On ", "Am ", "Le ", "El "}:
        for end in range(place + 1, min(place + 4, len(lines) + 1)):
            if is_introduction("\n".join(lines[place:end])):
                return max(end, _end_of_quote(lines, end - 1))
    if line[:1] in "-FfVvDd" and _ORIGINAL.match("\n".join(lines[place : place + 5])):
        forwarded = any(_FORWARDED.match(each) for each in lines[max(0, place - 2) : place])
        return place if forwarded else len(lines)
    return place


def _signed_until(lines: Sequence[str], place: int) -> int:
    """Return the end of a signature that begins with a line, where it is short enough for one."""
    if not (_SIGNATURE.match(f"{lines[place]}\n") or _FROM_DEVICE.match(lines[place])):
        return place
    rest = lines[place : place + _LONGEST_SIGNATURE + 1]
    end = next((i for i, each in enumerate(rest) if i and each.startswith(">")), len(rest))
    return place + end if end <= _LONGEST_SIGNATURE else place


def _end_of_quote(lines: Sequence[str], place: int) -> int:
    """Return the end of a run of quoted lines, blank ones between them included."""
    end = place
    for index in range(place, len(lines)):
        if lines[index].startswith(">"):
            end = index + 1
        elif lines[index].strip() and index > place:
            break
    return end


def set_quoted_aside(blocks: Sequence[Block], *, cut: bool) -> list[Block]:
    """Set aside a forwarded mail's head, and an earlier mail unless nothing is left."""
    reasons: list[str | None] = []
    below = said = False
    for block in blocks:
        forwarded = _FORWARDED.match(block.text) is not None
        below = below or (said and not forwarded and _ORIGINAL.match(block.text[:500]) is not None)
        introduced = not below and (block.text[:1] == ">" or is_introduction(block.text))
        quoted = "quoted_mail" if below or introduced else None
        reasons.append("mail_head" if forwarded else quoted)
        below = below or (introduced and not cut and block.text[:1] != ">")
        said = said or block.form != "chrome"
    if all(each or block.form == "chrome" for block, each in zip(blocks, reasons, strict=True)):
        reasons = [None if reason == "quoted_mail" else reason for reason in reasons]
    return [
        replace(block, form="chrome", reason=reason, main=False) if reason else block
        for block, reason in zip(blocks, reasons, strict=True)
    ]


def forwarded_facts(blocks: Sequence[Block]) -> Facts | None:
    """Return what the head of a forwarded mail states, where hardly anything stands above it."""
    words = 0
    for block in blocks:
        if _FORWARDED.match(block.text):
            head = block.text.partition("\n")[2].lstrip()
            return split_mail_head(f"{head}\n")[1] if head else None
        words += count_words(block.text) if block.form != "chrome" else 0
        if words > _MOST_ABOVE:
            break
    return None


def cut_aside_elements(root: Any, base: str | None) -> list[Block]:
    """Hide what is quoted, signed or hidden in a mail's tree, unless all is; return its blocks."""
    tags: list[tuple[Any, str]] = []
    blocks: list[Block] = []
    for element, reason in _aside_elements(root):
        tail, element.tail = element.tail, None
        made = walk(element, base)
        blocks += [replace(block, form="chrome", reason=reason, main=False) for block in made]
        element.tail = tail
        tags.append((element, element.tag))
        element.tag = "template"
    if any(block.text.strip() for block in walk(root, base)):
        return blocks
    for element, tag in tags:
        element.tag = tag
    return []


def _aside_elements(root: Any) -> Iterator[tuple[Any, str]]:
    """Yield the elements beside the message, in order, none inside another, and why they are."""
    todo = [root]
    below: set[Any] = set()
    while todo:
        element = todo.pop()
        above = element.getparent()
        reason = "quoted_mail" if above in below else _reason(element)
        if element.get("id") in _QUOTED_AFTER and above is not None:
            below.add(above)
        if reason and above is not None:
            yield element, reason
        else:
            todo.extend(child for child in reversed(element) if isinstance(child.tag, str))


def _reason(element: Any) -> str | None:
    """Return why an element with all in it is no part of the message, None where it is."""
    names = (element.get("class") or "")[:300]
    if element.get("id") in _QUOTED_AFTER:
        return "quoted_mail"
    if _QUOTED_CLASS.search(names) or element.get("type") == "cite":
        opening = next((text for text in element.itertext() if text.strip()), "")
        return None if _FORWARDED.match(opening.strip()[:100]) else "quoted_mail"
    if _SIGNED_CLASS.search(names):
        return "signature"
    hidden = _HIDDEN.search((element.get("style") or "")[:1000]) and element.tag != "body"
    return "preview_text" if hidden else None
