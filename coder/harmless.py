"""Texts of others, made harmless where people see them: in terminals and in spreadsheets.

What newspapers, file names and dictionaries hold is not to be trusted. A terminal obeys control
characters, and shows text in an order that is not its own after marks of direction; a
spreadsheet runs a cell that begins like a formula.
"""

from __future__ import annotations

import re

FORMULA = "^[\\s\u00a0\u200b\ufeff]*[=+\\-@＝＋－＠]|^[\\t\\r\\n]"
"""What spreadsheets take for the beginning of a formula, also after blanks and in wide signs.
It is read by Python and by Rust."""

_FORMULA = re.compile(FORMULA)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    r"""The text on one line, with control characters and marks of direction as escapes.

    >>> visible("\x1b[31mred")
    '\\x1b[31mred'
    """
    return _CONTROL.sub(_escape, text)


def visible_lines(text: str) -> str:
    """The same for a text of several lines, which stay lines."""
    return "\n".join(map(visible, text.split("\n")))


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would take a cell for a formula.

    >>> is_formula(" =1+1"), is_formula("1-1")
    (True, False)
    """
    return _FORMULA.search(text) is not None


def storable(text: str) -> str:
    r"""The text with lone surrogates, which no file can hold, as escapes. Names of files have
    them for bytes that are no UTF-8.

    >>> storable("a\udcff.txt"), storable("\ud800")
    ('a\\xff.txt', '\\ud800')
    """
    return _SURROGATE.sub(_escape_surrogate, text)


def _escape_surrogate(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\x{number - 0xDC00:02x}" if 0xDC80 <= number <= 0xDCFF else f"\\u{number:04x}"


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
