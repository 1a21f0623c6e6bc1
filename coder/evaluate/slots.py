"""When a coded value is right: actors, dates, places and numbers compared with gold."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

import pycountry

from coder.evaluate.gold import GoldEvent, split_actors

# Codes for the same thing: the manual's own names of two organisations.
_SAME_ORGANISATION = {"IGOEEC": "IGOEUR", "IGOOAU": "IGOAUU"}
# Finer roles that gold folds into one.
_FOLDED_ROLES = {"INS": "REB", "SEP": "REB"}
_STATE_ROLES = ("MIL", "GOV")
# A territory whose state is tolerated in its place.
_TOLERATED_STATE = {"NCL": "FRA"}


def normal_actor(code: str | None) -> str | None:
    """An actor code in gold's terms: INS and SEP are REB, organisations have one name.

    >>> normal_actor("SYRINS")
    'SYRREB'
    """
    if not code:
        return None
    code = _SAME_ORGANISATION.get(code, code)
    country, role = code[:3], code[3:6]
    return f"{country}{_FOLDED_ROLES.get(role, role)}{code[6:]}" if role else code


def same_actor(gold: str | None, coded: str | None) -> bool:
    """Equal codes after folding. `coded` may name several, joined with `;`."""
    return any(normal_actor(gold) == normal_actor(part) for part in _parts(coded))


def lenient_actor(gold: str | None, coded: str | None) -> bool:
    """As `same_actor`, and a state's MIL or GOV is right for the bare country, or the reverse.

    >>> lenient_actor("USA", "USAMIL"), lenient_actor("USAGOV", "USAMIL")
    (True, False)
    """
    if same_actor(gold, coded):
        return True
    wanted = normal_actor(gold)
    return any(_lenient(wanted, normal_actor(part)) for part in _parts(coded))


def _parts(coded: str | None) -> tuple[str | None, ...]:
    return split_actors(coded) or (None,)


def _lenient(gold: str | None, coded: str | None) -> bool:
    if not gold or not coded:
        return False
    if _TOLERATED_STATE.get(gold[:3]) == coded[:3]:
        gold = coded[:3] + gold[3:]
    short, long = sorted((gold, coded), key=len)
    return short == long or (len(short) == 3 and long[:3] == short and long[3:] in _STATE_ROLES)


@lru_cache(maxsize=4096)
def country_of(code: str | None) -> str | None:
    """The country that an actor code begins with, or None (IGOUNO, REB).

    >>> country_of("IRQREB"), country_of("IGOUNO")
    ('IRQ', None)
    """
    head = (code or "")[:3]
    return head if len(head) == 3 and pycountry.countries.get(alpha_3=head) else None


def same_date(gold: GoldEvent, coded: str | None) -> bool:
    """Equal to gold's date at gold's precision, or within the days it tolerates."""
    if not gold.date or not coded:
        return False
    wanted, found = _day(gold.date), _day(coded)
    if wanted is None or found is None:
        return False
    if abs((wanted - found).days) <= gold.date_tolerance:
        return True
    if gold.date_precision == "week":
        return wanted.isocalendar()[:2] == found.isocalendar()[:2]
    if gold.date_precision == "month":
        return (wanted.year, wanted.month) == (found.year, found.month)
    return gold.date_precision == "year" and wanted.year == found.year


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def same_country(gold: str | None, coded: str | None) -> bool:
    """Whether the coded country is (one of) gold's."""
    return coded is not None and coded in split_actors(gold)


def same_name(gold: str | None, coded: str | None) -> bool:
    """Equal names of a place, whatever their case, accents and punctuation.

    >>> same_name("Al-Ḥudaydah", "al Hudaydah")
    True
    """
    return bool(gold and coded) and _plain(gold or "") == _plain(coded or "")


def lenient_name(gold: str | None, coded: str | None) -> bool:
    """As `same_name`, or one name holds the other ("Sanaa", "Sanaa province")."""
    if not gold or not coded:
        return False
    one, other = f" {_plain(gold)} ", f" {_plain(coded)} "
    return one in other or other in one


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    words = re.findall(r"\w+", bare.replace("'", "").replace("’", ""))
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)
