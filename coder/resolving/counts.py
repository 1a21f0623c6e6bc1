"""Numbers of people: what a noun phrase of people says about how many.

Exact numbers have low = best = high. "At least 20" and "more than 20" have low and best 20;
"about 20" only best; "up to 20" and "fewer than 20" only high; of "10 to 15" the best figure
is the lower one. A singular with an article, or a name, is one person; a plural without a
number and "dozens" keep their words and no number: an unknown count is never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coder.codebook.wordlists import load_number_words
from coder.matching.tree import Tree
from coder.resolving.counts_numbers import is_number_token
from coder.resolving.counts_phrases import find_quantity
from coder.types import Count, CountKind

_ONESELF = frozenset({"himself", "herself", "itself"})


def count_of(tree: Tree, head: int, kind: CountKind) -> Count | None:
    """The count of the noun phrase headed by token `head`, its conjuncts added; None where the
    token cannot head one (a verb, a plural pronoun).

    That the phrase means people is for the caller to know. What "including" or an apposition
    repeats is not added: "four, including two children" is 4. "Two soldiers and a child" gives
    3, with `who` "soldiers and child".
    """
    first = _single(tree, head, kind)
    if first is None and tree.lower[head] in _ONESELF and tree.kids(head, "conj"):
        first = Count(kind, 1, 1, 1, tree.words[head], "")  # "killed himself and ten others"
    if first is None:
        return None
    others: list[Count] = []
    for conjunct in _conjuncts(tree, head):
        if first.best is not None and _shares_number(tree, head, conjunct):
            joined = f" and {tree.words[conjunct]}"
            first = replace(first, words=first.words + joined, who=first.who + joined)
            continue
        count = _single(tree, conjunct, kind)
        if count is not None:
            others.append(count)
    return combine([first, *others])


def combine(counts: Sequence[Count]) -> Count:
    """The sum of counts of different people (both sides, say); the kind is that of the first.

    The least of the sum is known as soon as one part's is; best and high only where all parts'
    are: two soldiers and dozens of villagers are at least 2. Raises ValueError for no counts.
    """
    if not counts:
        raise ValueError("no counts to combine")
    if len(counts) == 1:
        return counts[0]
    lows = [c.low for c in counts if c.low is not None]
    return Count(
        kind=counts[0].kind,
        low=sum(lows) if lows else None,
        best=_sum([c.best for c in counts]),
        high=_sum([c.high for c in counts]),
        words=" and ".join(c.words for c in counts if c.words),
        who=" and ".join(c.who for c in counts if c.who),
    )


def _sum(values: Sequence[int | None]) -> int | None:
    known = [v for v in values if v is not None]
    return sum(known) if len(known) == len(values) else None


def _conjuncts(tree: Tree, head: int) -> list[int]:
    """Nouns, numbers and names joined to the head, down the chain; verbs end it."""
    out: list[int] = []
    stack = [head]
    while stack:
        at = stack.pop()
        # "a man, a woman and two children": parsers take the second of a list for an apposition.
        listed = [c for c in tree.kids(at, "appos") if at == head and tree.kids(c, "conj")]
        if not _is_one(tree, at):
            listed = []
        for c in (*tree.kids(at, "conj"), *listed):
            if any(w in load_number_words().among for w in tree.lower[at + 1 : c]):
                continue  # "20 people, among them eight officers" are 20
            if tree.tags[c][:2] in ("NN", "CD") or tree.lower[c] in load_number_words().one_person:
                out.append(c)
                stack.append(c)
    return sorted(out)


def _shares_number(tree: Tree, head: int, conjunct: int) -> bool:
    """Whether a number before the head counts the conjunct too: "15 women and children"."""
    bare = not tree.kids(conjunct, "det", "nummod", "poss", "amod", "quantmod", "predet")
    return bare and tree.tags[head] == tree.tags[conjunct] == "NNS"


def _single(tree: Tree, head: int, kind: CountKind) -> Count | None:
    """The count of one noun phrase, without its conjuncts."""
    words = load_number_words()
    if tree.tags[head].startswith(("JJ", "VBN")) and head and not tree.kids(head, "det"):
        # "left nine dead", "three guards wounded": the people stand before the adjective.
        before = head - 1
        people = tree.is_noun(before) or tree.tags[before] == "CD"
        return _single(tree, before, kind) if people else None
    head = _measure(tree, head)
    lo, hi = _phrase(tree, head)
    text = tree.text(lo, hi)
    if _is_nobody(tree, head, lo):
        return Count(kind, 0, 0, 0, text, "")
    held = _held(tree, head)
    if held is not None:
        inner = _single(tree, held, kind)
        if inner is not None and (inner.best is not None or inner.high is not None):
            return Count(kind, inner.low, inner.best, inner.high, text, inner.who)
    vague = next((i for i in range(lo, head + 1) if _is_vague(tree, i, head)), None)
    quantity = None if vague is not None else find_quantity(tree, lo, max(hi, head + 1))
    if quantity is not None and quantity.start <= head + 1:
        start = min(lo, quantity.start)
        who = _who(tree, head, quantity.start, quantity.end)
        said = tree.text(start, max(hi, quantity.end))
        return Count(kind, quantity.low, quantity.best, quantity.high, said, who)
    if tree.tags[head].startswith(("VB", "PRP")) and tree.lower[head] not in words.one_person:
        return None
    if vague is None:
        fixed = next((words.fixed[w] for w in tree.lower[lo : head + 1] if w in words.fixed), None)
        if fixed is not None:
            return Count(kind, fixed, fixed, fixed, text, _who(tree, head, lo, lo))
        if _is_one(tree, head):
            return Count(kind, 1, 1, 1, text, _who(tree, head, lo, lo))
    return Count(kind, None, None, None, text, _who(tree, head, lo, lo))


def _measure(tree: Tree, head: int) -> int:
    """The quantity noun over a head: "dozens" for the people of "dozens of people"."""
    words = load_number_words()
    up = tree.heads[head]
    if tree.deps[head] == "pobj" and tree.lower[up] == "of":
        over = tree.heads[up]
        known = tree.lower[over] in words.vague or tree.lower[over] in words.fixed
        if known or is_number_token(tree.lower[over]) or tree.lower[over] in words.nobody:
            return over
    return head


def _phrase(tree: Tree, head: int) -> tuple[int, int]:
    """The noun phrase, with the number words that the parser hung elsewhere."""
    words = load_number_words()
    lo, hi = tree.noun_phrase(head)
    joined = (*words.range_to, *words.range_and)
    while lo > 0:
        before = tree.lower[lo - 1]
        number = is_number_token(before)
        between = before in joined and lo > 1 and is_number_token(tree.lower[lo - 2])
        if not (number and is_number_token(tree.lower[lo])) and not (
            between and is_number_token(tree.lower[lo])
        ):
            break
        lo -= 1 if number else 2
    return lo, hi


def _held(tree: Tree, head: int) -> int | None:
    """The people in a container or a vague word: the 20 fighters of "a group of 20 fighters"."""
    words = load_number_words()
    if tree.lower[head] not in words.containers:
        return None
    for of in tree.kids(head, "prep"):
        if tree.lower[of] == "of":
            return tree.kid(of, "pobj")
    return None


def _is_vague(tree: Tree, i: int, head: int) -> bool:
    words = load_number_words()
    if tree.lower[i] not in words.vague:
        return False
    if tree.lower[i] == "half":  # "half a dozen" is a number, "half of them" is not
        return find_quantity(tree, i, head + 1) is None
    return i == head or tree.heads[i] == head or is_number_token(tree.lower[i + 1])


def _is_nobody(tree: Tree, head: int, lo: int) -> bool:
    words = load_number_words()
    lower = tree.lower
    if lower[head] in words.nobody:
        return True
    determiners = tree.kids(head, "det", "neg", "preconj", "predet")
    if any(lower[d] in words.no and d < head for d in determiners):
        return True
    single = any(lower[i] in words.single for i in range(lo, head))
    return single and any(lower[i] in words.not_words for i in range(max(lo - 1, 0), head))


def _is_one(tree: Tree, head: int) -> bool:
    words = load_number_words()
    lower, tags = tree.lower, tree.tags
    if lower[head] in words.one_person:
        return True
    if lower[head] in words.collectives:
        return False
    if tags[head] == "NNP":
        return True
    if tags[head] not in ("NN", "JJ"):  # "a general" is often read as an adjective
        return False
    return any(
        lower[c] in words.singular or tree.deps[c] == "poss"
        for c in tree.kids(head, "det", "poss", "nummod")
    )


def _who(tree: Tree, head: int, start: int, end: int) -> str:
    """The words of the noun phrase without its quantity and its article."""
    words = load_number_words()
    lo, hi = tree.noun_phrase(head)
    of = next((c for c in tree.kids(head, "prep") if tree.lower[c] == "of"), None)
    people = tree.kid(of, "pobj") if of is not None else None
    quantity = tree.lower[head] in words.vague or tree.lower[head] in words.fixed
    if people is not None and (quantity or start <= head < end):
        lo, hi = tree.noun_phrase(people)
    elif start <= head < end or quantity:
        return ""
    if lo < end <= hi and start < end:
        lo = end
    while lo < hi - 1 and (
        tree.tags[lo] in ("DT", "PDT", "PRP$")
        or tree.lower[lo] in words.vague
        or (is_number_token(tree.lower[lo]) and tree.lower[lo + 1] != "-")
    ):
        lo += 1
    return tree.text(lo, hi)
