"""The gold of the sample articles is sound: verbatim, ordered, in known codes, readable."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coder.articles.options import ReadOptions
from coder.articles.text import read_text_file
from coder.codebook.yamlio import read_yaml
from coder.evaluate.gold import read_gold
from coder.parsing.split import spans
from coder.types import Article

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
NAMES = sorted(path.stem for path in SEEDS.glob("*.txt"))
