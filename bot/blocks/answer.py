"""An answer as a message: the same facts as its text, laid out for a phone."""

from collections.abc import Callable, Iterable

from bot.blocks.message import (
    MOST_BLOCKS,
    SECTION,
    TEXT,
    VALUE,
    Block,
    Message,
    actions,
    button,
    context,
    escaped,
    header,
    parts,
    quote,
    sections,
    within,
    within_marked,
)
from bot.blocks.voice import mention, slack_voice
from bot.wording.answer import answer_passages, passages_text
from bot.wording.nothing_found import suggestion_words
from bot.wording.voice import Passage, Role, Teller, plain_voice
from commands.ask.answer import Answer, Suggestion

SUGGESTION = "ask:suggestion"
QUOTED = 14
"""Somebody's words fill at most this many sections, which is more than a message that a person can send."""


def answer_message(answer: Answer, *, person: Callable[[str], str] = mention) -> Message:
    """The answer with its suggestions as buttons.

    `person` turns an owner's Slack user id or e-mail address into mrkdwn; without it a user is mentioned. A button's
    action is `ask:suggestion:N`; see `choice` for its value.
    """
    passages = answer_passages(answer, Teller(slack_voice(answer.today, person)))
    blocks = [block for run in _runs(passages) for block in _blocks(run)]
    buttons = _buttons(answer) if answer.suggestions else ()
    foot = blocks.pop() if passages[-1].role is Role.FOOT else None
    kept = blocks[: MOST_BLOCKS - len(buttons) - 1]
    text = within_marked(passages_text(passages, unescaped=escaped), TEXT)
    return Message(text, (*kept, *buttons, *((foot,) if foot else ())))


def choice(suggestion: Suggestion, words: str) -> str:
    """What a suggestion's button holds: the subject, the facet and what was asked, with bars between them."""
    return within(f"{suggestion.of.key}|{suggestion.facet.value}|{words}", VALUE)


def _runs(passages: Iterable[Passage]) -> Iterable[tuple[Role, list[str]]]:
    """Passages with those that make one paragraph put together."""
    run: tuple[Role, list[str]] | None = None
    for passage in passages:
        role = Role.BODY if passage.role is Role.LIST else passage.role
        if run and run[0] is role is Role.BODY:
            run[1].extend(passage.lines)
            continue
        if run:
            yield run
        run = (role, list(passage.lines))
    if run:
        yield run


def _blocks(run: tuple[Role, list[str]]) -> tuple[Block, ...]:
    role, lines = run
    match role:
        case Role.TITLE:
            return (header(" ".join(lines)),)
        case Role.QUOTE:
            said = list(parts("\n".join(lines), SECTION))
            left = sum(map(len, said[QUOTED:]))
            cut = (context(f"Cut here: {left:,} more characters, which the entry's history has."),) if left else ()
            return (*map(quote, said[:QUOTED]), *cut)
        case Role.FOOT:
            return (context(*lines),)
        case _:
            return sections(lines)


def _buttons(answer: Answer) -> tuple[Block, ...]:
    tell = Teller(plain_voice(answer.today))
    row = [
        button(f"{number}. {suggestion_words(one, tell)}", f"{SUGGESTION}:{number}", choice(one, answer.question))
        for number, one in enumerate(answer.suggestions, start=1)
    ]
    return (actions(*row),)
