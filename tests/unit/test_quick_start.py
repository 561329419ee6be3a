"""What a command does not load: each of these takes a good part of a second, in every process."""

import subprocess
import sys
from pathlib import Path

import pytest
from reportlab.pdfgen import canvas

HEAVY = ("camelot", "matplotlib", "pandas", "pandera", "playa", "prefect", "rapidocr", "scipy", "statsmodels")
COMMAND = """
import sys
heavy, sys.argv = sys.argv[1], ["auditable", *sys.argv[2:]]
try:
    from auditable.cli import main
    main()
except SystemExit:
    pass
print("loaded:", *[m for m in heavy.split(",") if m in sys.modules])
"""
TELL = "; print('loaded:', *[m for m in sys.argv[1].split(',') if m in sys.modules])"
READING = (
    "import sys; from pathlib import Path; from auditable.pdf_reading import dump_pdf; "
    "dump_pdf(Path(sys.argv[2]), 'made2001', tables_only=True)" + TELL
)
CAMELOT = "import sys; import auditable.readers.camelot_reader" + TELL


@pytest.fixture(scope="module")
def prose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("prose") / "prose.pdf"
    page = canvas.Canvas(str(path), invariant=1)
    page.drawString(72, 700, "Of 48 patients, 12 (25.0%) had a response.")
    page.save()
    return path


def loaded(code: str, *args: str) -> set[str]:
    """The heavy modules that the code had loaded at its end."""
    command = [sys.executable, "-c", code, ",".join(HEAVY), *args]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "loaded:" in done.stdout, done.stderr
    return set(done.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize("args", [["--help"], ["run", "--help"], ["tables", "nowhere.pdf"]])
def test_a_command_that_answers_at_once_loads_nothing_heavy(args: list[str]):
    assert loaded(COMMAND, *args) == set()


def test_printing_the_tables_of_a_pdf_loads_nothing_heavy_in_the_process_of_the_command(prose: Path):
    assert loaded(COMMAND, "tables", str(prose), "--format", "csv") == set()


def test_reading_a_page_without_tables_loads_no_second_reader_and_no_recogniser(prose: Path):
    assert loaded(READING, str(prose)) == set()


def test_camelot_comes_without_its_plots():
    assert "matplotlib" not in loaded(CAMELOT)
