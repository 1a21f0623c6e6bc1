"""Texts that no newspaper prints and every crawl brings."""

from __future__ import annotations


def poisons(scale: float = 1.0) -> dict[str, str]:
    """Texts by what is wrong with them; at scale 1 each is as large as is read at all."""

    def times(text: str, n: int) -> str:
        return text * max(2, int(n * scale))

    return {
        "one line": times("word ", 390_000),
        "brackets": times("(", 50_000) + "x" + times(")", 50_000),
        "square brackets": times("[", 50_000) + "x" + times("]", 50_000),
        "control bytes": times("\x00\x01\x1b[31m\x7f shot ", 20_000),
        "right to left": times("\u202e\u200f\u2067 killed ", 50_000),
        "lone surrogates": times("\ud800\udfff shot \udc80", 50_000),
        "commas": times(",", 1_000_000),
        "spaced commas": times(", ", 500_000),
        "one word": times("a", 1_000_000),
        "stops": times(".", 1_000_000),
        "quotes": times('"', 300_000),
        "titles": times("Mr. ", 200_000),
        "clock times": times("at 5 a.m. Monday ", 50_000),
        "short sentences": times("Rebels bombed Homs. ", 20_000),
        "lines": times("x\n", 500_000),
        "joined emoji": times("\U0001f469\u200d\U0001f469\u200d\U0001f467", 100_000),
        "accents": "e" + times("\u0301", 500_000),
        "digits": times("1", 1_000_000),
        "hyphens": times("a-", 500_000),
        "address": "http://" + times("a.", 200_000),
        "markup": times("<b>", 200_000),
        "names joined": times("Smith and Jones of ", 50_000),
        "deeds joined": times("killed and bombed and ", 50_000),
        "nested deeds": times("the killing of ", 60_000),
        "numbers": times("one hundred and ", 60_000),
    }
