"""Values as an analyst types them: countries, dates, roles, codebooks, metadata, aliases."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args

from msgspec.structs import replace

from briefing.codebooks import CodebookError, resolve
from briefing.errors import NotFoundError, UsageError, nearest
from briefing.isodates import require_days
from briefing.model import VOICES, Alias, MetadataField, Reprint, Speaker, SpeakerType

FIELDS: tuple[MetadataField, ...] = get_args(MetadataField)
_REPRINT = "reprint_of"
_KEYS = ("title", "question", "bottom_line", "tags", "codebook")
_NEAREST = 3

Value = str | tuple[str, ...] | Reprint | None
Merged = Literal["speakers", "outlets"]
AliasChange = Callable[[Sequence[Alias], str, Sequence[str]], tuple[tuple[Alias, ...], str]]
"""Takes the known aliases, a name and other forms; returns the new ones and a sentence on them."""


def read_country(text: str) -> str | None:
    """Return a country's code by code, name or demonym, None for ""; raises UsageError."""
    from briefing.world.country_names import load_country_names
    from briefing.world.gazetteer import country_forms, country_named

    wanted = text.strip()
    if not wanted:
        return None
    names = load_country_names()
    code = wanted.replace(".", "").upper()
    code = "GB" if code == "UK" else code
    if code in names:
        return code
    found = country_named(wanted)
    if found is not None:
        return found
    forms = country_forms()
    near = nearest(text, forms, 5 * _NEAREST)
    each_once = {forms[name]: name for name in reversed(near)}
    raise _unknown("country", text, {name: f"{name} ({code})" for code, name in each_once.items()})


def read_date(text: str) -> str | None:
    """Return an ISO day, month, year or range as typed; None for an empty text.

    Raises UsageError that says what is wrong with any other.
    """
    wanted = text.strip()
    if wanted:
        require_days(wanted)
    return wanted or None


def read_speaker(
    name: str | None = None,
    role: str | None = None,
    type: str | None = None,  # noqa: A002 (the name of the field)
    country: str | None = None,
) -> Speaker | None:
    """Return a speaker from fields as typed, None where all are empty; raises UsageError."""
    name, role = ((text or "").strip() or None for text in (name, role))
    if not (name or role or (type or "").strip() or (country or "").strip()):
        return None
    default: SpeakerType = "named" if name else "official" if role else "anonymous"
    return Speaker(
        name=name,
        role=role,
        type=one_of("type of speaker", type, VOICES) if type and type.strip() else default,
        country=read_country(country or ""),
    )


def read_metadata(values: Mapping[str, str], reprint: Reprint | None) -> dict[MetadataField, Value]:
    """Return metadata as typed, with `reprint` of the article completed; raises UsageError."""
    read: dict[MetadataField, Value] = {}
    for key, text in values.items():
        field, _, part = key.partition(".")
        known = one_of("field of an article", field, FIELDS)
        value = text.strip()
        if known == _REPRINT:
            named = part or ("url" if "://" in value else "publisher")
            one_of("field of a reprint", named, Reprint.__struct_fields__)
            now = read.get(known, reprint if part else None)
            held = now if isinstance(now, Reprint) else Reprint()
            content = read_date(value) if named == "date" else value or None
            changed = replace(held, **{named: content})
            read[known] = None if changed == Reprint() else changed
        elif part:
            raise _unknown("field of an article", key, {each: each for each in FIELDS})
        elif known in ("date", "updated"):
            read[known] = read_date(value)
        elif known == "authors":
            read[known] = tuple(filter(None, map(str.strip, value.split(";")))) or None
        else:
            read[known] = value or None
    return read


def read_info_values(values: Mapping[str, str | Sequence[str]]) -> dict[str, Any]:
    """Return keys of briefing.yaml as typed; raises UsageError for what makes no sense."""
    read: dict[str, Any] = {}
    for key, value in values.items():
        known = one_of("key of a briefing", key, _KEYS)
        parts = value.split(",") if isinstance(value, str) else value
        words = tuple(filter(None, map(str.strip, parts)))
        if known == "tags":
            read[known] = words
        elif known == "codebook":
            read[known] = words[0] if len(words) == 1 else words or None
            try:
                resolve(read[known] or ())
            except CodebookError as error:
                raise UsageError(f"The codebook cannot be used: {error.message}.") from None
        else:
            text = (value if isinstance(value, str) else " ".join(value)).strip()
            if known == "title" and not text:
                raise UsageError("A briefing needs a title.")
            read[known] = text or None
    return read


def one_of(kind: str, text: str, known: Sequence[Any]) -> Any:
    """Return the one of the known values that is meant; raises UsageError with the nearest."""
    wanted = text.strip().casefold().replace(" ", "-" if kind == "role" else "_")
    if wanted in known:
        return wanted
    raise _unknown(kind, text, {each: each for each in known})


def _unknown(kind: str, text: str, known: Mapping[str, str]) -> UsageError:
    near = nearest(text, known, _NEAREST) or (tuple(known) if len(known) <= len(FIELDS) else ())
    hint = f"Nearest: {', '.join(known[each] for each in near)}." if near else None
    return UsageError(f"There is no {kind} {text!r}.", hint)


def merge(known: Sequence[Alias], into: str, forms: Sequence[str]) -> tuple[tuple[Alias, ...], str]:
    """Return aliases that show forms, and theirs, as `into`, and a sentence; raises UsageError."""
    into = into.strip()
    given = tuple(form for form in map(str.strip, forms) if form and form != into)
    if not into or not given:
        raise UsageError("Name what is to be shown, and at least one other name for it.")
    joined = [alias for alias in known if alias.name in (into, *given)]
    names = (alias.name for alias in joined if alias.name != into)
    forms = (*(form for alias in joined for form in alias.forms), *names, *given)
    merged = tuple(dict.fromkeys(forms))
    rest = _without(tuple(alias for alias in known if alias not in joined), merged)
    are = "is" if len(merged) == 1 else "are"
    return (*rest, Alias(name=into, forms=merged)), f"{', '.join(merged)} {are} shown as {into}."


def split(known: Sequence[Alias], into: str, forms: Sequence[str]) -> tuple[tuple[Alias, ...], str]:
    """Return the aliases without forms, or any, of `into`, and a sentence; raises NotFoundError."""
    into = into.strip()
    alias = next((one for one in known if one.name == into), None)
    if alias is None:
        names = ", ".join(one.name for one in known)
        hint = f"What is: {names}." if names else None
        raise NotFoundError(f"Nothing is merged into {into!r}.", hint)
    wanted = tuple(map(str.strip, forms)) or alias.forms
    for form in wanted:
        if form not in alias.forms:
            hint = f"These are: {', '.join(alias.forms)}."
            raise NotFoundError(f"{form!r} is not merged into {into}.", hint)
    left = (one for each in known for one in _without((each,), wanted if each is alias else ()))
    own = "is shown under its own name" if len(wanted) == 1 else "are shown under their own names"
    return tuple(left), f"{', '.join(wanted)} {own} again."


def _without(aliases: Sequence[Alias], forms: Sequence[str]) -> tuple[Alias, ...]:
    kept = ((one, tuple(form for form in one.forms if form not in forms)) for one in aliases)
    return tuple(replace(one, forms=left) for one, left in kept if left)
