"""YAML to model and back: the only layer that knows how a library is kept on disk.

The public names load on first use (PEP 562), so that start-up can list briefings without YAML.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefing.content.applying import ANALYST_RULE, apply_edits, locate
    from briefing.content.articles import (
        dump_article,
        parse_article,
        read_article,
        write_article,
    )
    from briefing.content.checking import check_briefing
    from briefing.content.digests import (
        digest,
        is_hand_edited,
        is_set_by_hand,
        reading_digest,
        seal,
    )
    from briefing.content.edits import EDITS_NAME, append_edit, dump_edits, read_edits, remove_edit
    from briefing.content.files import read_bytes, refuse_links, write_atomic
    from briefing.content.folders import (
        article_path,
        article_paths,
        create_briefing,
        original_path,
        read_briefing,
        store_article,
        to_problem,
    )
    from briefing.content.info import INFO_NAME, dump_info, read_info, set_info_key
    from briefing.content.listing import briefing_names, is_text
    from briefing.content.locking import Hold, OnWait, library_lock
    from briefing.content.naming import is_safe_name, safe_child, slugify

_HOMES = {
    "applying": ("ANALYST_RULE", "apply_edits", "locate"),
    "articles": ("dump_article", "parse_article", "read_article", "write_article"),
    "checking": ("check_briefing",),
    "digests": ("digest", "is_hand_edited", "is_set_by_hand", "reading_digest", "seal"),
    "edits": ("EDITS_NAME", "append_edit", "dump_edits", "read_edits", "remove_edit"),
    "files": ("read_bytes", "refuse_links", "write_atomic"),
    "folders": (
        "article_path",
        "article_paths",
        "create_briefing",
        "original_path",
        "read_briefing",
        "store_article",
        "to_problem",
    ),
    "info": ("INFO_NAME", "dump_info", "read_info", "set_info_key"),
    "locking": ("Hold", "OnWait", "library_lock"),
    "listing": ("briefing_names", "is_text"),
    "naming": ("is_safe_name", "safe_child", "slugify"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "ANALYST_RULE",
    "EDITS_NAME",
    "INFO_NAME",
    "Hold",
    "OnWait",
    "append_edit",
    "apply_edits",
    "article_path",
    "article_paths",
    "briefing_names",
    "check_briefing",
    "create_briefing",
    "digest",
    "dump_article",
    "dump_edits",
    "dump_info",
    "is_hand_edited",
    "is_safe_name",
    "is_set_by_hand",
    "is_text",
    "library_lock",
    "locate",
    "original_path",
    "parse_article",
    "read_article",
    "read_briefing",
    "read_bytes",
    "read_edits",
    "read_info",
    "reading_digest",
    "refuse_links",
    "remove_edit",
    "safe_child",
    "seal",
    "set_info_key",
    "slugify",
    "store_article",
    "to_problem",
    "write_article",
    "write_atomic",
]


def __getattr__(name: str) -> Any:
    """Load a public name from the module that defines it."""
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
