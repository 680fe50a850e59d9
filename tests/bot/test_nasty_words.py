"""People's words are data: they go through every surface, are shown as typed, and do nothing to what is around them."""

import html
import re
import unicodedata
from collections.abc import Callable

from bot.console.workspace import Answer, Channel, Person, SeenMessage, Workspace

LRI, FSI, PDI = "\u2066", "\u2068", "\u2069"
NASTY = {
    "a broadcast": "see <!channel> and <!here> and <!subteam^S1>",
    "a mention": "ask <@U05NOBODY> or <@W1> or <#C123|general>",
    "a hidden link": "<https://evil.example|click me> and <mailto:a|b>",
    "formatting": "*bold* _it_ ~struck~ `code` ```block``` **",
    "code": "x = {'a': [1, 2]}; if (a && b) { return '%s' % c; } // \\n \\u0041",
    "entities": "&amp; &lt;b&gt; &#39; & < > 5 > 3 && 2 < 4",
    "emoji": "🚓 👨‍👩‍👧‍👦 🇨🇦 👍🏽 :smile: :white_check_mark: at 10:30:00",
    "a quotation": "> not a quote\n> nor this\n>>> nor this",
    "lists": "- one\n- two\n1. three\n• four\n# five",
    "lines": "first\n\n\nsecond\twith a tab",
    "right to left": "שלום עולם, 60% בוצע (לא סופי)",
    "arabic": "تم إنجاز المرحلة الأولى",
    "a turned direction": "harmless \u202egnp.exe is a picture",
    "an open isolate": "open \u2067 and \u2066 never closed",
    "a stray end": "end \u2069\u2069 of nothing \u202c",
    "no width": "wo\u200brd and jo\u00adined and \ufefffirst",
    "signs": "@here @channel @everyone #general /progress A-12 done",
    "markup": "<script>alert(1)</script> [link](https://x.example) ![i](u)",
    "a formula": "=cmd|' /C calc'!A0 -2+3 @SUM(1)",
    "templates": "{0} %s %(x)s ${x} {{y}} $(z) `z`",
    "quotes": "“a” 'b' \"c\" «d» \\ / |",
    "accents": "Zalgo ẗ̸͎e̷x̶t and é and ﬁ and ２０％",
    "a link": "see https://example.org/r?a=1&b=<2> and http://x.example",
    "3,000 characters": "word " * 599 + "final",
    "3,000 letters without a space": "x" * 2_999 + "y",
    "1,500 emoji": "🚓" * 1_499 + "🚒",
}
BY_COMMAND = {
    "a mention": "ask <@U05NOBODY> or <@W1> or #general",
    "a hidden link": "click me (https://evil.example) and <mailto:a|b>",
}
"""What Slack's client makes of a reference that is typed in a command is told as it stood in the client."""
SHORT = {name: note for name, note in NASTY.items() if len(note) < 300}


def message_of(answer: Answer) -> SeenMessage:
    """The message that answered."""
    assert answer.message is not None
    return answer.message


def without_marks(words: str) -> str:
    """Words without what has no width and what keeps directions apart."""
    return re.sub("[\u200b\u2066-\u2069\u202a-\u202e\ufeff]", "", words)


def as_shown(words: str) -> str:
    """Words as a reader sees them: entities read, what is not seen left out."""
    return without_marks(html.unescape(words))


def on_one_line(words: str) -> str:
    """Words whose spaces and breaks do not matter: a long note goes on in a next paragraph."""
    return "".join(as_shown(words).split())


def has(message: SeenMessage, note: str) -> bool:
    """Whether a message shows a note, word for word."""
    return on_one_line(note) in on_one_line(message.words)


def shows(message: SeenMessage, note: str) -> None:
    """A message shows a note word for word, and the note does nothing in it."""
    assert on_one_line(note) in on_one_line(message.words)
    does_nothing(message)


def shows_marked(message: SeenMessage, note: str) -> None:
    """As `shows`, where the note stands among words that Slack reads as mrkdwn: entities in it are typed ones."""
    assert "".join(without_marks(note).split()) in on_one_line(message.words)
    does_nothing(message)


def with_words(said: str, note: str) -> Callable[[SeenMessage], bool]:
    """Whether a message says something and shows a note."""
    return lambda one: said in one.text and has(one, note)


def does_nothing(message: SeenMessage) -> None:
    """Nothing in the message calls anybody, and no line of it leaves a direction open."""
    marked = [message.text]
    for block in message.blocks:
        parts = [block.get("text") or {}, *block.get("elements", ())]
        marked += [part["text"] for part in parts if part.get("type") == "mrkdwn"]
    for text in marked:
        assert not re.search(r"<!(?:channel|here|everyone|subteam)", text), text
        assert "<@U05NOBODY>" not in text
        assert "<@W1>" not in text
        assert "<#C123" not in text
        assert "|click me>" not in text
        for line in text.split("\n"):
            assert depth(line) == 0, line.encode("unicode_escape")


def depth(line: str) -> int:
    """How many isolates a line leaves open; turned directions outside of an isolate count, too."""
    opened = turned = 0
    for sign in line:
        kind = unicodedata.bidirectional(sign)
        if kind in ("LRI", "RLI", "FSI"):
            opened += 1
        elif kind == "PDI":
            assert opened > 0
            opened -= 1
            turned = turned if opened else 0
        elif kind in ("RLO", "LRO", "RLE", "LRE"):
            assert opened > 0
            turned += 1
    return opened


async def test_words_go_through_command_receipt_share_and_answer(
    carter: Person, admin: Person, plan_channel: Channel
) -> None:
    for name, typed in NASTY.items():
        given = message_of(await carter.types(f"/progress A-12 70% at risk note: {typed}", channel=plan_channel))
        note = BY_COMMAND.get(name, typed)
        assert "at risk, 70 %" in given.text, name
        shows(given, note)
        await carter.clicks(given, "Share in channel")
        shared = await admin.sees(with_words("reported:", note), channel=plan_channel)
        shows(shared, note)
        carter.says(carter.dm, "status of A-12")
        shows(await carter.dm.next_message(), note)


async def test_words_go_through_history_and_digest(carter: Person, admin: Person, plan_channel: Channel) -> None:
    for name, typed in NASTY.items():
        await carter.types(f"/progress A-12 70% at risk note: {typed}")
        note = BY_COMMAND.get(name, typed)
        shows(message_of(await admin.types("/progress A-12 history")), note[:600])
        shows_marked(message_of(await admin.types("/digest preview", channel=plan_channel)), note[:100])


async def test_words_go_through_the_form_and_come_back_into_it(carter: Person) -> None:
    for note in NASTY.values():
        form = (await carter.types("/progress A-12")).view
        assert form is not None
        assert (await carter.submits(form, {"Note": note})).closed
        given = await carter.sees(with_words("Kept as a note", note))
        shows(given, note)
        again = (await carter.clicks(given, "Edit")).view
        assert again is not None
        assert note.strip() in [one.get("value") for held in again.values.values() for one in held.values()]
        assert (await carter.submits(again)).closed
        await carter.sees(with_words("replaces what was recorded before", note))


async def test_words_go_through_a_question_about_them(carter: Person) -> None:
    for less, (name, typed) in enumerate(NASTY.items()):
        asked = message_of(await carter.types(f"/progress A-12 {60 - less}% note: {typed}"))
        assert "not saved yet" in asked.text, name
        shows(asked, BY_COMMAND.get(name, typed))
        shows(message_of(await carter.clicks(asked, "Save as it is")), BY_COMMAND.get(name, typed))


async def test_words_that_cannot_be_read_are_shown_as_typed(carter: Person) -> None:
    for name, typed in SHORT.items():
        asked = message_of(await carter.types(f"/progress A-99 {typed}"))
        assert "Nothing was recorded" in asked.text, name
        shows(asked, BY_COMMAND[name] if name == "a mention" else typed)


async def test_words_of_a_measurement_are_shown_as_typed(slack: Workspace) -> None:
    nguyen = slack.member("Nguyen", user_id="U06NGUYEN")
    for name, typed in NASTY.items():
        given = message_of(await nguyen.types(f"/progress prevention-partner-views note: {typed}"))
        shows(given, BY_COMMAND.get(name, typed))
        nguyen.says(nguyen.dm, "how are prevention partner views")
        does_nothing(await nguyen.dm.next_message())
