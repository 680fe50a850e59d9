"""Time zones as people name them: by their IANA name, by a city, by what the clock there is called."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

_CITIES_OF_CANADA = """
Calgary Dawson Dawson_Creek Edmonton Fort_Nelson Glace_Bay Goose_Bay Halifax Inuvik Iqaluit Moncton Montreal
Rankin_Inlet Regina Resolute St_Johns Swift_Current Toronto Vancouver Whitehorse Winnipeg Yellowknife
"""
_CANADIAN = frozenset(f"America/{city}" for city in _CITIES_OF_CANADA.split())
_AMERICAN = {
    "eastern": ("et est edt", "America/New_York", "America/Toronto"),
    "central": ("ct cst cdt", "America/Chicago", "America/Winnipeg"),
    "mountain": ("mt mst mdt", "America/Denver", "America/Edmonton"),
    "pacific": ("pt pst pdt", "America/Los_Angeles", "America/Vancouver"),
    "atlantic": ("ast adt", "America/Halifax", "America/Halifax"),
    "newfoundland": ("nst ndt", "America/St_Johns", "America/St_Johns"),
}
"""By what a clock of North America is called: its abbreviations, a city of the USA that has it, and one of Canada."""
_BY_AMERICAN = {name: clock for clock, (short, _, _) in _AMERICAN.items() for name in (clock, *short.split())}
_ELSEWHERE = {
    "utc": "UTC",
    "gmt": "UTC",
    "akst": "America/Anchorage",
    "akdt": "America/Anchorage",
    "hst": "Pacific/Honolulu",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "eet": "Europe/Helsinki",
    "eest": "Europe/Helsinki",
    "msk": "Europe/Moscow",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "hkt": "Asia/Hong_Kong",
    "sgt": "Asia/Singapore",
    "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "sast": "Africa/Johannesburg",
}
_UNCLEAR = frozenset({"ist", "bst", "aest", "aedt", "acst", "acdt"})
"""Abbreviations that stand for clocks that differ: of India, Ireland and Israel; of Sydney and Brisbane."""
SHORT = frozenset({"et", "ct", "mt", "pt"})
"""So short that they are other words, too."""
CALLED = frozenset({*_BY_AMERICAN, *_ELSEWHERE, *_UNCLEAR})
"""What clocks are called, in lower case."""
_FAR = ("Asia/", "Australia/", "Pacific/", "Indian/")
_REGIONS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})

_EVERYDAY = """
acre center central easter east general jersey midway nome north reunion south troll wake west
"""
_WORDS = frozenset(_EVERYDAY.split())

"""Cities and islands that are everyday words."""
_NEAR = 80


def zone_called(name: str, home: str) -> str | None:
    """The IANA name for what a clock is called (one of `CALLED`); None where different clocks are called that.

    `home` is the plan's zone: where its own clock is called so, that is meant.
    """
    called = name.casefold()
    clock = _BY_AMERICAN.get(called)
    at_home = _names_at(home)
    if called in at_home or (clock and at_home & {one for one, of in _BY_AMERICAN.items() if of == clock}):
        return home
    if clock is None:
        return _ELSEWHERE.get(called)
    if home.startswith(_FAR):
        return None
    _, american, canadian = _AMERICAN[clock]
    return canadian if home in _CANADIAN else american


def zone_with(name: str) -> str | None:
    """The zone with that IANA name, in any case of letters."""
    return _by_name().get(name.casefold())


def zone_of_city(name: str) -> str | None:
    """The zone that is named after a city."""
    return _by_city().get(" ".join(name.casefold().split()))


def known_zones() -> tuple[str, ...]:
    """The zones that are named after a place, in order of the alphabet, and UTC."""
    return tuple(zone for zone in _by_name().values() if zone == "UTC" or zone.partition("/")[0] in _REGIONS)


def zones_on(clock: str, among: Iterable[str]) -> tuple[str, ...]:
    """Of some zones, those whose clock is called so in winter or in summer, such as `ist`."""
    return tuple(zone for zone in among if clock.casefold() in _names_at(zone))


def likely_zone(name: str) -> str | None:
    """The IANA name most like a misspelt one."""
    found = process.extractOne(name.casefold(), list(_by_name()), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return _by_name()[found[0]] if found else None


def city_pattern() -> re.Pattern[str]:
    """Finds a city that names a zone."""
    return _city_pattern()


def _names_at(zone: str) -> set[str]:
    """What the clock is called there in winter and in summer."""
    year = datetime.now(UTC).year
    return {(datetime(year, month, 1, tzinfo=ZoneInfo(zone)).tzname() or "").casefold() for month in (1, 7)}


@cache
def _by_name() -> dict[str, str]:
    return {zone.casefold(): zone for zone in sorted(available_timezones())}


@cache
def _by_city() -> dict[str, str]:
    found: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        region, _, rest = zone.partition("/")
        city = rest.rpartition("/")[2].replace("_", " ").casefold()
        if region in _REGIONS and len(city) > 3 and city not in _WORDS and city.replace(" ", "").isalpha():
            found.setdefault(city, zone)
    return found


@cache
def _city_pattern() -> re.Pattern[str]:
    cities = sorted(_by_city(), key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, cities))})(?![\w/-])")
