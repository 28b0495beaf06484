"""Stances that a sentence tells by leaving out: refusals of any act, the same, the opposite."""

from __future__ import annotations

import pytest
from position_rows import positions_of, rows, stances

REFUSED = """
Norway said it would not act on the letter. | NO reject
Norway won't walk out. | NO reject
Norway has no intention of leaving. | NO reject
Norway has no intention of signing the treaty. | NO oppose
Norway had every intention of signing the treaty. | NO support
Norway decided in July not to legislate. | NO reject
Norway does not intend to move. | NO reject
Norway will not send soldiers to Chad. | NO reject
The foreign ministry of Norway said: “We cannot pay the fee.” | NO reject
The foreign ministry of Norway said: “We will not be rushed.” | NO reject
Norway cannot pay the fee. |
Norway will not be rushed. |
Norway would not benefit. |
Norway will not impose sanctions on Chad. |
Norway, which will not move, is cold. |
If it rains, Norway will not move. |
It is a chance that Norway will not miss. |
Norway denied that it would not move. | NO reject
"""
SAME = """
Norway supports the treaty, but Sweden does not. | NO support; SE oppose
Norway is in favour; Sweden is not. | NO support; SE oppose
Norway signed the treaty in May, and Sweden followed. | NO support; SE support
Norway rejected the treaty. Sweden and Chad followed. | NO oppose; SE oppose; TD oppose
Norway condemned the treaty, and so did Sweden. | NO oppose; SE oppose
Norway opposed the treaty, and a row followed. | NO oppose
Norway says it supports the treaty; Sweden did not say why. | NO support
Norway will neither support nor block the treaty. | NO undecided
"""
LISTED = """
The treaty is backed by ten members, among them Norway and Chad. | NO support; TD support
Three states oppose the treaty: Norway, Sweden and Chad. | NO oppose; SE oppose; TD oppose
The ministers of Norway and Sweden met. The two countries oppose the treaty. | \
NO consult; SE consult; NO oppose; SE oppose
Chad wrote to Norway and Sweden. The two countries oppose the treaty. | NO oppose; SE oppose
Chad wrote to Norway and Sweden. The three countries oppose the treaty. | \
TD oppose; NO oppose; SE oppose
Chad wrote to Norway and Sweden. The four countries oppose the treaty. |
In Oslo, ministers oppose the treaty. | NO oppose
In Oslo, farmers oppose the treaty. |
"""
WHOSE = """
Norway opposes the treaty, and Sweden, which holds the chair, supports it. | NO oppose; SE support
Norway insists that Chad is cold, and Sweden, which is not, supports the treaty. | SE support
Sweden, which signalled that it would support the treaty, waited. | SE support
“Chad must sign the treaty,” said Norwegian minister Ana Roe. The government supports it. | \
NO request; NO support
A Swedish official left. Norway wrote a letter, a spokesman said. He said the government \
supports the treaty. | NO support
Sweden rejected it. Norway opposes it, said its envoy, Ana Roe. He backs the treaty. | \
SE oppose; NO oppose; NO support
Norway spoke in support of the treaty. | NO support
Norway intervened in opposition to the treaty. | NO oppose
Norway's view does not mean that it supports the treaty. |
Norway called the treaty “not appropriate”. | NO oppose
Norway called the treaty a grave mistake. | NO oppose
Norway said the treaty was no mistake. | NO support
Norway called the ships legitimate targets. | NO oppose
"""


@pytest.mark.parametrize("row", rows(REFUSED + SAME + LISTED + WHOSE))
def test_what_is_left_out_is_read(row: str) -> None:
    text, _, expected = row.partition(" |")
    assert stances(positions_of(text, ["sides", "acts"])) == expected.strip()
