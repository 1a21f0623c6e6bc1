"""What is changed in a text that is read: line ends, and characters that no text should have."""

from __future__ import annotations

import re

_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_LINE = re.compile("[\x0b\x0c\x85]")
_BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def clean_text(text: str) -> str:
    """The text with newlines for line ends and without control characters; else unchanged.

    - CR LF and CR become one newline; vertical tab, form feed and next line (U+0085) too.
    - Byte order marks at the start are dropped.
    - Two surrogates that form a pair become their character; lone ones, other control
      characters and U+FFFE and U+FFFF become U+FFFD, one for one, so that offsets stay.

    Quotes, dashes, accents and blanks are kept as they are.

    >>> clean_text("A \\u201cpause\\u201d.\\r\\nMore.")
    'A \u201cpause\u201d.\\nMore.'
    """
    if _SUSPECT.search(text) is None:
        return text
    text = text.lstrip("\ufeff")
    text = _LINE.sub("\n", _LINE_END.sub("\n", text))
    text = _SURROGATE_PAIR.sub(_pair, text)
    return _BAD.sub("\ufffd", text)


def _pair(match: re.Match[str]) -> str:
    return match.group().encode("utf-16", errors="surrogatepass").decode("utf-16")
