"""The flow: a batch gives what its articles give alone, and a poisoned one costs only itself."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coder.pipeline import Coder, batches
from coder.types import Parse, Sentence
from tests.coding_sample import article, coder

GOOD = "Rebels attacked the base in Mali on Monday."
OTHER = "France condemned the attack on the embassy."


def test_the_same_article_gives_the_same_twice() -> None:
    [one] = coder().code([article(GOOD)])
    [two] = coder().code([article(GOOD)])
    assert one == two
    assert [e.type for e in one.events] == ["assault"]


def test_a_batch_gives_what_its_articles_give_alone() -> None:
    texts = (GOOD, "", OTHER)
    together = coder().code([article(t, str(n)) for n, t in enumerate(texts)])
    alone = [coder().code([article(t, str(n))])[0] for n, t in enumerate(texts)]
    assert together == alone
    backwards = coder().code([article(t, str(n)) for n, t in reversed(list(enumerate(texts)))])
    assert backwards[::-1] == alone


@pytest.mark.parametrize("text", ["", " \n\n\t ", "\u200b", "...", "?", '""', "\U0001f600"])
def test_texts_without_words(text: str) -> None:
    [one] = coder().code([article(text)])
    assert (one.mentions, one.events, one.rejects) == ((), (), ())


def test_no_articles() -> None:
    assert coder().code([]) == []


@pytest.mark.parametrize(
    "error", [ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError]
)
def test_a_poisoned_article_costs_only_itself(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Coder.match

    def poisoned(self: Coder, sentences: Sequence[Sentence], parses: Sequence[Parse]) -> object:
        if sentences[0].article_id == "bad":
            raise error("poison")
        return whole(self, sentences, parses)

    monkeypatch.setattr(Coder, "match", poisoned)
    first, bad, last = coder().code(
        [article(GOOD, "good"), article(GOOD, "bad"), article(OTHER, "other")]
    )
    assert [e.type for e in first.events] == ["assault"]
    assert [m.type for m in last.mentions] == ["condemn", "assault"]
    assert (bad.mentions, bad.events) == ((), ())
    [reject] = bad.rejects
    assert (reject.step, reject.code, reject.place, reject.article_id) == (
        "code", "E303", "bad", "bad",
    )  # fmt: skip
    assert error.__name__ in reject.message


def test_an_error_of_the_machine_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError("no space left")

    monkeypatch.setattr(Coder, "match", full)
    with pytest.raises(OSError, match="no space left"):
        coder().code([article(GOOD)])


def test_mentions_are_traceable_to_the_text() -> None:
    text = f"{OTHER}\n\n{GOOD}"
    [one] = coder().code([article(text)])
    for m in one.mentions:
        assert text[m.start : m.end] == m.trigger
        for filler in (f for fillers in m.slots.values() for f in fillers):
            assert text[filler.start : filler.end] == filler.text
    assert [m.sentence for m in one.mentions] == [0, 0, 1]


@pytest.mark.parametrize(("n", "sizes"), [(0, []), (1, [1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_batches(n: int, sizes: list[int]) -> None:
    made = list(batches(iter([article(GOOD, str(i)) for i in range(n)]), 2))
    assert [len(b) for b in made] == sizes
    assert [a.article_id for b in made for a in b] == [str(i) for i in range(n)]


def test_two_that_each_hang_on_the_other_are_resolved() -> None:
    """The army's country is that of "its forces", whose country is the army's."""
    text = "The army says its forces have taken Goma."
    [one] = coder().code([article(text)])
    assert one.rejects == ()
    assert [e.type for e in one.events] == ["territory.gain"]
