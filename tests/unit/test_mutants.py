"""The faults that are put into the code, and which tests are asked about them."""

import ast
from fractions import Fraction

import pytest

from auditable.rounding import percent_of
from tests.mutants import spots
from tests.mutants.measure import read_equivalent
from tests.mutants.packages import PACKAGES, ROOT, Package
from tests.mutants.patching import change_functions
from tests.mutants.places import Mutant, draw_mutants
from tests.mutants.spots import COUNTER, counting_sources, is_at_import

SMALL = Package(modules=("rounding.py",), tests=(), sample=20)


def test_the_same_seed_draws_the_same_faults_and_another_seed_others():
    first = draw_mutants(SMALL, 20, seed=1)
    assert first == draw_mutants(SMALL, 20, seed=1)
    assert {m.key for m in first} != {m.key for m in draw_mutants(SMALL, 20, seed=2)}


def test_each_fault_changes_one_line_of_its_module_and_no_annotation():
    for mutant in draw_mutants(SMALL, 30, seed=1):
        old = (ROOT / mutant.path).read_text(encoding="utf-8")
        changed = [
            i for i, (a, b) in enumerate(zip(old.splitlines(), mutant.source.splitlines(), strict=True)) if a != b
        ]
        assert changed == [mutant.line - 1]
        assert _annotations(old) == _annotations(mutant.source)


def _annotations(source):
    return [ast.unparse(n.annotation) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.arg) and n.annotation]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_package_has_its_modules_and_tests(name):
    package = PACKAGES[name]
    assert all(list(spots.SOURCE.glob(pattern)) for pattern in package.modules)
    assert all((ROOT / "tests" / test).exists() for test in package.tests)


MADE = """LIMIT = 1
WIDE = LIMIT * 2


def first(value, low=3):
    if value > low:
        return value + 1
    return 0


def second(value):
    return value < WIDE
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    source = tmp_path / "src" / "auditable"
    source.mkdir(parents=True)
    (source / "made.py").write_text(MADE)
    monkeypatch.setattr(spots, "ROOT", tmp_path)
    monkeypatch.setattr(spots, "SOURCE", source)
    return lambda line: Mutant("src/auditable/made.py", line, "", "", "")


@pytest.mark.parametrize(
    ("line", "call", "is_met"),
    [
        pytest.param(7, ("first", 5), True, id="the statement runs"),
        pytest.param(7, ("first", 1), False, id="its condition is not met"),
        pytest.param(6, ("first", 1), True, id="the head of a condition"),
        pytest.param(5, ("first", 1), True, id="a default of the function"),
        pytest.param(1, ("second", 1), True, id="a constant behind the constant it uses"),
        pytest.param(1, ("first", 1), False, id="a constant it does not use"),
    ],
)
def test_a_call_meets_the_faults_of_the_lines_it_runs(made, line, call, is_met):
    met = set()
    (tree,) = counting_sources([made(line)]).values()
    names = {COUNTER: lambda *numbers: met.update(numbers)}
    exec(compile(tree, "made.py", "exec"), names)
    names[call[0]](call[1])
    assert met == ({0} if is_met else set())


@pytest.mark.parametrize(("line", "expected"), [(1, True), (5, True), (6, False), (12, False)])
def test_a_line_outside_all_functions_runs_at_import(made, line, expected):
    assert is_at_import(made(line)) is expected


def test_a_living_function_takes_the_fault_wherever_it_was_imported_to():
    path = "src/auditable/rounding.py"
    source = (ROOT / path).read_text(encoding="utf-8")
    whole = percent_of.__code__
    change_functions({path: [percent_of]}, path, source.replace("100 *", "99 *"))
    faulty = percent_of(1, 2)
    percent_of.__code__ = whole
    assert (faulty, percent_of(1, 2)) == (Fraction(99, 2), Fraction(50))


def test_every_equivalent_fault_names_a_line_that_still_stands():
    for path, before, _ in read_equivalent():
        lines = {line.strip() for line in (ROOT / path).read_text(encoding="utf-8").splitlines()}
        assert before in lines
