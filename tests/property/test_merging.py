"""Whatever the order of rows, merging gives the same frames, and loses nothing."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.merging.merge import merge
from coder.tables.check import check_tables
from tests.merging_sample import (
    GUNMEN,
    HADRA,
    LION_FRONT,
    LOMA,
    NORLAND,
    NORLAND_JETS,
    PORT,
    YEMEN,
    YEMEN_GUESSED,
    ZADRA,
    ZADRAN_REBELS,
    at_least,
    frames,
    joined,
    killed,
    texts,
    told,
    when,
)

DAYS = [date(2024, 2, 3), date(2024, 2, 4)]
EVENT = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["assault", "assault.air_strike", "assault.drone", "meet"]),
        "source": st.sampled_from([(), (NORLAND,), (NORLAND_JETS,), (GUNMEN,)]),
        "target": st.sampled_from([(), (LION_FRONT,), (ZADRAN_REBELS,), (NORLAND,)]),
        "where": st.sampled_from(
            [(), (ZADRA,), (PORT,), (LOMA,), (HADRA,), (YEMEN,), (YEMEN_GUESSED,), (ZADRA, LOMA)]
        ),
        "on": st.sampled_from(
            [
                None,
                when(),
                when(basis="publication"),
                when(end=date(2024, 2, 29), precision="month"),
            ]
        ),
        "counts": st.sampled_from([(), killed(3), killed(5), at_least(4)]),
        "reciprocal": st.booleans(),
    }
)
ARTICLE = st.tuples(st.sampled_from(DAYS), st.lists(EVENT, min_size=1, max_size=3))


@settings(max_examples=20, deadline=None)
@given(st.lists(ARTICLE, min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(articles, random):
    coded = [
        joined(*[told(f"a{n}", published=day, start=50 * k, **e) for k, e in enumerate(events)])
        for n, (day, events) in enumerate(articles)
    ]
    same_text = {"a1": "a0"} if len(coded) > 1 else {}
    first = merge(*frames(*coded, syndication=same_text))
    shuffled = [
        frame.sample(fraction=1.0, shuffle=True, seed=random.randrange(2**31))
        for frame in frames(*coded, syndication=same_text)
    ]
    second = merge(*shuffled)
    for name, frame in first.tables().items():
        assert frame.equals(second.tables()[name]), name

    tables = texts(*coded, syndication=same_text) | first.tables()
    assert check_tables(tables)[1] == []
    assert first.event_mentions.height == sum(len(c.mentions) for c in coded)
    assert first.events["n_mentions"].sum() == first.event_mentions.height
