"""What is said where no single answer was found: small talk, what may be meant, or that the plan does not say."""

from bot.wording.kinds import noun, title
from bot.wording.voice import Passage, Role, Teller, joined
from commands.ask.answer import Answer, Example, Suggestion
from commands.ask.facts import Named
from commands.ask.question import Facet, SmallTalk
from store.plan import Kind

_SMALL_TALK = {
    SmallTalk.GREETING: "Hello! Ask me anything about {plan}.",
    SmallTalk.THANKS: "You're welcome. I am here when you have another question about {plan}.",
    SmallTalk.HELP: (
        "I answer questions about {plan} in your own words: what it says, what belongs to what, who owns an action, "
        "when it is due and how it is going."
    ),
}
_QUESTIONS = {
    Facet.MEANING: "what does “{title}” mean",
    Facet.LIST: "what is under “{title}”",
    Facet.COUNT: "how many are under “{title}”",
    Facet.PARENT: "which priority is “{title}” under",
    Facet.OWNER: "who owns {key}",
    Facet.DUE: "when is {key} due",
    Facet.STATUS: "how is {key} going",
}
_ASKED = {
    Facet.LIST: "what is under it",
    Facet.COUNT: "how many are under it",
    Facet.PARENT: "what it belongs to",
    Facet.PERIOD: "its dates",
    Facet.OWNER: "who owns it",
    Facet.DUE: "when it is due",
    Facet.STATUS: "how it is going",
    Facet.TARGET: "its target",
    Facet.OVERDUE: "what is overdue there",
    Facet.AT_RISK: "what is at risk there",
    Facet.DUE_SOON: "what is due soon there",
    Facet.RECENT: "what is new there",
    Facet.STALE: "what has gone quiet there",
    Facet.COMPLETE: "what is complete there",
    Facet.MINE: "what is yours there",
}


def small_talk_passages(answer: Answer, tell: Teller) -> tuple[Passage, ...]:
    """A short human reply; with what to ask, except after thanks."""
    talk = answer.small_talk or SmallTalk.GREETING
    said = _SMALL_TALK[talk].format(plan=tell.plain(answer.about.title))
    examples = () if talk is SmallTalk.THANKS else examples_lines(answer.examples, tell)
    return (Passage(Role.BODY, (said, *examples)),)


def unknown_passages(answer: Answer, tell: Teller) -> tuple[Passage, ...]:
    """That the plan does not say, what is nearest in it, and what can be asked."""
    plan = tell.plain(answer.about.title)
    lines = [f"Sorry, I find no answer to that in {plan}, and I answer from the plan alone."]
    if answer.nearest:
        near = joined(_part(one, tell) for one in answer.nearest)
        lines.append(f"{'What comes nearest may be' if answer.is_near else 'It has these parts:'} {near}.")
    return (Passage(Role.BODY, (*lines, *examples_lines(answer.examples, tell))),)


def suggest_passages(answer: Answer, tell: Teller) -> tuple[Passage, ...]:
    """What the question may have meant, numbered."""
    asked = _ASKED.get(answer.suggestions[0].facet) if answer.suggestions else None
    lead = f"Did you mean one of these{f' ({asked})' if asked else ''}?"
    lines = [f"{number}. {suggestion_words(one, tell)}" for number, one in enumerate(answer.suggestions, start=1)]
    return (Passage(Role.BODY, (lead,)), Passage(Role.LIST, tuple(lines)))


def suggestion_words(suggestion: Suggestion, tell: Teller) -> str:
    """`Foster Volunteerism (objective under Collaborative Engagement)`."""
    of, under = suggestion.of, suggestion.under
    if of.kind is None:
        return f"{tell.plain(of.title)} ({'the whole plan' if of.key == 'plan' else 'section of the plan'})"
    place = f" under {tell.plain(under.title, 60)}" if under else ""
    return f"{tell.plain(title(of))} ({noun(of.kind)}{place})"


def _part(of: Named, tell: Teller) -> str:
    return of.key if of.kind in (None, Kind.VISION, Kind.MISSION) else tell.plain(of.title)


def examples_lines(examples: tuple[Example, ...], tell: Teller) -> tuple[str, ...]:
    """`Try: ...` with a question a line; nothing without examples."""
    return ("You could ask:", *(f"• {question(one, tell)}" for one in examples)) if examples else ()


def question(example: Example, tell: Teller) -> str:
    """A question that this plan answers, in a member's words."""
    of = example.of
    if of.kind is Kind.ACTION and example.facet is Facet.MEANING:
        return f"what is {tell.plain(of.key)} about"
    words = _QUESTIONS.get(example.facet, _QUESTIONS[Facet.MEANING])
    return words.format(title=tell.plain(of.title), key=tell.plain(of.key))
