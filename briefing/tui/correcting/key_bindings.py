"""The keys of the screens on which the analyst corrects."""

from __future__ import annotations

from textual.binding import Binding, BindingType

NONE = "none"
MOST_STANCES = 9

CORRECTING: list[BindingType] = [
    Binding("s", "set_speaker", "Speaker", id="correct.speaker",
            tooltip="Set who said the selected quote: name · role · country"),
    Binding("x", "drop_quote", "Drop", id="correct.drop",
            tooltip="Drop the selected quote: it is none"),
    Binding("asterisk", "pin", "Pin", id="correct.pin",
            tooltip="Pin the selected quote: it is listed first; or unpin it"),
    Binding("w", "bounds", "Bounds", id="correct.bounds",
            tooltip="Set where the quote begins and ends: → ← o move, enter stores"),
    Binding("u", "undo", "Undo", id="correct.undo", tooltip="Undo the last change of the briefing"),
    Binding("a", "note", "Note", id="correct.note",
            tooltip="Add a note to the selected quote or paragraph"),
    Binding("R", "restore", "Restore", id="correct.restore",
            tooltip="Restore the selected block that was set aside, to be read and annotated"),
    Binding("R", "set_aside", "Set aside", id="correct.set-aside",
            tooltip="Set the selected paragraph aside, with its quotes and positions"),
    Binding("m", "metadata", "Metadata", id="correct.metadata",
            tooltip="Set date, publisher, headline and more of the selected source"),
    Binding("B", "bottom_line", "Bottom line", id="correct.bottom-line",
            tooltip="Write the bottom line of the briefing"),
    *(Binding(str(n), f"rule({n})", f"Stance {n}", show=False, id=f"correct.stance-{n}",
              tooltip=f"Rule that the selected sentence shows stance {n}")
      for n in range(1, MOST_STANCES + 1)),
    Binding("0", "rule(0)", "No stance", show=False, id="correct.no-stance",
            tooltip="Rule that the selected sentence shows no stance"),
    Binding("full_stop", "rule_by_name", "Other stance", show=False, id="correct.other-stance",
            tooltip="Rule with a stance by its name, where there are more than nine"),
]  # fmt: skip
"""The keys of every screen on which the analyst corrects."""

ON_QUOTE = frozenset({"set_speaker", "drop_quote", "pin", "bounds"})
ANYWHERE = frozenset({"undo", "note"})
"""What corrects wherever one stands."""
DAILY = frozenset({"search", "find", "yank", "browse", "export", "quit"})
"""What is done most, wherever one is; a narrow screen shows it before all else."""
