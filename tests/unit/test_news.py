"""What is news, and what the record of it says after a run."""

from __future__ import annotations

import pandas as pd
import pytest

from auditable.telling.news import find_news, mark_announced
from schemas.desk_frames import Announced
from schemas.frames import empty_frame, frame_of


def items(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Items of Decided. rows: item_id, value_now, state."""
    named = [dict(zip(("item_id", "value_now", "state"), row, strict=True)) for row in rows]
    return pd.DataFrame(
        [{"study_id": "made2001", "message": "m", **row} for row in named],
        columns=["study_id", "message", "item_id", "value_now", "state"],
    )


def told(*rows: tuple[str, str, int]) -> pd.DataFrame:
    names = ("item_id", "value_told", "n_told")
    return frame_of([{"study_id": "made2001", **dict(zip(names, row, strict=True))} for row in rows], Announced)


@pytest.mark.parametrize(
    ("now", "known", "kind"),
    [
        (("a", "1 | 2", "new"), (), "new"),
        (("a", "1 | 2", "unchanged"), (), "new"),  # a run was killed before it told
        (("a", "1 | 2", "new"), (("a", "1 | 2", 1),), ""),
        (("a", "1 | 3", "new"), (("a", "1 | 2", 1),), "changed"),
        (("a", "1 | 3", "returned"), (("a", "1 | 2", 1),), "returned"),
        (("a", "1 | 3", "returned"), (), "returned"),
        (("a", "1 | 2", "disputed"), (("a", "1 | 2", 1),), ""),
        (("a", "1 | 3", "closed"), (("a", "1 | 2", 1),), ""),
        (("a", "1 | 2", "new"), (("a", "", 1),), "new"),  # it was gone
    ],
)
def test_an_open_item_is_news_until_it_was_told_with_its_values(
    now: tuple[str, str, str], known: tuple[tuple[str, str, int], ...], kind: str
) -> None:
    found = find_news(items(now), told(*known) if known else empty_frame(Announced))
    assert [n.kind for n in found] == ([kind] if kind else [])
    assert find_news(items(now), mark_announced(items(now), told(*known) if known else empty_frame(Announced))) == []


def test_an_item_that_comes_back_is_told_again_under_another_id() -> None:
    record = empty_frame(Announced)
    ids = []
    for rows in ([("a", "1 | 2", "new")], [], [("a", "1 | 2", "new")]):
        now = items(*rows)
        ids += [n.event_id("c") for n in find_news(now, record)]
        record = mark_announced(now, record)
    assert len(ids) == len(set(ids)) == 2
    assert find_news(items(("a", "1 | 2", "new")), empty_frame(Announced))[0].event_id("c") == ids[0], (
        "the same on all machines"
    )


def test_two_corpora_on_one_server_do_not_silence_each_other() -> None:
    news = find_news(items(("a", "1 | 2", "new")), empty_frame(Announced))[0]
    assert news.event_id("s3://bucket/one") != news.event_id("s3://bucket/two")


def test_what_was_not_delivered_stays_news() -> None:
    now = items(("a", "1 | 2", "new"), ("b", "3 | 4", "new"))
    record = mark_announced(now, empty_frame(Announced), not_told=["b"])
    assert list(record["item_id"]) == ["a"]
    assert [n.item_id for n in find_news(now, record)] == ["b"]
