"""What holds for every question whatsoever."""

from hypothesis import given, settings
from hypothesis import strategies as st

from commands.ask.normalise import clean, stem, words_of
from commands.ask.question import Outcome
from commands.ask.understand import Previous, understand
from tests.commands.ask.conftest import index_of

RIVERBEND = index_of("plans/riverbend-2025-2028.yml")
TITLES = st.sampled_from([subject.entry.title for subject in RIVERBEND.subjects])
AROUND = st.sampled_from(["", " 🙈", "!!!", " <@U0BOT>", "   ", "?", " :tada:", "\n"])


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_understood_in_some_way_and_always_the_same(text: str) -> None:
    understood = understand(text, RIVERBEND)
    assert understood == understand(text, RIVERBEND)
    assert (understood.subject is not None) == (understood.outcome is Outcome.ANSWER)
    assert len(understood.suggestions) == 0 or understood.outcome is Outcome.SUGGEST
    assert 0.0 <= understood.confidence <= 1.0


@given(st.text(max_size=120), st.sampled_from([None, "A-03", "values", "courage", "plan"]))
@settings(max_examples=100, deadline=None)
def test_any_text_may_follow_any_answer(text: str, subject: str | None) -> None:
    understand(text, RIVERBEND, previous=Previous(subject, None, ("A-01", "A-02")))


@given(TITLES, AROUND, AROUND)
@settings(max_examples=100, deadline=None)
def test_a_title_is_found_in_any_case_and_with_signs_around_it(title: str, before: str, after: str) -> None:
    plain = understand(title, RIVERBEND)
    assert plain.outcome is Outcome.ANSWER
    for shown in (title, title.upper(), title.lower()):
        assert understand(f"{before}{shown}{after}", RIVERBEND).subject == plain.subject


@given(st.text(max_size=400))
@settings(max_examples=100, deadline=None)
def test_words_are_lower_case_letters_and_digits(text: str) -> None:
    assert all(word.text and word.text == word.text.lower() for word in words_of(text))
    assert clean(clean(text)) == clean(clean(clean(text)))


@given(st.from_regex(r"[a-z]{1,20}", fullmatch=True))
@settings(max_examples=200, deadline=None)
def test_a_stem_is_never_empty(word: str) -> None:
    assert stem(word)
