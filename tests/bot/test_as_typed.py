"""What a person typed, out of what Slack makes of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.listeners.payloads import as_typed

TYPED = {
    "a name": ("ask <@U1A2|dana> today", "ask @dana today"),
    "a name without its handle": ("ask <@U1A2>", "ask <@U1A2>"),
    "a channel": ("see <#C1A2|plan>", "see #plan"),
    "everybody": ("<!here> and <!subteam^S1|@team>", "<!here> and @team"),
    "a link": ("see <https://example.org/a?b=1&amp;c=2>.", "see https://example.org/a?b=1&c=2."),
    "a link without its scheme": ("see <http://example.org|example.org>", "see example.org"),
    "an address": ("<mailto:a@example.org|a@example.org>", "a@example.org"),
    "a link with words of its own": ("<https://example.org|the report>", "<https://example.org|the report>"),
    "signs": ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
    "a name that was written out": ("&lt;@U1A2&gt;", "<@U1A2>"),
    "a heart": ("<3 you", "<3 you"),
}


@pytest.mark.parametrize(("sent", "typed"), TYPED.values(), ids=TYPED)
def test_names_channels_and_links_are_as_they_were_typed(sent: str, typed: str) -> None:
    assert as_typed(sent) == typed


def test_people_may_be_kept_by_their_ids() -> None:
    assert as_typed("A-01 delegate <@U1A2|dana> &amp; more", with_ids=True) == "A-01 delegate <@U1A2> & more"


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    as_typed(text)
