"""What codes and ids are called: types, countries and the shapes of the map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import pycountry

from coder.codebook.model import EventType

_SHORT = {
    "COD": "DR Congo",
    "PSE": "Palestine",
    "PRK": "North Korea",
    "KOR": "South Korea",
    "XKX": "Kosovo",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Labels of event types, and of rules in plain words, as far as codebooks are at hand."""

    types: Mapping[str, EventType] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    def type_label(self, name: str) -> str:
        """The label of a type, else its name.

        >>> Names().type_label("assault.clash")
        'assault.clash'
        """
        known = self.types.get(name)
        return known.label if known else name


@cache
def country_name(alpha_3: str) -> str:
    """The usual English name of an ISO 3166-1 alpha-3 code, else the code.

    >>> country_name("BOL"), country_name("XKX"), country_name("ZZZ")
    ('Bolivia', 'Kosovo', 'ZZZ')
    """
    if alpha_3 in _SHORT:
        return _SHORT[alpha_3]
    found = pycountry.countries.get(alpha_3=alpha_3)
    if found is None:
        return alpha_3
    return str(getattr(found, "common_name", found.name)).partition(",")[0]


@cache
def shape_id(alpha_3: str) -> str | None:
    """The id of a country's shape in world-atlas: ISO 3166-1 numeric, None where there is none.

    >>> shape_id("SDN"), shape_id("ZZZ")
    ('729', None)
    """
    found = pycountry.countries.get(alpha_3=alpha_3)
    return str(found.numeric) if found else None
