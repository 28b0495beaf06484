"""The formats a briefing is exported to: a format is one row of the table."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from briefing.errors import UsageError
from briefing.export.material import Material
from briefing.export.memo import to_memo
from briefing.export.tables import to_bibtex, to_csl_json, to_csv, to_json
from briefing.export.verifying import (
    ReadBack,
    Written,
    check_written,
    read_csv,
    read_json,
    read_markdown,
)


class ExportFormat(NamedTuple):
    """A format's name, the ends of its files' names, what writes it and what reads it back."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    write: Callable[[Material], Written]
    read: ReadBack


FORMATS = (
    ExportFormat("markdown", (".md", ".markdown"), "text/markdown", to_memo, read_markdown),
    ExportFormat("csl", (".csl.json",), "application/vnd.citationstyles.csl+json", to_csl_json,
                 read_json),
    ExportFormat("json", (".json",), "application/json", to_json, read_json),
    ExportFormat("csv", (".csv",), "text/csv", to_csv, read_csv),
    ExportFormat("bibtex", (".bib",), "application/x-bibtex", to_bibtex, lambda _: iter(())),
)  # fmt: skip
NAMES = tuple(each.name for each in FORMATS)


def format_for(file: str = "", name: str | None = None) -> ExportFormat:
    """Return the format of a name, else that of a file's name, Markdown for one without a suffix.

    Raises UsageError for a format or a suffix that is none of the table.
    """
    if name is not None:
        found = next((each for each in FORMATS if each.name == name.casefold()), None)
        if found is None:
            raise UsageError(f"{name!r} is not a format of exports", f"It has: {', '.join(NAMES)}")
        return found
    base = file.replace("\\", "/").rpartition("/")[2].casefold()
    for each in FORMATS:
        if base.endswith(each.suffixes):
            return each
    if "." in base.lstrip("."):
        known = ", ".join(suffix for each in FORMATS for suffix in each.suffixes)
        raise UsageError(
            f"{file!r} names no format of exports",
            f"Names end in {known}; or choose one with --format: {', '.join(NAMES)}.",
        )
    return FORMATS[0]


def write_export(material: Material, chosen: ExportFormat) -> str:
    """Return the text of an export, after reading it back; raises MismatchError."""
    written = chosen.write(material)
    check_written(written, chosen.read)
    return written.text
