"""Misspelt words, put right where the plan or the vocabulary has one that they are like."""

import pytest

from commands.ask.spelling import Speller
from commands.ask.vocabulary import vocabulary

SPELLER = Speller(vocabulary(), ("procurement", "fentanyl", "hall"), (("town", "hall"), ("fleet", "renewal")))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("procurment", ("procurement",), id="a letter missing in a word of the plan"),
        pytest.param("fentanil", ("fentanyl",), id="another letter"),
        pytest.param("priorites", ("priorities",), id="a word of every plan, though it ends like a plural"),
        pytest.param("objctives", ("objectives",), id="a vowel missing"),
        pytest.param("townhall", ("town", "hall"), id="two words of a name run together"),
        pytest.param("townhal", ("town", "hall"), id="run together and misspelt"),
        pytest.param("fentan", ("fentanyl",), id="cut short"),
        pytest.param("volunteering", ("volunteering",), id="a form of a known word"),
        pytest.param("a27", ("a27",), id="too short to be read as another"),
        pytest.param("qqxzzw", ("qqxzzw",), id="like none"),
    ],
)
def test_a_word_is_read_as_what_it_was_meant_to_be(typed: str, meant: tuple[str, ...]) -> None:
    assert SPELLER.meant(typed) == meant


def test_a_word_is_known_in_the_forms_that_english_gives_it() -> None:
    assert all(SPELLER.is_known(word) for word in ("goals", "planned", "supported", "policies"))
    assert not SPELLER.is_known("northampton")
