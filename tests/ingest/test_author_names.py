"""Who wrote an article, in the ways in which fields and lines say so."""

import pytest

from briefing.ingest.lines.author_names import read_authors


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("From ANA LIN", ("Ana Lin",)),
        ("From Ana Lin in Port Mere", ("Ana Lin",)),
        ("From Ana Lin and Bo Mar, Political Editor", ("Ana Lin", "Bo Mar")),
        ("Edited by Ana Lin", ("Ana Lin",)),
        ("Interview by Bo Mar", ("Bo Mar",)),
        ("From our correspondent", ()),
        ("From Reuters", ()),
        ("Frombach Anders", ("Frombach Anders",)),
        ("VON ANA-LENA VOSS", ("Ana-Lena Voss",)),
        ("Von A. VOSS und B. MARR (Fotos)", ("A. Voss", "B. Marr")),
        ("VOS, MAR, LIND", ()),
        ("Document TARNCO0020310105e71500001", ()),
        ("Redacción", ()),
        ("Ana Lin / AGENCIAS", ("Ana Lin",)),
        ("Ana Lin reports", ("Ana Lin",)),
        ("Aus Tarn berichtet ANA LIN", ("Ana Lin",)),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(line: str, names: tuple[str, ...]) -> None:
    assert read_authors(line, stated=True) == names
