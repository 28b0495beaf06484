"""The address of a shared index: what it may be, and that its password is never shown."""

from __future__ import annotations

import pytest

from briefing.errors import UsageError
from briefing.search.address import address_key, check_address, shown_address


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://desk", "postgresql://desk/"),
        ("postgres://ana@db.example:5433/news", "postgresql://ana@db.example:5433/news"),
        ("postgresql://ana:s3cret@db/news", "postgresql://ana@db/news"),
        ("postgresql://ana:s3%40cret@[::1]:5432/news", "postgresql://ana@[::1]:5432/news"),
        ("postgresql://a,b:5433/news", "postgresql://a,b:5433/news"),
        (
            "postgresql://ana@/news?host=/run/pg&port=5433&password=s3cret&sslpassword=s3cret",
            "postgresql://ana@/news?host=/run/pg&port=5433",
        ),
        ("postgresql:///news?pass%77ord=s3cret", "postgresql:///news"),
        ("postgresql://?service=desk", "postgresql:///?service=desk"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert shown_address(check_address(address)) == shown


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ana:s3@cret@db/news",
        "postgresql://ana:s3/cret@db/news",
        "postgresql://ana:s3:cret@db/news",
        "postgresql://ana:s3?cret@db/news#x",
        "postgresql://ana:s3#cret@db/news",
        "postgresql://ana:s3%cret@db/news",
        "postgresql://ana:12/s3cret@db/news",
        "postgresql://ana:12?cret@db/news",
        "postgresql://db/news\n",
        "mysql://ana:s3cret@db/news",
        "host=db password=s3cret",
        "/var/lib/s3cret",
        "",
    ],
)
def test_what_is_no_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError) as refused:
        check_address(address)
    assert "cret" not in f"{refused.value.message} {refused.value.hint}"
    assert "postgresql://user@host" in (refused.value.hint or "")


def test_an_index_is_the_same_whatever_the_password() -> None:
    keys = {
        address_key(f"postgresql://{who}db/news{tail}")
        for who in ("ana@", "ana:one@", "ana:two@")
        for tail in ("", "?sslmode=require", "?password=three")
    }
    assert len(keys) == 1
    assert address_key("postgresql://ana@db/news?options=-csearch_path%3Dother") not in keys


def test_a_long_address_is_refused_in_no_time() -> None:
    with pytest.raises(UsageError):
        check_address("postgresql://" + "a:1," * 50_000 + "%")
