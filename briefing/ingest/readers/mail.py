"""The head of a mail that was saved as text: who sent it, what it is about, when."""

from __future__ import annotations

import re
from email.utils import parseaddr

from briefing.ingest.blocks import NO_FACTS, Facts
from briefing.ingest.lines.author_names import is_function, read_authors
from briefing.ingest.lines.stated_dates import metadata_date

_FIELD = re.compile(
    r"(?i)(from|to|cc|bcc|subject|date|sent|reply-to|sender|message-id|list-id)\s?:[ \t]+(\S.*)$"
)
_SUBJECT = re.compile(r"(?i)^(?:(?:fwd?|re|aw|wg)\s?:\s*)+")
_MOST = 30


def split_mail_head(text: str) -> tuple[str, Facts, str]:
    """Return the lines of a mail's head ("" without one), what they state, and the rest.

    A head opens the text and names at least a sender or a date beside the subject.
    """
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
    return text[:end].rstrip(), _to_facts(fields), text[end:]


def _to_facts(fields: dict[str, str]) -> Facts:
    sender, address = parseaddr(fields.get("from", ""))
    person = _is_person(sender, address)
    sent = "date" if fields.get("date") else "sent"
    return Facts(
        headline=_SUBJECT.sub("", fields["subject"]) or None,
        publisher=None if person else sender or None,
        authors=read_authors(sender, stated=True) if person else (),
        date=metadata_date(fields.get(sent, ""), f"header {sent.title()}"),
        places={"headline": "header Subject", "publisher": "header From", "authors": "header From"},
    )


def _is_person(sender: str, address: str) -> bool:
    """Whether a sender is a person: the address holds a part of the name, and it is a name."""
    local = address.partition("@")[0].lower()
    parts = [word.lower() for word in sender.split() if len(word) > 1]
    named = any(part in local for part in parts)
    return named and bool(read_authors(sender)) and not is_function(sender)
