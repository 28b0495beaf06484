"""What the head of a mail states: who sent it, what it is about, when; and heads saved as text."""

import re
from collections.abc import Mapping
from contextlib import suppress
from email.utils import parseaddr

from briefing.ingest.blocks import NO_FACTS, Facts
from briefing.ingest.lines.author_names import is_function, read_authors
from briefing.ingest.lines.stated_dates import metadata_date

_FIELD = re.compile(
    r"(?i)(from|to|cc|bcc|subject|date|sent|reply-to|sender|message-id|list-id)\s?:[ \t]+(\S.*)$"
)
_SUBJECT = re.compile(r"(?i)^(?:(?:fwd?|re|aw|wg|tr|rv)\s?:\s*)+")
_FOR_OUTLET = re.compile(r"(.{3,80}?)\s(?:from|at|via)\s(.{2,80})$")
_MOST = 30


def split_mail_head(text: str) -> tuple[str, Facts, str]:
    """Return the lines of a mail's head ("" for none), what they state, and the rest."""
    fields: dict[str, str] = {}
    end = place = len(text) - len(text.lstrip())
    for line in text[place:].split("\n", _MOST)[:_MOST]:
        match = _FIELD.match(line)
        folded = bool(fields) and line[:1] in {" ", "\t"} and bool(line.strip())
        if match is None and not folded:
            break
        if match is not None:
            fields.setdefault(match[1].lower(), match[2].strip())
        place += len(line) + 1
        end = min(place, len(text))
    if "subject" not in fields or fields.keys().isdisjoint({"from", "date", "sent"}):
        return "", NO_FACTS, text
    return text[:end].rstrip(), mail_facts(fields), text[end:]


def mail_facts(fields: Mapping[str, str]) -> Facts:
    """Return what a head's fields state: the author if named in the address, else the publisher."""
    stated = fields.get("from", "")
    sender, address = stated, ""
    with suppress(RecursionError):  # It may hold hundreds of open brackets.
        sender, address = parseaddr(stated)
    date = "date" if fields.get("date") else "sent"
    local = address.partition("@")[0].lower()
    if "list-unsubscribe" in fields and local == "".join(sender.lower().split()):
        local = ""
    publisher, authors = _read_sender(sender, local)
    places = {"headline": "subject", "publisher": "from", "authors": "from", "date": date}
    return Facts(
        headline=_SUBJECT.sub("", fields.get("subject", "")) or None,
        publisher=publisher,
        authors=authors,
        date=metadata_date(fields.get(date, ""), f"header {date.title()}"),
        places={field: f"header {name.title()}" for field, name in places.items()},
    )


def _read_sender(sender: str, local: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the outlet and the authors that the name of a sender at `local` stands for."""
    match = _FOR_OUTLET.match(sender)
    if match is not None and _is_name(match[1]):
        return match[2], read_authors(match[1], stated=True)
    parts = (word.lower() for word in sender.split() if len(word) > 1)
    if _is_name(sender) and any(part in local for part in parts):
        return None, read_authors(sender, stated=True)
    return sender or None, ()


def _is_name(words: str) -> bool:
    return bool(read_authors(words)) and not is_function(words)
