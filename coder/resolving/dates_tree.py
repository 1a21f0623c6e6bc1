"""How a time expression hangs in the parse: what it modifies, and whether it looks ahead."""

from __future__ import annotations

from coder.codebook.wordlists import load_number_words, load_time_words
from coder.matching.tree import Tree

_INNER = frozenset({"compound", "poss", "nmod", "amod", "nummod"})
_STEP_TAGS = frozenset({"IN", "TO", "RB", "RBR", "RP"})


def owner(tree: Tree, lo: int, hi: int) -> tuple[int, bool]:
    """The token that the expression at tokens lo to hi modifies, and whether it stands inside
    the noun phrase of that token ("Friday's attack", "the May 2015 accord").

    Prepositions and carriers are stepped over: in "met in the early hours of Tuesday" the
    owner of "Tuesday" is "met". An expression at the root is its own owner.
    """
    carriers = load_time_words().carriers
    top = _top(tree, lo, hi)
    link = top
    at = tree.heads[top]
    while lo <= at < hi and tree.heads[at] != at:
        link, at = at, tree.heads[at]
    while tree.heads[at] != at and (
        tree.tags[at] in _STEP_TAGS or (tree.lower[at] in carriers and not tree.is_verb(at))
    ):
        link, at = at, tree.heads[at]
    return at, tree.deps[link] in _INNER and not tree.is_verb(at) and at != link


def _top(tree: Tree, lo: int, hi: int) -> int:
    """The head of the expression: the token whose head lies outside of it, nouns first."""
    tops = [i for i in range(lo, hi) if not lo <= tree.heads[i] < hi and tree.deps[i] != "punct"]
    if not tops:
        return next((i for i in range(lo, hi) if tree.heads[i] == i), lo)
    nouns = [i for i in tops if tree.tags[i][:2] in ("NN", "CD")]
    return (nouns or tops)[-1]


def clause_verb(tree: Tree, i: int) -> int | None:
    """The nearest verb from i upward, i itself included."""
    if tree.is_verb(i):
        return i
    return next((a for a in tree.ancestors(i) if tree.is_verb(a)), None)


def looks_ahead(tree: Tree, lo: int, hi: int) -> bool:
    """Whether the clause of the expression speaks of the future: "will meet on Friday",
    "due on Monday", "expected to visit in May", "told to leave by Sunday"."""
    words = load_time_words()
    before = lo - 1
    while before >= 0 and tree.tags[before] in ("IN", "DT", "RB", "TO"):
        before -= 1
    if before >= 0 and tree.tags[before] == "VBD":
        return False  # "said on Friday it would": the date is of the verb that it follows
    at, _ = owner(tree, lo, hi)
    if tree.lower[at] in words.future_nouns:
        return True
    verb = clause_verb(tree, at)
    if verb is None:
        return False
    if tree.tags[verb] == "VBG" and tree.lemmas[verb] in ("start", "begin"):
        verb = clause_verb(tree, tree.heads[verb]) or verb  # "will impose a curfew starting May 3"
    if _refused(tree, verb):
        return False
    if tree.tags[verb] in ("VBZ", "VBP") and tree.lemmas[verb].lower() in words.lapse_verbs:
        return True  # "the truce, which expires on Saturday"
    for v in (verb, tree.heads[verb]) if tree.deps[verb] == "conj" else (verb,):
        helpers = [tree.lower[c] for c in tree.kids(v, "aux", "auxpass")]
        if any(h in words.future_aux for h in helpers) or tree.lower[v] in words.future_aux:
            return True
        head = tree.heads[v]
        if "to" in helpers and (
            tree.lemmas[head].lower() in words.future_heads
            or tree.lower[head] in words.future_aux
            or (lo > 0 and tree.lower[lo - 1] in words.deadline)
        ):
            return True
    return False


def _refused(tree: Tree, verb: int) -> bool:
    """ "Would not comment on Friday": a refusal, which is past, unless it is reported speech."""
    words = load_time_words()
    would = any(tree.lower[c] in words.refusal_aux for c in tree.kids(verb, "aux"))
    return would and bool(tree.kids(verb, "neg")) and tree.deps[verb] in ("ROOT", "conj", "relcl")


def plausible(tree: Tree, lo: int, hi: int, kind: str) -> bool:
    """Whether words that need not be a date are one here.

    `kind` is "day" ("May 20" but not "in May 20 people"), "month" ("in May", not "may" or
    the person), "ordinal" ("on the 12th"), "year" ("in 2014", not "2014 people").
    """
    words = load_time_words()
    before = tree.lower[lo - 1] if lo else ""
    last = hi - 1
    head = tree.heads[last]
    counts = tree.deps[last] in ("nummod", "quantmod") and head >= hi
    if kind == "day":
        numeral = tree.lower[last].isdigit()
        return not (numeral and counts and tree.tags[head] == "NNS")
    if kind == "ordinal":
        return (before in words.month_cues or before == "on") and head < hi
    if kind == "month":
        return _plausible_month(tree, lo, before)
    return _plausible_year(tree, lo, hi, before, counts)


def _plausible_month(tree: Tree, lo: int, before: str) -> bool:
    words = load_time_words()
    if tree.tags[lo] == "MD" or (tree.is_verb(lo) and before not in words.month_cues):
        return False
    if before in words.month_cues or (lo > 1 and tree.lower[lo - 2] in words.months):
        return True
    head = tree.heads[lo]
    if tree.deps[lo] in _INNER and head > lo and tree.tags[head] in ("NN", "NNS"):
        return tree.tags[lo - 1] in ("DT", "PRP$", "POS", "JJ") if lo else True
    if tree.lower[lo] in words.month_or_name:
        return False
    nearby = [*tree.kids(lo, "compound"), *([head] if tree.deps[lo] == "compound" else [])]
    return not any(tree.tags[i] in ("NNP", "NNPS") for i in nearby)


def _plausible_year(tree: Tree, lo: int, hi: int, before: str, counts: bool) -> bool:
    words = load_time_words()
    after = tree.lower[hi] if hi < tree.n else ""
    text = tree.lower[lo]
    if hi != lo + 1 or len(text) != 4 or after in words.clock or after in ("-", "%"):
        return False
    head = tree.heads[lo]
    people = counts and tree.tags[head] == "NNS"
    year = int(text)
    if before in words.year_cues:
        return not (people and (year < 1900 or year % 100 == 0 or before not in ("in", "since")))
    if not 1800 <= year < 2200 or not lo:
        return False
    modifies = head > lo and tree.deps[lo] in _INNER and tree.is_noun(head)
    opened = before in load_number_words().singular or tree.tags[lo - 1] == "POS"
    return modifies and opened and year % 100 != 0
