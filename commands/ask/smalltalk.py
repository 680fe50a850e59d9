"""What people say to a bot that asks for nothing in the plan."""

from collections.abc import Sequence

from commands.ask.normalise import Word
from commands.ask.question import SmallTalk

_THANKS = frozenset(("thanks", "thank", "thankyou", "appreciated", "appreciate", "merci", "gracias", "cheers"))
_GREETINGS = frozenset(
    (
        *("hi", "hello", "hey", "hiya", "howdy", "yo", "greetings", "gm", "morning", "afternoon", "evening"),
        *("goodmorning", "goodnight", "bonjour", "hola", "sup", "welcome", "gn", "bye", "goodbye"),
    )
)
_HELP = frozenset(
    (
        *("help", "help me", "help please", "i need help", "can you help", "can you help me", "instructions", "usage"),
        *("what can you do", "what do you do", "who are you", "what are you", "how do you work", "commands", "options"),
        *("how does this work", "what can i ask", "what can i ask you", "what can you help with", "what should i ask"),
        *("how do i use you", "how do i use this", "how do i use this bot", "what is this bot", "what is this", "menu"),
        *("what can this bot do", "what questions can i ask", "how can you help", "how can you help me"),
        *("are you a bot", "are you human"),
    )
)
_AROUND = frozenset(
    (
        *("good", "day", "night", "everyone", "everybody", "all", "team", "folks", "people", "guys", "there", "bot"),
        *(
            "planbot",
            "a",
            "lot",
            "so",
            "very",
            "much",
            "you",
            "for",
            "your",
            "the",
            "help",
            "and",
            "again",
            "to",
            "have",
        ),
        *(
            "nice",
            "great",
            "weekend",
            "really",
            "many",
            "oh",
            "ok",
            "okay",
            "that",
            "was",
            "is",
            "kind",
            "of",
            "friend",
        ),
    )
)
"""Words that greetings and thanks are made of besides."""
_LONGEST = 7
"""Words of a greeting or of thanks; what is longer has something else to say."""


def is_only_small_talk(words: Sequence[Word]) -> bool:
    """Whether the words are a greeting or thanks and nothing else, so that no entry may be read into them."""
    said = {word.text for word in words}
    return bool(said & (_THANKS | _GREETINGS)) and said <= _THANKS | _GREETINGS | _AROUND


def small_talk(words: Sequence[Word]) -> SmallTalk | None:
    """What kind of small talk the words are, None if they are none."""
    said = [word.text for word in words]
    while said and said[0] in _GREETINGS | {"good", "there", "bot", "planbot"} and len(said) > 1:
        said = said[1:]
    if " ".join(said) in _HELP:
        return SmallTalk.HELP
    texts = [word.text for word in words]
    if len(texts) > _LONGEST:
        return None
    if any(text in _THANKS for text in texts):
        return SmallTalk.THANKS
    if texts and texts[0] in _GREETINGS | {"good"} and any(text in _GREETINGS for text in texts):
        return SmallTalk.GREETING
    return None
