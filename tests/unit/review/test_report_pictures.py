from pathlib import Path

import pytest

from auditable.review import report_pictures
from auditable.review.report_pictures import card_pictures
from auditable.review.study_view import view_study
from tests.desk_made import make_corpus
from tests.review_scale.copies import copy_corpus


@pytest.mark.parametrize(("most", "shared"), [(4, [2, 2]), (1, [1, 0]), (9, [3, 3])])
def test_pictures_are_shared_out_and_never_more_than_a_report_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, shared: list[int]
) -> None:
    monkeypatch.setattr(report_pictures, "MAX_PICTURES", most)
    content = copy_corpus(*make_corpus(tmp_path, {"jones2020": 2, "smith2021": 2}), 2, 0)
    views = [view_study(study, content.decided.items) for study in content.studies]
    taken = card_pictures(content.studies, views)
    assert [sum(len(taken.get(c.item_id, ())) for c in view.cards) for view in views] == shared
