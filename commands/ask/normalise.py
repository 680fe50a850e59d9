"""From what somebody typed to words that can be compared: chat markup off, short forms written out, endings cut.

The same is done to a plan's wording, the vocabulary and a question, so that all three meet in one form.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

MAX_QUESTION = 600
"""Characters of a question that are read; the rest of a longer one is left out."""

_MARKUP = re.compile(r"<[@#!][^>]*>|<(?:https?|mailto)[^>]*>|https?://\S+|:[a-z0-9_+-]*[a-z_+][a-z0-9_+-]*:")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´", "'"))
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_CLAUSE_END = re.compile(r"[.?!;:,\n]+(?=\s|$)|\.{2,}|\s[-–—]\s|[()]")
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_COMPOUND = re.compile(r"\bwell[ -]being\b")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text."""

    text: str
    """As typed, in lower case, with a short form written out."""
    stem: str
    """Without the endings of number and tense."""
    clause: int = 0
    """Which sentence or clause of the text it stands in, from 0."""


def clean(text: str) -> str:
    """`text` in lower case without mentions, links, emoji names and accents; never longer than `MAX_QUESTION`."""
    plain = html.unescape(text[: MAX_QUESTION * 2]).translate(_APOSTROPHES).lower()
    plain = _MARKUP.sub(" ", plain)
    folded = unicodedata.normalize("NFKD", plain)
    folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    folded = _INITIALS.sub(lambda found: found.group().replace(".", "") + " ", folded)
    folded = _COMPOUND.sub("wellbeing", folded)
    return _THOUSANDS.sub("", folded).replace("&", " and ")[:MAX_QUESTION]


def words_of(text: str, short_forms: Mapping[str, str] | None = None) -> tuple[Word, ...]:
    """The words of `text` in order, each of `short_forms` written out."""
    found: list[Word] = []
    for number, clause in enumerate(_CLAUSE_END.split(clean(text))):
        for typed in _WORD.findall(clause):
            written = (short_forms or {}).get(typed) or (short_forms or {}).get(typed.replace("'", ""))
            for word in (written or _without_possessive(typed)).split():
                found.append(Word(word, stem(word), number))
    return tuple(found)


def _without_possessive(word: str) -> str:
    return word.removesuffix("'s").replace("'", "")


_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}
_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "wives": "wife", "lives": "life",
    "knives": "knife", "thieves": "thief", "police": "police", "policy": "policy", "policies": "policy",
    "news": "news", "process": "process", "business": "business", "businesses": "business", "access": "access",
    "analysis": "analysis", "analyses": "analysis", "bus": "bus", "buses": "bus", "crisis": "crisis",
    "crises": "crisis", "during": "during", "nothing": "nothing", "something": "something", "anything": "anything",
    "everything": "everything", "building": "building", "buildings": "building", "housing": "housing",
    "funding": "funding", "training": "train", "trained": "train", "being": "being", "wellbeing": "wellbeing",
    "morning": "morning", "evening": "evening", "need": "need", "needed": "need", "seed": "seed", "speed": "speed",
    "speeding": "speed", "bleed": "bleed", "feed": "feed", "red": "red", "bed": "bed", "hundred": "hundred",
    "kept": "keep", "left": "left", "lost": "lose", "built": "build", "made": "make", "bought": "buy",
    "sold": "sell", "hurt": "hurt", "said": "say", "told": "tell", "spent": "spend", "done": "done", "gone": "go",
    "went": "go", "taken": "take", "took": "take", "given": "give", "gave": "give", "ran": "run", "met": "meet",
    "stolen": "steal", "stole": "steal", "hired": "hire", "hiring": "hire", "heard": "hear", "taught": "teach",
    "sick": "sick", "thing": "thing", "things": "thing", "king": "king", "ring": "ring", "spring": "spring",
    "string": "string", "bring": "bring", "sing": "sing", "wing": "wing", "young": "young", "less": "less",
    "series": "series", "species": "species", "this": "this", "us": "us", "as": "as", "is": "is", "was": "was",
    "has": "has", "does": "does", "plus": "plus", "virus": "virus", "status": "status", "campus": "campus",
    "focus": "focus", "bias": "bias", "gas": "gas", "census": "census", "consensus": "consensus", "lens": "lens",
    "theme": "theme", "themes": "theme", "plane": "plane", "planes": "plane", "stage": "stage", "stages": "stage",
    "scare": "scare", "scared": "scare", "scary": "scare", "stare": "stare", "gripe": "gripe", "spare": "spare",
    "store": "store", "stores": "store", "scrape": "scrape", "stripe": "stripe",
    "used": "use", "using": "use", "uses": "use", "loose": "loose", "whose": "whose", "these": "these",
    "those": "those", "where": "where", "there": "there", "please": "please", "else": "else", "always": "always", "perhaps": "perhaps", "bonus": "bonus", "better": "better", "shed": "shed",
}  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """`word` without the endings of number and tense: `policies`, `policy`; `patrolling`, `patrol`."""
    if word in _NUMBERS:
        return _NUMBERS[word]
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word[0].isdigit():
        return word
    return _bare(_without_tense(_without_plural(word)))


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_SHORT_WITHOUT_E = re.compile(r"^[^aeiou]{1,2}[aeiou][^aeiouwxy]$")


def _without_tense(word: str) -> str:
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= 3 and _VOWEL.search(left):
            if _DOUBLED.search(left):
                return _DOUBLED.sub(r"\1", left)
            return left + "e" if _SHORT_WITHOUT_E.match(left) and len(left) == 3 else left
    return word


def _bare(word: str) -> str:
    """Without the last e of a longer word: of a short one it would leave another word, `car` of `care`."""
    if len(word) > 4 and word.endswith("e"):
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


_ENDINGS = (
    "ization", "isation", "iveness", "fulness", "ousness", "ability", "ibility", "ational", "ation", "ition",
    "ement", "ment", "ness", "ance", "anc", "ence", "enc", "ship", "ward", "wis", "hood",
    "iti", "ism", "ist", "ivi", "iv", "ion", "ou", "ous", "ful", "abl", "ibl", "ant", "ent", "ical", "ial", "al",
    "ic", "eer", "ier", "er", "or", "li", "iz", "is", "ifi", "at", "ur", "ari", "ori", "i",
)  # fmt: skip
_ROOTS = {
    "communiti": "community", "communal": "community", "communic": "communicate", "communicat": "communicate",
    "communication": "communicate", "general": "general", "generation": "generation", "generat": "generate",
    "universiti": "university", "universal": "universal", "public": "public", "publication": "publish",
    "publish": "publish", "import": "import", "important": "important", "organ": "organ", "parti": "party",
    "partner": "partner", "person": "person", "personal": "personal", "personnel": "personnel", "number": "number",
    "member": "member", "membership": "member", "matter": "matter", "letter": "letter", "power": "power",
    "station": "station", "nation": "nation", "national": "nation", "international": "international",
    "statement": "state", "department": "department", "apartment": "apartment", "environment": "environment",
    "environmental": "environment", "government": "government", "governanc": "govern", "officer": "officer",
    "office": "office", "official": "official", "minister": "minister", "master": "master", "hospital": "hospital",
    "hospitaliti": "hospitality", "capital": "capital", "capit": "capital", "medical": "medical", "media": "media",
    "critical": "critical", "criticiz": "criticize", "property": "property", "properti": "property",
    "proper": "proper", "custom": "custom", "customer": "customer", "corner": "corner", "summer": "summer",
    "winter": "winter", "water": "water", "computer": "computer", "ration": "ration", "rational": "rational",
    "sens": "sense", "sensitiv": "sensitive", "sensitiviti": "sensitive", "resident": "resident",
    "residential": "resident", "president": "president", "student": "student", "studi": "study",
    "accident": "accident", "incident": "incident", "patient": "patient", "patienc": "patience",
    "equiti": "equity", "equitabl": "equity", "equalit": "equal", "equaliti": "equal", "charact": "character",
    "character": "character", "charit": "charity", "chariti": "charity", "librari": "library",
    "librarian": "library", "liber": "liberal", "centr": "center", "center": "center", "central": "central",
    "regular": "regular", "regulat": "regulate", "regulation": "regulate", "moment": "moment", "element": "element",
    "elementari": "elementary", "document": "document", "mental": "mental", "mentor": "mentor", "rental": "rent",
    "parent": "parent", "parental": "parent", "content": "content", "accountabl": "accountable",
    "accountabiliti": "accountable", "account": "account", "transit": "transit", "transition": "transition",
    "position": "position", "posit": "positive", "positiv": "positive", "condition": "condition", "edition": "edition",
    "tradition": "tradition", "nutrition": "nutrition", "vision": "vision", "visit": "visit", "visibl": "visible",
    "visibiliti": "visible", "mission": "mission", "version": "version", "session": "session",
    "commission": "commission", "commit": "commit", "committee": "committee", "commitment": "commit",
    "engin": "engine", "engineer": "engineer", "employer": "employ", "employe": "employ", "employment": "employ",
    "unemployment": "unemployment", "paper": "paper", "order": "order", "border": "border", "gender": "gender",
    "senior": "senior", "junior": "junior", "major": "major", "minor": "minor", "minoriti": "minority",
    "majoriti": "majority", "prior": "prior", "prioriti": "priority", "prioritiz": "priority", "color": "color",
    "labor": "labor", "harbor": "harbor", "favor": "favor", "honor": "honor", "doctor": "doctor", "motor": "motor",
    "factor": "factor", "sector": "sector", "animal": "animal", "festival": "festival", "arrival": "arrive",
    "virtual": "virtual", "virtu": "virtue", "actual": "actual", "actuali": "actual", "final": "final",
    "financ": "finance", "financial": "finance", "fiscal": "fiscal", "physical": "physical", "physic": "physics",
    "logic": "logic", "topic": "topic", "traffic": "traffic", "music": "music", "clinic": "clinic",
    "clinical": "clinic", "academi": "academy", "academic": "academic", "economi": "economy", "economic": "economy",
    "ethic": "ethic", "ethical": "ethic", "ethnic": "ethnic", "fair": "fair", "fairness": "fair", "serv": "serve",
    "servic": "service", "server": "server", "servant": "servant", "train": "train", "trainer": "train",
    "trainee": "train", "constabl": "constable", "activ": "active", "activiti": "activity", "activist": "activist",
    "activat": "activate", "action": "action", "act": "act", "actor": "actor", "reaction": "reaction",
    "cultur": "culture", "cultural": "culture", "agricultur": "agriculture", "natur": "nature", "natural": "nature",
    "futur": "future", "structur": "structure", "infrastructur": "infrastructure", "manager": "manage",
    "management": "manage", "real": "real", "realiti": "reality", "realiz": "realize", "ideal": "ideal",
    "deliver": "deliver", "deliveri": "deliver", "discover": "discover", "discoveri": "discover",
    "recover": "recover", "recoveri": "recover", "consider": "consider", "later": "later", "lateral": "lateral",
    "literat": "literate", "literaci": "literacy", "literal": "literal", "literatur": "literature",
    "privat": "private", "privaci": "privacy", "democrac": "democracy", "evalu": "evaluate", "valuat": "valuate",
    "valu": "value", "valuabl": "valuable", "ward": "ward", "forward": "forward", "toward": "toward",
    "reward": "reward", "award": "award", "relation": "relation", "relationship": "relation", "relat": "relate",
    "relativ": "relative", "operat": "operate", "operation": "operate", "operational": "operate",
    "scholarship": "scholarship", "leadership": "lead", "leader": "lead", "partnership": "partner",
    "friendship": "friend", "ownership": "own", "owner": "own", "dealer": "dealer", "finger": "finger",
    "cover": "cover", "volunteer": "volunteer", "voluntari": "volunteer", "volunteerism": "volunteer",
    "volunterism": "volunteer", "digital": "digital", "digitiz": "digital", "digitaliz": "digital",
    "modern": "modern", "moderniz": "modern", "modernis": "modern", "modernization": "modern",
    "modernisation": "modern", "safeti": "safe", "saf": "safe", "secur": "secure", "securiti": "secure",
    "inclusiv": "include", "inclusiviti": "include", "inclusion": "include", "includ": "include",
    "divers": "diverse", "diversiti": "diverse", "diversifi": "diverse", "integriti": "integrity",
    "integrat": "integrate", "integration": "integrate", "respons": "response", "responsibl": "responsible",
    "responsibiliti": "responsible", "respond": "respond", "responsiv": "responsive",
}  # fmt: skip


@lru_cache(maxsize=65536)
def root(stemmed: str) -> str:
    """What words of one family share: `collaborate`, `collaboration` and `collaborative` have one root."""
    if stemmed in _ROOTS:
        return _ROOTS[stemmed]
    for _ in range(2):
        for ending in _ENDINGS:
            left = stemmed.removesuffix(ending)
            if left != stemmed and len(left) >= 4 and _VOWEL.search(left):
                stemmed = _ROOTS.get(left, left)
                break
        else:
            break
    return stemmed


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of `text`."""
    return tuple(word.stem for word in words_of(text))


def letters(text: Iterable[str]) -> str:
    """Letters and digits of `text` in lower case: how keys are compared."""
    return "".join(one for one in "".join(text).casefold() if one.isalnum())
