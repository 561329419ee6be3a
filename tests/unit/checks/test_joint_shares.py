"""percent.joint: a share of two things at once that is above the share of one of them is asked about."""

import pytest
from hand_made import HandMadePaper

RULE = "percent.joint"


@pytest.mark.parametrize(
    ("sentence", "n"),
    [
        ("Remission with raised ferritin was seen in 41.0% (n = 41).", 1),
        ("Remission with raised ferritin was seen in 22.0% (n = 22).", 0),
        ("Among responders, remission with raised ferritin was seen in 41.0%.", 0),
        ("Remission with raised ferritin and fever was seen in 41.0%.", 0),
        ("Remission or raised ferritin was seen in 41.0%.", 0),
        ("A steroid combination immediately preceded surgery in 60.0%.", 1),
        ("A steroid combination immediately preceded surgery in 50.0%.", 0),
        ("A steroid combination with azathioprine immediately preceded surgery in 60.0%.", 0),
    ],
)
def test_a_part_is_within_the_whole(paper: HandMadePaper, sentence: str, n: int) -> None:
    paper.row("Remission", column="Surgery", arm="Surgery", pct="62.5")
    paper.row("Raised ferritin", column="Surgery", arm="Surgery", pct="30.0")
    paper.row("Steroid type > Combination", column="Surgery", arm="Surgery", pct="53.0")
    found = paper.read(sentence).findings(RULE)
    assert int((found["severity"] != "note").sum()) == n
