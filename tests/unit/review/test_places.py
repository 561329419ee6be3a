from auditable.model import Box
from auditable.review.pictures import Place
from auditable.review.places import MAX_STRIP_PT, MAX_STRIPS, merge_places


def place(top: float, page: int = 1, x0: float = 100, turn: int = 0) -> Place:
    return Place(page, Box(x0 - 50, top - 20, x0 + 250, top + 30), Box(x0, top, x0 + 40, top + 10), turn)


def test_what_stands_near_is_shown_in_one_picture() -> None:
    merged = merge_places([place(100), place(100), place(140)])
    assert [(p.outline.top, [b.top for b in p.partners], p.is_beside) for p in merged] == [(100, [140], False)]
    assert (merged[0].strip.top, merged[0].strip.bottom) == (80, 170)


def test_far_places_other_pages_columns_and_turns_have_pictures_of_their_own() -> None:
    far = [place(100 + MAX_STRIP_PT), place(100, page=2), place(100, x0=400)]
    for other in far:
        assert [p.is_beside for p in merge_places([place(100), other])] == [False, True]
    assert len(merge_places([place(100), place(100, turn=90)])) == 2


def test_a_card_has_few_pictures() -> None:
    assert len(merge_places([place(100, page=n) for n in range(1, 9)])) == MAX_STRIPS


def test_no_place_no_picture() -> None:
    assert merge_places([]) == []
