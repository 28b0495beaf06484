"""What a frame of speech is: a cue verb with the phrase that speaks and the phrase told."""

from __future__ import annotations

from typing import Literal, NamedTuple

from briefing.english.phrases import Phrase
from briefing.english.verbs import Verb

Order = Literal["before", "after", "shared", "source"]


class Frame(NamedTuple):
    """A cue at token `at` (to `cue_last`), who speaks, and how the subject was found.

    `order` is `before` or `after` for a subject on that side of the verb, `shared` for one taken
    over from an earlier verb (`adding`, `and called`), `source` for `according to X`.
    """

    at: int
    cue_last: int
    verb: Verb
    subject: Phrase
    order: Order
    to: Phrase | None = None
    finite: bool = True

    @property
    def first(self) -> int:
        """The first token of the frame."""
        return min(self.at, self.subject.first) if self.order != "shared" else self.at

    @property
    def last(self) -> int:
        """The last token of the frame, the person told included."""
        end = max(self.cue_last, self.subject.last if self.order in ("after", "source") else -1)
        return max(end, self.to.last if self.to else -1)
