"""A digest keeps Slack's limits however much there is to tell, and leaves nothing out of what it says it tells."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.blocks.digest import MOST_SHOWN
from bot.blocks.digest_showing import Showing
from commands.digest import MOST_NAMED
from tests.bot.blocks.digests import everything, marked, shown, words
from tests.bot.running import names

NASTY = st.one_of(
    st.text(min_size=1, max_size=400).filter(lambda text: bool(text.strip())),
    st.sampled_from(["<" * 3_000, "&*_~`" * 500, "🚓" * 1_500, "word " * 600, "<!channel> @here :smile: " * 50]),
)


@pytest.mark.parametrize("charts", [True, False], ids=["charts", "bars"])
@pytest.mark.parametrize("count", [0, 1, 10, 11, 50, 5_000])
def test_slack_takes_every_message(count: int, *, charts: bool) -> None:
    posts = shown(everything(count), Showing(names(), charts=charts, delivery=1))
    assert len(posts.thread) <= 20
    assert bool(posts.thread) is (count > MOST_SHOWN)


@pytest.mark.parametrize("long", ["word " * 600, "<&>" * 1_000, "🚓" * 1_500], ids=["words", "signs", "emoji"])
def test_slack_takes_long_titles_and_notes(long: str) -> None:
    posts = shown(everything(300, title=long, note=long))
    assert len(posts.thread) <= 26


@settings(max_examples=40, deadline=None)
@given(title=NASTY, note=NASTY, name=NASTY, count=st.integers(0, 40), charts=st.booleans())
def test_slack_takes_whatever_people_write(title: str, note: str, name: str, count: int, *, charts: bool) -> None:
    showing = Showing(names(), charts=charts, called={"U02CARTER": name}, delivery=1)
    posts = shown(everything(count, title=title, note=note), showing)
    assert "<!channel>" not in "".join(message.text + marked(message) for message in (posts.first, *posts.thread))


@pytest.mark.parametrize("count", [1, 10, 11, 50, MOST_NAMED])
def test_every_row_is_posted_once_in_the_first_message_or_its_thread(count: int) -> None:
    posts = shown(everything(count))
    said = "\n".join(words(message) for message in (posts.first, *posts.thread))
    rows = re.findall(r"■ \*(A-\d{4})\* Renew the fleet: on track", said)
    assert sorted(rows) == [f"A-{at:04}" for at in range(count)]
    confirmed = re.findall(r"(?<!\*)B-\d{4} Renew the fleet(?!:)", said)
    assert len(confirmed) == len(set(confirmed)) == count


def test_screen_readers_get_every_row() -> None:
    posts = shown(everything(MOST_NAMED))
    told = "\n".join(message.text for message in (posts.first, *posts.thread))
    assert "more in the message" not in told
    assert all(told.count(f"{sort}-{at:04}") == 2 for sort in "AB" for at in range(MOST_NAMED))


def test_what_has_no_room_in_the_thread_is_counted_with_what_to_ask_for_it() -> None:
    posts = shown(everything(5_000))
    said = "\n".join(words(message) for message in posts.thread)
    assert "and 4,760 more: ask `/plan what changed recently`" in said
    assert "and 4,760 more: ask `/plan what is overdue`" in said
    assert "and 4,760 more: ask `/plan what is due soon`" in said


def test_every_message_of_the_thread_begins_with_what_it_lists() -> None:
    posts = shown(everything(200))
    headings = [words(message).partition("\n")[0] for message in posts.thread]
    assert headings[0].startswith("*Moved this week: 11 to ")
    assert all(re.match(r"\*[A-Z][^*]*: [\d,]+( to [\d,]+)? of 200\*$", heading) for heading in headings)
