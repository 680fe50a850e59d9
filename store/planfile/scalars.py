"""What YAML takes a single value for: text, a number, yes or no, a day, nothing."""

import math
import re
from enum import Enum, auto

TAG = "tag:yaml.org,2002:"


class Form(Enum):
    """What a value that is written in a file is."""

    TEXT = auto()
    QUOTED = auto()
    """Text in quotes, or in a block; it cannot be meant as anything else."""
    WHOLE = auto()
    DECIMAL = auto()
    TRUTH = auto()
    NOTHING = auto()
    UNKNOWN = auto()
    """What could not be read and has been reported."""


_TRUE = frozenset({"yes", "true", "on"})
_TRUTHS = _TRUE | {"no", "false", "off"}
_NOTHINGS = frozenset({"", "~", "null"})
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,29})")
_NUMBERISH = re.compile(r"[-+]?(\.?[0-9][0-9_.:]*([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+)")
_DECIMAL = re.compile(r"[-+]?[0-9]{1,30}\.[0-9]{0,30}([eE][-+][0-9]{1,3})?")


def form_of(text: str, tag: str, *, quoted: bool) -> Form | None:
    """What a scalar with that resolved tag is, None for a tag that a plan file has no use for.

    Only numbers that everybody reads alike are numbers: YAML 1.1 takes `010` for 8, `1_000` for 1000 and `12:30` for
    750, YAML 1.2 does not. Here, such are text, and text is refused where a number is meant. So are infinities and
    what is not a number. A day is text until a field says that a day is meant.
    """
    match tag.removeprefix(TAG):
        case "str":
            return Form.QUOTED if quoted else Form.TEXT
        case "timestamp" | "value" | "merge":
            return Form.TEXT
        case "bool":
            return Form.TRUTH if text.lower() in _TRUTHS else Form.TEXT
        case "null":
            return Form.NOTHING if text.lower() in _NOTHINGS else Form.TEXT
        case "int":
            return Form.WHOLE if _WHOLE.fullmatch(text) else Form.TEXT
        case "float":
            return Form.DECIMAL if _DECIMAL.fullmatch(text) and math.isfinite(float(text)) else Form.TEXT
    return None


def value_of(text: str, form: Form) -> str | int | float | bool | None:
    """The value that a scalar in that form stands for."""
    match form:
        case Form.WHOLE:
            return int(text)
        case Form.DECIMAL:
            return float(text)
        case Form.TRUTH:
            return text.lower() in _TRUE
        case Form.NOTHING | Form.UNKNOWN:
            return None
    return text


def looks_like_number(text: str) -> bool:
    """Whether some reader of YAML may take the text for a number without quotes: 1e5 and 0o17 are, to YAML 1.2."""
    return bool(_NUMBERISH.fullmatch(text))
