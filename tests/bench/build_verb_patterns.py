"""Compile CAMEO's verb patterns into the two tables that positions fall back on.

    python tests/bench/build_verb_patterns.py CAMEO.2.0.txt [--check]

Writes `cameo.tsv` and `cameo_sets.tsv` of `tests/bench/data`; `--check` compares
instead and exits with 1 where they differ. The source is
`petrarch2/data/dictionaries/CAMEO.2.0.txt` of https://github.com/openeventdata/petrarch2 (MIT).
What its codes are called in PLOVER is the table `CAMEO2PLOVER-2021.txt` of
https://github.com/openeventdata/PLOVER, but that sanctions are `sanction`, a lifted curfew is
`yield`, abduction `coerce`, conventional force `fight` and an investigation `investigate`: so in
its gold standard records.

A verb shares the patterns of its block of synonyms where the dictionary does not say at which of
them a pattern was found. Left out: patterns that change nothing, patterns about what is done to
the subject, the wordy ones, the types of verbs that say nothing when they stand alone, and acts of
peace that their verb ends: a visit called off is no visit.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from briefing.english.inflection import add_s, inflect
from briefing.english.lexicon import read_lexicon

DATA = Path(__file__).parent / "data"
NONE = "-"
TYPES = (
    ("018 019", "support"),
    ("02 10", "request"),
    ("03", "agree"),
    ("04", "consult"),
    ("05", "support"),
    ("06", "cooperate"),
    ("07", "aid"),
    ("0813 0814 080 081 082 083", "yield"),
    ("084 085 086 087", "retreat"),
    ("09", "investigate"),
    ("11", "accuse"),
    ("12", "reject"),
    ("13", "threaten"),
    ("14", "protest"),
    ("15", "mobilize"),
    ("16", "sanction"),
    ("17 181", "coerce"),
    ("18 20", "assault"),
    ("19", "fight"),
)
"""CAMEO codes by what they begin with, and the type of PLOVER; the longest beginning counts."""
CODES = {beginning: name for row, name in TYPES for beginning in row.split()}
SPEAKING = frozenset(
    """
    abduct abhor absolve abuse accede acclaim accuse acquiesce acquit adjure admonish agree
    aid airlift allege allow ambush annihilate apologise apologize appeal applaud apprehend
    arrest ask ask_for assail assassinate assault assist attack audit authorise authorize back
    back_down back_off ban banish bankroll battle beef_up beg behead belittle bemoan berate
    beseech besiege blacklist blackmail blame blitz blockade blow_up bludgeon bomb bombard
    boot_out bow boycott break_off butcher call_for call_on campaign_against capitulate
    capture castigate cede censor censure charge chastise chide clamor clamour clamp_down
     collaborate combat commandeer complain compliment compromise concede condemn
    confer confiscate congratulate conspire_against consult convict cooperate cordon_off
    counsel crack_down criminalise criminalize criticise criticize cut_off decapitate decimate
    decline decriminalise decriminalize decry defy demand demolish demonstrate denigrate
    denounce deplore deport deride detain detonate devastate disagree disallow disapprove
    discuss disparage donate dress_down duel emancipate embargo embolden encourage endorse
    entreat evacuate evict exculpate exhort exile exonerate expel extol extradite fault favor
    favour felicitate fight fight_back finance flog foray_into forbid forgive fund give_in
    glorify guarantee gun_down hail hijack honor honour host huddle humiliate hunt_down
    illegalise implicate implore import imprison impugn incarcerate insist inspect insult
    intern interrogate intrude_on invade investigate invite jail jeer kick_out kidnap kill
    lambaste lament lash_out laud lean_on legalise legalize legitimise legitimize liberate
    lobby_for look_into loosen lynch maim malign massacre meet meet_with mistreat mobilise
    mobilize mock murder mutilate nationalise nationalize negotiate object obliterate occupy
    offer oppose ostracise ostracize oust outlaw overfly overrun overwhelm parade pardon
    patrol permit persecute petition phone pillage pillory plead pledge pound praise press
    press_for probe prohibit promise propose proscribe protect protest pull_back pummel punish
    purchase push_for quell raid rampage ransack rape ravage re-examine reassure rebuff rebuke
    recapture recognise recognize recommend reexamine refuse reject release relent relinquish
    remonstrate renounce repel repress reprimand reproach repulse request rescind rescue
    restrict ridicule riot rule_out safeguard salute savage scoff scold scorn scrutinise
    scrutinize scuffle secede segregate seize set_free shell shelter shelve shoot shoot_down
    side_with skirmish slander slaughter slay slight snub solicit speak_with sponsor spurn
    square_off stab stamp_out stand_by step_down stir_up storm strafe strangle strike_down
    string_up subdue subsidise subsidize succumb suggest summon support suppress take_hostage
    tear_gas telephone terrorize thank threaten throw_out tolerate torture trade turn_down
    unblock urge usurp vandalise vandalize veto vilify visit volunteer vote_down wage_war
    waive walk_out warn welcome whip wire_tap yield
    """.split()
)
"""Verbs that name an act when they stand alone; of the others only patterns do."""
VERBS = """
    assail/assails/assailed/assailed/assailing bid/bids/bid/bid/bidding
    bind/binds/bound/bound/binding burst/bursts/burst/burst/bursting
    cast/casts/cast/cast/casting catch/catches/caught/caught/catching
    creep/creeps/crept/crept/creeping deal/deals/dealt/dealt/dealing
    draw/draws/drew/drawn/drawing fall/falls/fell/fallen/falling feed/feeds/fed/fed/feeding
    flee/flees/fled/fled/fleeing forbid/forbids/forbade/forbidden/forbidding
    forswear/forswears/forswore/forsworn/forswearing get/gets/got/got/getting
    hang/hangs/hanged/hanged/hanging hear/hears/heard/heard/hearing
    hide/hides/hid/hidden/hiding hurt/hurts/hurt/hurt/hurting is/is/was/been/being
    lead/leads/led/led/leading learn/learns/learned/learned/learning
    mean/means/meant/meant/meaning overcome/overcomes/overcame/overcome/overcoming
    override/overrides/overrode/overridden/overriding
    oversee/oversees/oversaw/overseen/overseeing
    overtake/overtakes/overtook/overtaken/overtaking
    overthrow/overthrows/overthrew/overthrown/overthrowing ring/rings/rang/rung/ringing
    rise/rises/rose/risen/rising run/runs/ran/run/running see/sees/saw/seen/seeing
    show/shows/showed/shown/showing slay/slays/slew/slain/slaying
    spend/spends/spent/spent/spending steal/steals/stole/stolen/stealing
    string/strings/strung/strung/stringing strive/strives/strove/striven/striving
    sweep/sweeps/swept/swept/sweeping tell/tells/told/told/telling
    think/thinks/thought/thought/thinking thrust/thrusts/thrust/thrust/thrusting
    understand/understands/understood/understood/understanding
    underwrite/underwrites/underwrote/underwritten/underwriting
    undo/undoes/undid/undone/undoing weep/weeps/wept/wept/weeping
    wind/winds/wound/wound/winding
"""
"""Irregular verbs that the book of acts does not use; the dictionary often has them wrong."""
OTHERWISE = {
    **dict.fromkeys(("aid", "assist", "bankroll", "finance", "fund", "sponsor"), "aid"),
    **dict.fromkeys(("behead", "decapitate", "murder"), "assault"),
    **dict.fromkeys(("collaborate", "cooperate"), "cooperate"),
    **dict.fromkeys(("refuse", "reject", "veto"), "reject"),
    **dict.fromkeys(("resign", "retreat", "surrender", "withdraw"), "retreat"),
    "agree": "agree",
    "blow_up": "assault",
    "negotiate": "consult",
    "step_down": "retreat",
    "sue": "accuse",
    "walk_out": "sanction",
}
"""Verbs whose code alone is none, or not what PLOVER's manual makes of them."""
LONGEST = 5
"""How many words a pattern may ask for: longer ones were each written for one sentence."""
GAPS = frozenset("$+%^")
ENDING = frozenset(
    """
    abandon abolish abort break call cancel cut defer delay drop end freeze halt postpone quit
    reject reverse revoke scrap sever shelve stop suspend terminate
    """.split()
)
PEACEFUL = frozenset({"consult", "support", "cooperate", "aid", "agree"})
VAGUE = frozenset(
    """
    about at away back between by for from in into of off on out over through to up with world
    """.split()
)
"""Words that ask for too little where a pattern asks for nothing else."""
NEGATED = frozenset({"not", "no", "never", "cannot"})
"""The grammar reads negation itself."""
SINGULAR = re.compile(r"(?<![aius])s$")
NOTICE_END = "# LAST UPDATE"
HEADER = """\
# Compiled by tests/bench/build_verb_patterns.py: edit that, not this file.
#
# {what}
#
# From the CAMEO verb dictionary of PETRARCH2, https://github.com/openeventdata/petrarch2:
#
{notice}
"""
PATTERNS = """\
verb, words needed behind it, words needed before it, type of act ("-": none).
# A verb that is not regular stands once as base/third/past/participle/-ing, and then by its base.
# Words stand in order, with gaps allowed; nouns stand in the singular and may be met in the plural;
# @name is any word of a set of cameo_sets.tsv. The pattern that asks for most words counts."""
SETS = "name of a set, and its words: singular and plural."


class Verb(NamedTuple):
    """A verb of the dictionary: base, its five forms if irregular, words before and behind it."""

    base: str
    forms: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Row(NamedTuple):
    """A pattern as the table has it."""

    verb: str
    after: tuple[str, ...]
    before: tuple[str, ...]
    type: str


def to_type(code: str) -> str | None:
    """Return the type of a code, NONE for one that is no act, None if the subject suffers the act.

    A code `a:b` is what each side does.
    """
    own = code.partition(":")[0].strip("- ")
    if not own:
        return None if ":" in code else NONE
    beginnings = (own[:length] for length in range(len(own), 1, -1))
    return next((CODES[each] for each in beginnings if each in CODES), NONE)


def to_singular(word: str) -> str:
    """Return the singular of a regular plural, any other word as it is."""
    if len(word) < 4 or word in {"news", "across", "besides", "towards", "always"}:
        return word
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return SINGULAR.sub("", word)


def to_words(pattern: str) -> tuple[str, ...]:
    """Return the words of one side of a pattern, in lower case, without phrase marks and actors."""
    words = re.sub(r"[{}()]", " ", pattern).replace("_", " ").lower().split()
    kept = (word for word in words if word not in GAPS)
    return tuple(
        "@" + word[1:].rstrip("_") if word[0] == "&" else to_singular(word) for word in kept
    )


def read_verb(line: str) -> tuple[Verb, str]:
    """Read a line that names a verb: the verb, and its own code or nothing.

    `+BEEF_UP {+BEEFS_UP …} [150]`: the plus stands at the word that is inflected.
    """
    code = re.search(r"\[([^]]*)\]", line)
    listed = re.search(r"\{([^}]*)\}", line)
    name = re.split(r"[\[{#]", line, maxsplit=1)[0].strip().lower()
    words = name.split("_")
    place = next((n for n, word in enumerate(words) if word.startswith("+")), 0)
    base = words[place].lstrip("+")
    forms = [w.lower().split("_") for w in listed[1].split()] if listed else []
    own = [each[place].strip("+,;") for each in forms if len(each) > place]
    verb = Verb(base, to_forms(base, own), tuple(words[:place]), tuple(words[place + 1 :]))
    return verb, code[1] if code else ""


def to_forms(base: str, listed: Iterable[str]) -> str:
    """Put the forms that the dictionary lists into order: base/third/past/participle/-ing.

    Returns nothing for a regular verb. The dictionary lists them in any order, and not all.
    """
    _, third, past, ing = inflect(base)
    words = {word for word in listed if word[:1] == base[:1]}
    doubled = {base + base[-1:] + "ed", base + base[-1:] + "ing"} & words
    if doubled:
        past, ing = base + base[-1] + "ed", base + base[-1] + "ing"
    return "" if not doubled else "/".join((base, third, past, past, ing))


def read_forms() -> dict[str, str]:
    """Read the irregular verbs of the book of acts and of `VERBS`: base to forms."""
    cues = (
        cue for cues in read_lexicon("annotate/positions", "books/acts").values() for cue in cues
    )
    verbs = (word for cue in cues for word in cue.split() if "/" in word)
    return {forms.partition("/")[0]: forms for forms in (*verbs, *VERBS.split())}


class Block(NamedTuple):
    """A block of synonyms: verbs with their codes, and lines of patterns."""

    code: str
    verbs: list[tuple[Verb, str]]
    patterns: list[str]


def read_sets(lines: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read the synonym sets: name to words, with the plurals that the dictionary's format adds."""
    sets: dict[str, list[str]] = {}
    words: list[str] = []
    plural = True
    for line in lines:
        content = line.partition("#")[0].strip()
        if content.startswith("&"):
            plural = not content.endswith("_")
            words = sets.setdefault(content[1:].rstrip("_").lower(), [])
        elif content.startswith("+"):
            word = content[1:].rstrip("_").replace("_", " ").lower()
            words.append(word)
            if plural and not content.endswith("_") and not SINGULAR.search(word):
                words.append(add_s(word))
    return {name: tuple(dict.fromkeys(words)) for name, words in sets.items()}


def read_blocks(lines: Iterable[str]) -> Iterator[Block]:
    """Read the blocks of verbs and patterns."""
    block = Block("", [], [])
    for line in lines:
        if line.startswith("---"):
            yield block
            code = re.search(r"\[([^]]*)\]", line)
            block = Block(code[1] if code else "", [], [])
        elif line.startswith("- "):
            block.patterns.append(line[2:])
        elif line[:1].isalpha() or line.startswith("+"):
            block.verbs.append(read_verb(line))
    yield block


def list_rows(block: Block) -> Iterator[Row]:
    """List the rows of a block: each verb alone, then its patterns."""
    for verb, code in block.verbs:
        alone = _alone(verb, to_type(code or block.code) or NONE)
        yield Row(verb.base, verb.after, verb.before, alone)
    for line in block.patterns:
        pattern, _, comment = line.partition("#")
        found = re.fullmatch(r"\s*(.*?)\*(.*?)\[([^]]*)\]\s*", pattern)
        kind = to_type(found[3]) if found else None
        if found is None or kind is None or "+" in found[1]:
            continue
        before, after = to_words(found[1]), to_words(found[2])
        if {*before, *after} <= VAGUE:
            continue
        for verb in _verbs_of(block, comment):
            if verb.base not in ENDING or kind not in PEACEFUL:
                yield Row(verb.base, verb.after + after, verb.before + before, kind)


def _alone(verb: Verb, kind: str) -> str:
    """Return the type of a verb that stands alone, where its own or its block's code is `kind`."""
    name = _name(verb)
    return OTHERWISE.get(name, kind if name in SPEAKING else NONE)


def _verbs_of(block: Block, comment: str) -> list[Verb]:
    """Return the verbs that a pattern was found with; if none is named, all of the block."""
    named = {form for word in re.findall(r"[A-Z_-]+", comment) for form in _bases(word.lower())}
    verbs = [verb for verb, _ in block.verbs]
    return [verb for verb in verbs if _name(verb) in named] or verbs


def _name(verb: Verb) -> str:
    return "_".join((*verb.before, verb.base, *verb.after))


def _bases(word: str) -> Iterator[str]:
    """List what a verb's form in a comment may be a form of."""
    first, mark, rest = word.partition("_")
    yield word
    for ending in ("d", "ed", "s", "es", "ing"):
        if first.endswith(ending):
            yield first.removesuffix(ending) + mark + rest
            yield first.removesuffix(ending) + "e" + mark + rest


def choose_rows(rows: Iterable[Row], sets: dict[str, tuple[str, ...]]) -> list[Row]:
    """Leave out what is wordy, names a set that is none, contradicts itself or changes nothing."""
    votes: defaultdict[tuple[str, tuple[str, ...], tuple[str, ...]], Counter[str]] = defaultdict(
        Counter
    )
    for row in rows:
        words = row.before + row.after
        names = {word[1:] for word in words if word[0] == "@"}
        if (
            len(words) <= LONGEST
            and names <= sets.keys()
            and not NEGATED & set(words)
            and "/" not in "".join(words)
        ):
            votes[row[:3]][row.type] += 1
    chosen = [Row(*key, kinds.most_common(1)[0][0]) for key, kinds in votes.items()]
    by_verb: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(chosen, key=lambda row: len(row.after) + len(row.before)):
        kept = by_verb[row.verb]
        part = next((one for one in reversed(kept) if _is_part(one, row)), None)
        if row.type != (part.type if part else NONE):
            kept.append(row)
    return [row for verb in sorted(by_verb) for row in by_verb[verb]]


def _is_part(part: Row, row: Row) -> bool:
    """Whether every sentence that matches a row matches its part."""
    return _in_order(part.after, row.after) and _in_order(part.before, row.before)


def _in_order(words: tuple[str, ...], within: tuple[str, ...]) -> bool:
    rest = iter(within)
    return all(word in rest for word in words)


def compile_tables(source: str) -> dict[str, str]:
    """Compile the dictionary: file name to content."""
    lines = source.splitlines()
    start = next(n for n, line in enumerate(lines) if "VERB PATTERNS #" in line)
    sets = read_sets(lines[:start])
    blocks = [block for block in read_blocks(lines[start:]) if block.verbs]
    rows = choose_rows((row for block in blocks for row in list_rows(block)), sets)
    listed = {verb.base: verb.forms for block in blocks for verb, _ in block.verbs if verb.forms}
    forms = {**listed, **read_forms()}
    used = {word[1:] for row in rows for word in row.before + row.after if word[0] == "@"}
    first = lines.index("# The MIT License (MIT)")
    notice = "\n".join(line.rstrip() for line in lines[first:] if line.startswith("#"))
    notice = notice.partition(NOTICE_END)[0].rstrip("#\n ")
    table = [_to_line(row, forms) for row in rows]
    return {
        "cameo.tsv": HEADER.format(what=PATTERNS, notice=notice) + "".join(table),
        "cameo_sets.tsv": HEADER.format(what=SETS, notice=notice)
        + "".join(f"{name}\t{', '.join(sets[name])}\n" for name in sorted(used)),
    }


def _to_line(row: Row, forms: dict[str, str]) -> str:
    """Write a row; the forms of a verb stand in the first of its rows."""
    name = forms.pop(row.verb, row.verb)
    return f"{name}\t{' '.join(row.after)}\t{' '.join(row.before)}\t{row.type}\n"


def main() -> int:
    """Write the tables, or compare them with what is there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    tables = compile_tables(options.source.read_text("utf-8"))
    if options.check:
        return int(any((DATA / name).read_text("utf-8") != text for name, text in tables.items()))
    for name, text in tables.items():
        (DATA / name).write_text(text, "utf-8")
        print(f"{name}: {len(text.encode()) // 1024} KB, {text.count(chr(10))} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
