"""Time expressions and the deeds they date. The table is read against Tuesday, 2024-02-06."""

from __future__ import annotations

from datetime import date

import pytest

from coder.resolving.dates import find_dates, is_background, time_kinds
from coder.resolving.dates_attach import date_for
from coder.types import When
from tests.parses import parse

TUESDAY = date(2024, 2, 6)

# Sentence | expected expressions as "words = start[..end] precision", several by ";", or "none".
TABLE = """
The meeting ended late on Monday. | late on Monday = 2024-02-05 day
Residents fled early Tuesday. | early Tuesday = 2024-02-06 day
Police came on Tuesday night. | Tuesday night = 2024-02-06 day
The clash took place Sunday. | Sunday = 2024-02-04 day
A bomb went off in the early hours of Wednesday. | Wednesday = 2024-01-31 day
The shop was looted on Thursday afternoon. | Thursday afternoon = 2024-02-01 day
SIX KILLED IN MINE BLAST ON FRIDAY | FRIDAY = 2024-02-02 day
Before dawn on Saturday they crossed the river. | Saturday = 2024-02-03 day
Monday's riot left two dead. | Monday = 2024-02-05 day
The coup came last Thursday. | last Thursday = 2024-02-01 day
The coup came last Tuesday. | last Tuesday = 2024-01-30 day
Gunmen struck on Monday last week. | Monday last week = 2024-01-29 day
Gunmen struck on Wednesday of last week. | Wednesday of last week = 2024-01-31 day
The fair opens next Tuesday. | next Tuesday = 2024-02-13 day
The court will rule on Thursday. | Thursday = 2024-02-08 day
The vote is due on Sunday. | Sunday = 2024-02-11 day
The rebels were told to leave by Friday. | Friday = 2024-02-09 day
Rebels attacked on 28 January. | 28 January = 2024-01-28 day
Rebels attacked on January 28. | January 28 = 2024-01-28 day
Rebels attacked on 28 Jan with rockets. | 28 Jan = 2024-01-28 day
Rebels attacked on Jan. 28, 2023. | Jan. 28, 2023 = 2023-01-28 day
Rebels attacked on Feb. 3, 2022. | Feb. 3, 2022 = 2022-02-03 day
On 18 June 2021, herders blocked the road. | 18 June 2021 = 2021-06-18 day
Around 24 August 2017 (as reported), clashes erupted. | 24 August 2017 = 2017-08-24 day
The camp was shelled on January 12th. | January 12th = 2024-01-12 day
The camp was shelled on the 12th of January. | the 12th of January = 2024-01-12 day
The camp was shelled on the 12th. | the 12th = 2024-01-12 day
The camp was shelled on March 9. | March 9 = 2023-03-09 day
The law was passed on the first of July 1916. | the first of July 1916 = 1916-07-01 day
The law was passed on the twenty-first of July. | the twenty-first of July = 2023-07-21 day
Two bombs exploded on Wednesday, 31 January. | Wednesday, 31 January = 2024-01-31 day
Two bombs exploded on Wed, Jan 31. | Wed, Jan 31 = 2024-01-31 day
Two bombs exploded on Friday, December 1, 2023. | Friday, December 1, 2023 = 2023-12-01 day
The clinic burned on 2024-02-03. | 2024-02-03 = 2024-02-03 day
The clinic burned on 2024/01/25. | 2024/01/25 = 2024-01-25 day
The clinic burned on 25/01/2024. | 25/01/2024 = 2024-01-25 day
The clinic burned on 25.01.2024. | 25.01.2024 = 2024-01-25 day
The clinic burned on 25-Jan-2024. | 25-Jan-2024 = 2024-01-25 day
The clinic burned on 03/02/2024. | none
The ship sank on 30 February. | none
It opened on 29 February. | 29 February = 2020-02-29 day
The leaders will meet on 3 March. | 3 March = 2024-03-03 day
Rebels attacked yesterday. | yesterday = 2024-02-05 day
Rebels attacked yesterday evening. | yesterday evening = 2024-02-05 day
Rebels attacked this morning. | this morning = 2024-02-06 day
Rebels attacked last night. | last night = 2024-02-05 day
The rally was held today. | today = 2024-02-06 day
The rally was held earlier today. | earlier today = 2024-02-06 day
The curfew starts tonight. | tonight = 2024-02-06 day
The envoy flies home tomorrow. | tomorrow = 2024-02-07 day
He was shot the day before yesterday. | the day before yesterday = 2024-02-04 day
Rebels attacked overnight. | overnight = 2024-02-06 day
Jets hit it overnight, he said on Monday. | overnight = 2024-02-05 day; Monday = 2024-02-05 day
An overnight raid killed a guard. | overnight = 2024-02-06 day
Rebels attacked this weekend. | this weekend = 2024-02-03..2024-02-04 week
Rebels attacked last weekend. | last weekend = 2024-02-03..2024-02-04 week
Talks were held at the weekend. | weekend = 2024-02-03..2024-02-04 week
Fighting flared over the weekend. | weekend = 2024-02-03..2024-02-04 week
The envoys will return next weekend. | next weekend = 2024-02-10..2024-02-11 week
Rebels attacked two days ago. | two days ago = 2024-02-04 day
Rebels attacked 10 days ago. | 10 days ago = 2024-01-27 day
Rebels attacked a day ago. | a day ago = 2024-02-05 day
The tower fell 48 hours ago. | 48 hours ago = 2024-02-04 day
Rebels attacked a week ago. | a week ago = 2024-01-30 week
The men were seized three weeks ago. | three weeks ago = 2024-01-16 week
The men were seized a fortnight ago. | a fortnight ago = 2024-01-23 week
The trial began six months ago. | six months ago = 2023-08-01..2023-08-31 month
They fled ten years ago. | ten years ago = 2014-01-01..2014-12-31 year
They fled twenty-five years ago. | twenty-five years ago = 1999-01-01..1999-12-31 year
They fled half a century ago. | half a century ago = 1974-01-01..1974-12-31 year
They fled two decades ago. | two decades ago = 2004-01-01..2004-12-31 year
He vanished a few days ago. | a few days ago = 2024-01-30..2024-02-04 week
He vanished days ago. | days ago = 2024-01-30..2024-02-04 week
He vanished several weeks ago. | several weeks ago = 2024-01-06..2024-01-30 month
He vanished years ago. | none
The city was built 4,000 years ago. | none
A truce began a year ago on Friday. | a year ago on Friday = 2023-02-02 day
The ban was lifted last week. | last week = 2024-01-29..2024-02-04 week
The ban was lifted this week. | this week = 2024-02-05..2024-02-11 week
The ban was lifted earlier this week. | earlier this week = 2024-02-05..2024-02-06 week
The ban will be lifted next week. | next week = 2024-02-12..2024-02-18 week
The coup came last month. | last month = 2024-01-01..2024-01-31 month
The coup came earlier this month. | earlier this month = 2024-02-01..2024-02-06 month
The leaders will meet next month. | next month = 2024-03-01..2024-03-31 month
The leaders will meet later this month. | later this month = 2024-02-06..2024-02-29 month
They met in the capital last year. | last year = 2023-01-01..2023-12-31 year
The port reopened earlier this year. | earlier this year = 2024-01-01..2024-02-06 year
A truce took hold in March. | March = 2023-03-01..2023-03-31 month
A truce took hold in May. | May = 2023-05-01..2023-05-31 month
A truce took hold in February. | February = 2024-02-01..2024-02-29 month
A truce took hold last November. | last November = 2023-11-01..2023-11-30 month
A truce took hold in May last year. | May last year = 2023-05-01..2023-05-31 month
Elections will be held in April. | April = 2024-04-01..2024-04-30 month
The accord was signed in March 2022. | March 2022 = 2022-03-01..2022-03-31 month
The accord was signed in Sept. 2021. | Sept. 2021 = 2021-09-01..2021-09-30 month
The May 2015 agreement collapsed. | May 2015 = 2015-05-01..2015-05-31 month
Fighting has raged since mid-November. | mid-November = 2023-11-15..2023-11-20 month
The road was closed in early January. | early January = 2024-01-01..2024-01-10 month
The road was closed in late December 2022. | late December 2022 = 2022-12-21..2022-12-31 month
The war broke out in 2014. | 2014 = 2014-01-01..2014-12-31 year
He has ruled since 1994. | 1994 = 1994-01-01..1994-12-31 year
The 2014 war displaced them. | 2014 = 2014-01-01..2014-12-31 year
It was built in early 2019. | early 2019 = 2019-01-01..2019-04-30 year
It was built in mid-2021. | mid-2021 = 2021-05-01..2021-08-31 year
Dozens were held between 3 and 5 May 2021. | between 3 and 5 May 2021 = 2021-05-03..2021-05-05 day
Dozens were held from 3 to 5 May. | from 3 to 5 May = 2023-05-03..2023-05-05 day
The crowd gathered on 1-3 February. | 1-3 February = 2024-02-01..2024-02-03 day
The crowd gathered on Feb 1-3. | Feb 1-3 = 2024-02-01..2024-02-03 day
They marched on 1 and 2 February. | 1 and 2 February = 2024-02-01..2024-02-02 day
They fought from Jan 30 to Feb 2. | from Jan 30 to Feb 2 = 2024-01-30..2024-02-02 day
From 30 Dec. to 2 Jan. they hid. | From 30 Dec. to 2 Jan. = 2023-12-30..2024-01-02 day
They came on 28 Jan and 3 Feb 2024. | 28 Jan = 2024-01-28 day; 3 Feb 2024 = 2024-02-03 day
Fighting continued from Friday to Sunday. | from Friday to Sunday = 2024-02-02..2024-02-04 day
Shops were looted on Friday and Sunday. | Friday = 2024-02-02 day; Sunday = 2024-02-04 day
He was jailed from March to June 2021. | from March to June 2021 = 2021-03-01..2021-06-30 month
It was built between 2011 and 2014. | between 2011 and 2014 = 2011-01-01..2014-12-31 year
The raid came on the night of 3 May. | 3 May = 2023-05-03 day
The army struck at noon on Thursday. | Thursday = 2024-02-01 day
In the past three days 40 people died. | In the past three days = 2024-02-03..2024-02-06 week
Over the past week it fell. | Over the past week = 2024-01-30..2024-02-06 week
In the last 24 hours two ships sank. | In the last 24 hours = 2024-02-05..2024-02-06 day
Gunmen struck on New Year's Eve. | New Year's Eve = 2023-12-31 day
Gunmen struck on Christmas Day. | Christmas Day = 2023-12-25 day
The bombs went off on Easter Sunday. | Easter Sunday = 2023-04-09 day
He was shot on Friday and died a day later. | Friday = 2024-02-02 day; a day later = 2024-02-03 day
He left 20 Jan and died two days later. | 20 Jan = 2024-01-20 day; two days later = 2024-01-22 day
He said on Monday six died a day earlier. | Monday = 2024-02-05 day; a day earlier = 2024-02-04 day
They fled on Friday and fell the next day. | Friday = 2024-02-02 day; the next day = 2024-02-03 day
The police fired at Friday prayers. | Friday = 2024-02-02 day
The feud began in the 1990s. | none
Talks lasted for two days. | none
The minister began a two-day visit. | none
The shelling lasted 30 minutes. | none
A 72-hour truce was agreed. | none
The boy, 12, lived 2,000 miles away. | none
The officer may resign. | none
The workers march every Friday. | none
The mosque is full on Fridays. | none
May told reporters she would leave. | none
Theresa May quit on Black Friday. | none
The shrine marked its 24th anniversary. | none
The rebels march on the capital. | none
At 2000 GMT the sirens sounded. | none
Some 2014 people signed it. | none
She has ruled for the past two decades. | none
The 25 January Square was sealed off. | none
He died a week later. | none
They met a day after the coup. | none
It was the second day of the siege. | none
The Good Friday Agreement held. | none
"""

CASES = [line.split(" | ") for line in TABLE.strip().splitlines()]


def show(when: When) -> str:
    end = "" if when.end == when.start else f"..{when.end}"
    return f"{when.text} = {when.start}{end} {when.precision}"


def test_the_table_is_large() -> None:
    assert sum(len(expected.split("; ")) for _, expected in CASES) >= 120


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_find_dates(sentence: str, expected: str) -> None:
    found = find_dates(parse(sentence), TUESDAY)
    assert ("; ".join(map(show, found)) or "none") == expected
    assert {when.basis for when in found} <= {"stated"}


@pytest.mark.parametrize(
    ("published", "sentence", "start"),
    [
        (date(2024, 2, 4), "Rebels attacked at the weekend.", date(2024, 2, 3)),
        (date(2024, 2, 4), "Rebels attacked last weekend.", date(2024, 1, 27)),
        (date(2024, 1, 1), "Rebels attacked last month.", date(2023, 12, 1)),
        (date(2024, 1, 1), "Rebels attacked on 31 December.", date(2023, 12, 31)),
        (date(2024, 3, 10), "It happened on the 31st.", date(2024, 1, 31)),
        (date(2023, 12, 30), "He will speak in January.", date(2024, 1, 1)),
        (date(1, 1, 2), "Rebels attacked on Monday.", date(1, 1, 1)),
    ],
)
def test_other_days_of_publication(published: date, sentence: str, start: date) -> None:
    assert [w.start for w in find_dates(parse(sentence), published)] == [start]


@pytest.mark.parametrize(
    ("sentence", "start", "precision"),
    [
        ("He died a week later.", date(2024, 1, 12), "week"),
        ("They met a day after the coup.", date(2024, 1, 6), "day"),
        ("The dam had burst the previous day.", date(2024, 1, 4), "day"),
        ("Two more were shot the same day.", date(2024, 1, 5), "day"),
    ],
)
def test_context(sentence: str, start: date, precision: str) -> None:
    (when,) = find_dates(parse(sentence), TUESDAY, date(2024, 1, 5))
    assert (when.start, when.precision, when.basis) == (start, precision, "context")


def test_day_after_a_dated_deed() -> None:
    found = find_dates(parse("It fell a day after the vote on Sunday."), TUESDAY)
    assert [str(w.start) for w in found] == ["2024-02-05", "2024-02-04"]


def test_spans_are_tokens_of_the_sentence() -> None:
    tree = parse("On Jan. 28, 2024, two buses burned.")
    (when,) = find_dates(tree, TUESDAY)
    assert tree.words[when.start_token : when.end_token] == ("Jan.", "28", ",", "2024")


def test_sentences_without_a_time_word_are_passed_over() -> None:
    assert time_kinds(parse("Soldiers shelled the market and killed nine traders.")) == set()
    assert time_kinds(parse("Soldiers shelled the market in January.")) == {"month"}


def test_background() -> None:
    def day(d: date) -> When:
        return When(d, d, "day", "stated")

    assert not is_background(day(date(2024, 1, 23)), TUESDAY)
    assert is_background(day(date(2024, 1, 22)), TUESDAY)
    month = When(date(2024, 1, 1), date(2024, 1, 31), "month", "stated")
    assert not is_background(month, TUESDAY)


# Sentence | deed | its date or "none". Reporting verbs are those of REPORTING.
REPORTING = {"say", "tell", "announce", "report"}
DEEDS = """
Gunmen killed six farmers on Friday. | killed | Friday
On Friday, gunmen killed six farmers and burned a mill. | burned | Friday
Gunmen burned a mill and killed six farmers on Friday. | burned | Friday
Police said on Friday that gunmen had shot two farmers on Tuesday. | shot | Tuesday
Police said on Friday that gunmen had shot two farmers on Tuesday. | said | Friday
Police said on Friday that gunmen had shot two farmers. | shot | none
Gunmen had shot two farmers, police said on Friday. | shot | none
On Friday, police said gunmen had shot two farmers. | shot | none
Ministers met in Oslo on Monday, officials said on Tuesday. | met | Monday
An ambush near Kano left nine traders dead on Sunday. | ambush | Sunday
Rebels carried out an attack on the barracks on Monday. | attack | Monday
Sunday's raid killed two guards. | raid | Sunday
Sunday's raid killed two guards. | killed | Sunday
The army condemned a raid that killed two guards last weekend. | raid | last weekend
The army condemned a raid that killed two guards last weekend. | condemned | none
The May 2015 agreement collapsed. | collapsed | none
Two guards died when shells hit the gate on Wednesday. | died | Wednesday
Soldiers began to withdraw on Monday. | withdraw | Monday
Soldiers began to withdraw on Monday. | began | Monday
Villagers who had fled in January returned on Sunday. | returned | Sunday
Villagers who had fled in January returned on Sunday. | fled | January
Troops fired at a crowd on Sunday, killing four. | killing | Sunday
A crowd of miners, freed on Monday, praised the judge. | praised | none
"""


@pytest.mark.parametrize(
    ("sentence", "deed", "expected"), [x.split(" | ") for x in DEEDS.strip().splitlines()]
)
def test_date_for(sentence: str, deed: str, expected: str) -> None:
    tree = parse(sentence)
    dates = find_dates(tree, TUESDAY)
    found = date_for(
        tree, tree.words.index(deed), dates, lambda i: tree.lemmas[i].lower() in REPORTING
    )
    assert (found.text if found else "none") == expected
