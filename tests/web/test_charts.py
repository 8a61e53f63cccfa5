"""Charts: every record stands in a column, columns are as high as they are many, numbers are round."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litbase.web.views.charts import COLUMNS, Series, bars, scale, stacked

YEARS = st.lists(st.tuples(st.integers(1, 9999), st.integers(0, 10**6)), max_size=80, unique_by=lambda pair: pair[0])


def url(first, last):
    return f"{first}-{last}"


@given(YEARS)
def test_columns_count_every_record_once_without_gaps(years):
    chart = bars(years, url)
    if chart is None:
        assert not sum(count for _, count in years)
        return
    assert sum(column.count for column in chart.columns) == sum(count for _, count in years)
    assert len(chart.columns) <= COLUMNS
    assert chart.width == 10 * len(chart.columns)
    for column, after in zip(chart.columns, chart.columns[1:], strict=False):
        assert column.last + 1 == after.first
    assert chart.peak.count == max(column.count for column in chart.columns) <= chart.ticks[-1]
    assert len([column for column in chart.columns if column.mark]) <= 8


@given(st.lists(st.tuples(st.integers(1950, 2030), st.tuples(st.integers(0, 99), st.integers(0, 99))), max_size=40))
def test_pieces_stand_on_each_other(years):
    chart = stacked(dict(years).items(), (Series("One", "t-one"), Series("Two", "t-two")), url)
    for column in chart.columns if chart else ():
        assert sum(column.counts) == column.count == sum(piece.count for piece in column.pieces)
        floor = 100.0
        for piece in column.pieces:
            assert piece.y + piece.height == pytest.approx(floor, abs=0.02)
            floor = piece.y


@given(st.integers(1, 10**7), st.integers(1, 6))
def test_a_scale_holds_the_most_in_few_round_steps(most, lines):
    step, top = scale(most, lines)
    assert most <= top < most + step
    assert top % step == 0
    assert top // step <= lines


def test_years_lead_to_their_records_and_many_years_share_a_column():
    assert bars([(1999, 1), (2001, 2)], url).columns[1].url == "2000-2000"
    wide = bars([(1, 1), (2000, 1)], url)
    assert (wide.columns[0].first, wide.columns[0].last) == (1, 49)
    assert bars([], url) is None
