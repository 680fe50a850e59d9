"""The fields of a form, each within Slack's limits (docs.slack.dev, reference, block elements)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.blocks.message import Block, plain_text, within

OPTION = 75
"""The characters of an option's text."""
MOST_OPTIONS = 100
"""The options of a menu, and of a group in one."""
MOST_BOXES = 10
"""The boxes of one field of checkboxes."""
PLACEHOLDER = 150
_JOINERS = "\u200d\ufe0e\ufe0f"
"""What joins a sign to the next one, which a cut leaves hanging."""


@dataclass(frozen=True, slots=True)
class Field:
    """What every field has."""

    id: str
    """Its `block_id`; what stands before the first colon is its name."""
    label: str
    hint: str = ""
    is_needed: bool = False

    @property
    def name(self) -> str:
        """The name by which it is read."""
        return self.id.partition(":")[0]


def text_field(field: Field, *, placeholder: str, most: int, is_long: bool = False, has: str = "") -> Block:
    """Words, at most `most` characters of them."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": field.name,
        "multiline": is_long,
        "max_length": most,
        "placeholder": plain_text(within(placeholder, PLACEHOLDER)),
    }
    return _field(field, element | ({"initial_value": has} if has else {}))


def day_field(field: Field, has: date | None = None) -> Block:
    """A day."""
    element: Block = {"type": "datepicker", "action_id": field.name}
    return _field(field, element | ({"initial_date": has.isoformat()} if has else {}))


def person_field(field: Field, *, placeholder: str, has: str = "") -> Block:
    """A member of the workspace, by user id."""
    element: Block = {"type": "users_select", "action_id": field.name, "placeholder": plain_text(placeholder)}
    return _field(field, element | ({"initial_user": has} if has else {}))


def menu_field(field: Field, options: Sequence[Block], initial: str) -> Block:
    """One of some options; the one with the value `initial` is chosen."""
    chosen = next(one for one in options if one["value"] == initial)
    element = {
        "type": "static_select",
        "action_id": field.name,
        "options": list(options),
        "initial_option": chosen,
    }
    return _field(field, element)


def groups_field(field: Field, groups: Sequence[tuple[str, Sequence[Block]]], initial: str) -> Block:
    """One of some options in groups; the one with the value `initial` is chosen, if it is among them."""
    chosen = next((one for _, options in groups for one in options if one["value"] == initial), None)
    element: Block = {"type": "static_select", "action_id": field.name, "option_groups": option_groups(groups)}
    return _field(field, element | ({"initial_option": chosen} if chosen else {}))


def option_groups(groups: Sequence[tuple[str, Sequence[Block]]]) -> list[Block]:
    """Options under labels; a group without any is left out."""
    return [{"label": plain_text(cut(label)), "options": list(options)} for label, options in groups if options]


def sought_field(field: Field, action_id: str, *, placeholder: str, has: Block | None = None) -> Block:
    """One of options that are asked for by `action_id` while somebody types."""
    element: Block = {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": 0,
        "placeholder": plain_text(within(placeholder, PLACEHOLDER)),
    }
    return _field(field, element | ({"initial_option": has} if has else {}))


def time_field(field: Field, has: str = "") -> Block:
    """A time of day, as `09:30`."""
    element: Block = {"type": "timepicker", "action_id": field.name}
    return _field(field, element | ({"initial_time": has} if has else {}))


def channel_field(field: Field, *, placeholder: str) -> Block:
    """A channel, public or private, of those that the person sees."""
    element: Block = {
        "type": "conversations_select",
        "action_id": field.name,
        "placeholder": plain_text(within(placeholder, PLACEHOLDER)),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
    }
    return _field(field, element)


def boxes_fields(field: Field, options: Sequence[Block], ticked: Iterable[str]) -> tuple[Block, ...]:
    """Boxes to tick, as many fields as it takes; those with a value among `ticked` are."""
    wanted = frozenset(ticked)
    fields = []
    for at in range(0, len(options), MOST_BOXES):
        part = list(options[at : at + MOST_BOXES])
        initial = [one for one in part if one["value"] in wanted]
        element: Block = {"type": "checkboxes", "action_id": field.name, "options": part}
        element |= {"initial_options": initial} if initial else {}
        label = f"{field.label} {at + 1} to {at + len(part)}" if len(options) > MOST_BOXES else field.label
        fields.append(_field(Field(f"{field.id}:{at}", label, field.hint), element))
    return tuple(fields)


def choosing_field(field: Field, action_id: str, element: Block) -> Block:
    """A menu whose choice is told at once."""
    return _field(field, {**element, "action_id": action_id}) | {"dispatch_action": True}


def option(text: str, value: str, description: str = "") -> Block:
    """An option of a menu, or a box, with more words under it."""
    chosen: Block = {"text": plain_text(cut(text)), "value": value}
    return chosen | ({"description": plain_text(cut(description))} if description else {})


def box(text: str, value: str) -> Block:
    """A box whose text goes on under it where it is too long."""
    shown = cut(text)
    rest = " ".join(text.split())[len(shown) - 1 :] if shown.endswith("…") else ""
    return option(shown, value, f"…{rest.strip()}" if rest.strip() else "")


def cut(text: str, most: int = OPTION) -> str:
    """The text on one line, cut between two words and ended by … where it is too long.

    Counted as Slack's clients count, in UTF-16: an emoji is two characters or more.
    """
    line = " ".join(text.split())
    if _size(line) <= most:
        return line
    kept = line[:most]
    while _size(kept) > most - 1:
        kept = kept[:-1]
    at_word = kept.rpartition(" ")[0]
    kept = at_word if len(at_word) > most // 2 else kept
    return kept.rstrip(f"{_JOINERS} ") + "…"


def _size(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _field(field: Field, element: Block) -> Block:
    block: Block = {
        "type": "input",
        "block_id": field.id,
        "optional": not field.is_needed,
        "label": plain_text(field.label),
        "element": element,
    }
    return block | ({"hint": plain_text(field.hint)} if field.hint else {})
