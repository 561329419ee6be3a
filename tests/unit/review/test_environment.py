import pytest

from auditable.review.environment import LONG_TEXT, make_environment, show_share


def shown(text: str) -> str:
    return make_environment().from_string("{{ text }}|{{ text | say }}").render(text=text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("12 (5.6)", "12 (5.6)"),
        ("<b>&\"'", "&lt;b&gt;&amp;&#34;&#39;"),
        ("a\u202e21\u202c", "a⟨U+202E⟩21⟨U+202C⟩"),
        ("1\u200b2\x00", "1⟨U+200B⟩2⟨U+0000⟩"),
        ("1\u061c2\U000e0031", "1⟨U+061C⟩2⟨U+E0031⟩"),
        ("≥ 10⁻³ – é\tß\n", "≥ 10⁻³ – é\tß\n"),
    ],
)
def test_printed_text_is_escaped_and_unseen_signs_are_told(text: str, html: str) -> None:
    assert shown(text) == f"{html}|{html}"


def test_a_long_text_scrolls_in_a_box_of_its_own() -> None:
    html = shown("<" * (LONG_TEXT + 1)).partition("|")[2]
    assert html.startswith('<span class="long" tabindex="0"')
    assert html.count("&lt;") == LONG_TEXT + 1


@pytest.mark.parametrize(("share", "said"), [(None, "–"), (1.0, "100"), (0.9999, "99.9"), (0.5, "50.0")])
def test_a_share_is_never_rounded_up_to_all(share: float | None, said: str) -> None:
    assert show_share(share) == said
