import pytest

from auditable.adding import add_in_order


@pytest.mark.parametrize(
    ("numbers", "expected"), [([], 0.0), ([0.1] * 10, 0.9999999999999999), ([1e16, 1.0, -1e16], 0.0)]
)
def test_a_sum_is_rounded_after_each_step_on_every_python(numbers: list[float], expected: float) -> None:
    """From 3.12 on the built-in sum says 1.0 of ten tenths: a box would differ in its last bit between two machines."""
    assert add_in_order(numbers) == expected
