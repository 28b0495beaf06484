"""Writes small PDF documents for tests: lines of text at places of pages, or pages without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Placed(NamedTuple):
    """A line at a place, in points from the lower left corner of a page of 600 by 800."""

    x: float
    y: float
    text: str
    size: float = 10
    bold: bool = False


def column(x, y, *lines, size=10, step=12):
    """Place lines below each other."""
    return [Placed(x, y - step * number, line, size) for number, line in enumerate(lines)]


def make_pdf(
    *pages: Sequence[Placed], properties: Mapping[str, str] | None = None, turned: bool = False
) -> bytes:
    """Return a document of one page for each sequence of lines.

    `turned` pages are set sideways and shown upright, as landscape ones are.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for page in pages:
        content = b"\n".join(_show(line, turned=turned) for line in page)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Rotate %d /Contents %d 0 R "
            b"/Resources << /Font << /F0 3 0 R /F1 4 0 R >> >> >>"
            % ((800, 600, 90, len(objects)) if turned else (600, 800, 0, len(objects)))
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    stated = b" ".join(
        b"/%s (%s)" % (k.encode(), v.encode()) for k, v in (properties or {}).items()
    )
    objects.append(b"<< %s >>" % stated)
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(objects), len(body))
    )


def _show(line: Placed, *, turned: bool) -> bytes:
    text = (
        line.text.encode("cp1252")
        .replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
    )
    font = 1 if line.bold else 0
    matrix = (0, 1, -1, 0, 800 - line.y, line.x) if turned else (1, 0, 0, 1, line.x, line.y)
    place = b"%.1f %.1f %.1f %.1f %.1f %.1f Tm" % matrix
    return b"BT /F%d %.1f Tf %s (%s) Tj ET" % (font, line.size, place, text)
