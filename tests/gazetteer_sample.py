"""One gazetteer and one finder for all tests; the names of countries that they use."""

from __future__ import annotations

from functools import lru_cache

from coder.codebook.gazetteer import Gazetteer, load_gazetteer
from coder.resolving.places import PlaceFinder

COUNTRIES = {
    "Afghanistan": "AFG", "Burkina Faso": "BFA", "China": "CHN", "Colombia": "COL",
    "Congo": "COD", "Egypt": "EGY", "Ethiopia": "ETH", "France": "FRA", "Georgia": "GEO",
    "Haiti": "HTI", "Hong Kong": "HKG", "India": "IND", "Iran": "IRN", "Iraq": "IRQ",
    "Israel": "ISR", "Jordan": "JOR", "Kenya": "KEN", "Lebanon": "LBN", "Libya": "LBY",
    "Mali": "MLI", "Mexico": "MEX", "Mozambique": "MOZ", "Myanmar": "MMR", "Niger": "NER",
    "Nigeria": "NGA", "Pakistan": "PAK", "Poland": "POL", "Russia": "RUS", "Somalia": "SOM",
    "Sudan": "SDN", "Syria": "SYR", "Turkey": "TUR", "Ukraine": "UKR", "United States": "USA",
    "US": "USA", "U.S.": "USA", "Yemen": "YEM",
}  # fmt: skip


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@lru_cache(maxsize=1)
def finder() -> PlaceFinder:
    return PlaceFinder(gazetteer(), COUNTRIES, ["Chadian", "Syrian", "Bedouin"])
