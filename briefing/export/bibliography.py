"""Sources as CSL-JSON and BibTeX, with keys that stay the same from one export to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from briefing.export.escape import carried
from briefing.export.material import Material
from briefing.export.verifying import ExactText
from briefing.export.web_links import web_address
from briefing.export.written import Written, json_text
from briefing.isodates import days_of
from briefing.model import Article

_NO_KEY = re.compile(r"[^A-Za-z0-9_-]")
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_TEX_SIGNS = str.maketrans(_TEX)


def citation_key(article: str) -> str:
    """Return the key of an article: its id, which no other article of the briefing has."""
    return _NO_KEY.sub("-", article)


def to_csl_json(material: Material) -> Written:
    """Return the sources as CSL-JSON."""
    items = [_csl_item(article, key) for article, key in _sources(material)]
    exact = [ExactText(item["id"], item["title"]) for item in items if "title" in item]
    return Written(json_text(items), tuple(exact))


def to_bibtex(material: Material) -> Written:
    """Return the sources as BibTeX entries."""
    entries = [_bibtex_entry(article, key) for article, key in _sources(material)]
    return Written("\n".join(entries))


def _sources(material: Material) -> Sequence[tuple[Article, str]]:
    return [
        (material.articles[row.article], citation_key(row.article)) for row in material.source_rows
    ]


def _csl_item(article: Article, key: str) -> dict[str, Any]:
    fields = {
        "id": key,
        "type": "article-newspaper",
        "title": article.headline,
        "container-title": article.publisher,
        "author": [{"literal": author} for author in article.authors],
        "issued": _csl_date(article),
        "URL": web_address(article.url),
        "language": article.language,
        "original-publisher": article.reprint_of.publisher if article.reprint_of else None,
    }
    return {name: value for name, value in fields.items() if value}


def _csl_date(article: Article) -> dict[str, Any] | None:
    if article.date is None or days_of(article.date.value) is None:
        return None
    values = article.date.value.split("/")
    parts = [[int(number) for number in value.split("-")] for value in values]
    return {"date-parts": parts} | ({"circa": True} if article.date.basis == "inferred" else {})


def _bibtex_entry(article: Article, key: str) -> str:
    fields = {
        "title": article.headline and f"{{{_tex(article.headline)}}}",
        "journal": article.publisher and _tex(article.publisher),
        "author": " and ".join(f"{{{_tex(author)}}}" for author in article.authors),
        "date": article.date and _tex(article.date.value),
        "year": article.date and _tex(article.date.value[:4]),
        "url": _bibtex_address(article.url),
        "langid": article.language and _tex(article.language),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@article{{{key},", *lines, "}\n"])


def _bibtex_address(url: str | None) -> str | None:
    """Return the address without signs that end a field or begin a comment."""
    address = web_address(url)
    return address.replace("~", "%7E") if address else None


def _tex(text: str) -> str:
    return carried(text).translate(_TEX_SIGNS)
