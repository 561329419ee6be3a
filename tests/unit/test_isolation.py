"""A function in its own process: its text comes back, and every way to die becomes one clear error."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from auditable.isolation import run_isolated
from auditable.model import AuditableError, StorageError
from auditable.worker_process import report_step
from auditable.workers import close_workers


def greet(name: str) -> str:
    return f"Grüß Gott, {name} ≥ 3 \ud800"


def print_much(text: str) -> str:
    print("to stdout", text)
    print("to stderr", text, file=sys.stderr)
    os.write(1, b"straight to the descriptor\n")
    return "quiet"


def fail_clearly(path: Path) -> str:
    raise AuditableError(
        "the PDF is cut off", where=str(path), expected="a whole PDF", found="half", remedy="Fetch it again."
    )


def fail_by_bug(path: Path) -> str:
    raise KeyError("no such column")


def return_number() -> str:
    return 3  # type: ignore[return-value]


def hang(folder: Path) -> str:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        (folder / "grandchild").write_text(str(child.pid))
        print("hanging now", flush=True)
        time.sleep(60)
    return ""


def crash() -> str:
    print("about to crash", flush=True)
    os.kill(os.getpid(), signal.SIGSEGV)
    return ""


def leave_silently() -> str:
    os._exit(0)


def eat_memory() -> str:
    hoard = []
    for _ in range(100):
        hoard.append(bytearray(os.urandom(2**20)) * 20)
        time.sleep(0.02)
    time.sleep(60)
    return str(len(hoard))


def open_files(count: int) -> str:
    with contextlib.ExitStack() as held:
        files = [held.enter_context(Path(os.devnull).open()) for _ in range(count)]
        return str(len(files))


def lose_files(count: int) -> str:
    """Opens files and leaves them open, as a leaking library does."""
    for _ in range(count):
        os.open(os.devnull, os.O_RDONLY)
    return str(os.getpid())


def use_up_files() -> int:
    """Opens files until no more may be opened, and leaves them open; returns how many."""
    with contextlib.suppress(OSError):
        for count in range(10_000):  # noqa: B007
            os.open(os.devnull, os.O_RDONLY)
    return count


def end_with_all_files_open(end: str) -> str:
    use_up_files()
    if end == "text":
        return "all is well"
    if end == "clear error":
        fail_clearly(Path("a.pdf"))
    try:
        os.open(os.devnull, os.O_RDONLY)
    except OSError as error:
        raise (AuditableError("the PDF cannot be opened") if end == "wrapped, clear" else KeyError("font")) from error
    return ""


def write_much(path: Path, bytes_: int) -> str:
    with path.open("wb") as file:
        file.truncate(bytes_)
    return "written"


def tell_limits() -> str:
    return repr([resource.getrlimit(k)[0] for k in (resource.RLIMIT_CORE, resource.RLIMIT_NOFILE)])


def run(function, *args, seconds=30.0, memory_mb=2000):
    return run_isolated(function, args, seconds=seconds, memory_mb=memory_mb)


def test_text_comes_back_letter_by_letter():
    assert run(greet, "Anna") == "Grüß Gott, Anna ≥ 3 \ud800"


def test_output_of_the_child_stays_off_the_terminal(capfd):
    assert run(print_much, "x") == "quiet"
    assert capfd.readouterr() == ("", "")


def test_error_of_the_child_keeps_all_its_fields():
    with pytest.raises(AuditableError) as caught:
        run(fail_clearly, Path("a.pdf"))
    error = caught.value
    assert (error.what, error.where, error.expected, error.found, error.remedy) == (
        "the PDF is cut off",
        "a.pdf",
        "a whole PDF",
        "half",
        "Fetch it again.",
    )


def fail_for_now() -> str:
    raise StorageError("the disk is full", where="cache")


def test_what_may_heal_stays_known_as_such():
    with pytest.raises(StorageError, match="the disk is full"):
        run(fail_for_now)


def tell_pid() -> str:
    report_step("reading")
    return str(os.getpid())


def test_a_worker_is_used_again_and_its_steps_are_heard():
    heard: list[str] = []
    first = run_isolated(tell_pid, (), seconds=30, memory_mb=2000, on_step=heard.append)
    assert run(tell_pid) == first
    assert heard == ["reading"]
    with pytest.raises(AuditableError):
        run(fail_clearly, Path("a.pdf"))
    assert run(tell_pid) == first, "a broken input is no fault of the worker"


def leave_a_child() -> str:
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    return str(os.getpid())


@pytest.mark.parametrize("spoil", [crash, fail_by_bug, leave_a_child, eat_memory])
def test_a_spoiled_worker_does_nothing_more(spoil, tmp_path):
    first = int(run(tell_pid))
    with contextlib.suppress(AuditableError):
        run(spoil, *((tmp_path,) if spoil is fail_by_bug else ()), memory_mb=300)
    assert not _is_running(first)
    assert run(tell_pid) != str(first)


def test_a_worker_does_a_limited_number_of_jobs(monkeypatch):
    monkeypatch.setattr("auditable.workers.MAX_JOBS", 2)
    close_workers()
    pids = [run(tell_pid) for _ in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_relative_paths_are_those_of_the_caller(monkeypatch, tmp_path):
    run(tell_pid)
    monkeypatch.chdir(tmp_path)
    assert run(tell_place) == str(tmp_path.resolve())


def tell_place() -> str:
    return str(Path.cwd().resolve())


PARENT = """
import os, signal, sys, threading, time
from pathlib import Path
sys.path[:0] = {paths!r}
from tests.unit.test_isolation import hang
from auditable.isolation import run_isolated
threading.Thread(target=run_isolated, args=(hang, (Path({folder!r}),)), kwargs=dict(seconds=60, memory_mb=2000)).start()
while not (Path({folder!r}) / "grandchild").exists() or not (Path({folder!r}) / "grandchild").read_text():
    time.sleep(0.05)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_does_not_outlive_its_parent(tmp_path):
    program = PARENT.format(paths=[str(Path(__file__).parents[2])], folder=str(tmp_path))
    subprocess.run([sys.executable, "-c", program], check=False, timeout=60)
    grandchild = int((tmp_path / "grandchild").read_text())
    deadline = time.monotonic() + 10
    while _is_running(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(grandchild)


@pytest.mark.parametrize(
    ("function", "args", "what", "found"),
    [
        (fail_by_bug, (Path("b.pdf"),), "the work failed", "KeyError: 'no such column'"),
        (return_number, (), "the work failed", "must return text, returned int"),
        (crash, (), "the work crashed (SIGSEGV)", "about to crash"),
        (leave_silently, (), "the work failed", "exit code 0"),
    ],
)
def test_other_ends_become_one_error(function, args, what, found):
    with pytest.raises(AuditableError) as caught:
        run(function, *args)
    assert caught.value.what == what
    assert found in caught.value.found
    assert caught.value.where.startswith(function.__name__)
    assert caught.value.remedy


def test_hanging_work_is_stopped_with_everything_it_started(tmp_path):
    with pytest.raises(AuditableError, match="more than 3 seconds") as caught:
        run(hang, tmp_path, seconds=3)
    assert "hanging now" in caught.value.found
    assert str(tmp_path) in caught.value.where
    grandchild = int((tmp_path / "grandchild").read_text())
    # The signal is sent when the error is raised; on a busy machine the process is gone a moment later.
    deadline = time.monotonic() + 10
    while _is_running(grandchild) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _is_running(grandchild)


def _is_running(pid: int) -> bool:
    """Whether a process runs; one that is dead but not yet buried by its parent does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def test_too_many_open_files_are_told_and_spoil_no_later_job():
    assert run(open_files, 300) == "300"
    with pytest.raises(AuditableError) as caught:
        run(lose_files, 600)
    assert caught.value.what == "the work was stopped at its limit"
    assert (caught.value.expected, caught.value.where) == ("at most 512 open files", "lose_files")
    assert caught.value.found.startswith("more")
    assert run(open_files, 300) == "300"


@pytest.mark.parametrize("end", ["wrapped", "wrapped, clear"])
def test_too_many_open_files_are_told_whatever_a_library_makes_of_them(end):
    with pytest.raises(AuditableError) as caught:
        run(end_with_all_files_open, end)
    assert (caught.value.what, caught.value.expected) == ("the work was stopped at its limit", "at most 512 open files")


def test_the_end_of_a_job_is_told_when_every_file_is_open():
    assert run(end_with_all_files_open, "text") == "all is well"
    with pytest.raises(AuditableError, match="the PDF is cut off"):
        run(end_with_all_files_open, "clear error")


FEW_FILES = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (100, 100))
sys.path[:0] = {paths!r}
from tests.unit.test_isolation import lose_files
from auditable.isolation import run_isolated
from auditable.model import AuditableError
try:
    run_isolated(lose_files, (200,), seconds=60, memory_mb=2000)
except AuditableError as error:
    print(error.what, "|", error.expected)
"""


def test_too_many_open_files_are_told_where_the_system_allows_few():
    program = FEW_FILES.format(paths=[str(Path(__file__).parents[2])])
    ended = subprocess.run([sys.executable, "-c", program], check=False, timeout=60, capture_output=True, text=True)
    assert ended.stdout.strip() == "the work was stopped at its limit | at most 84 open files", ended.stderr


def test_a_worker_that_lost_files_does_nothing_more():
    first = run(lose_files, 200)
    assert run(tell_pid) != first


def test_a_file_that_grows_without_end_is_stopped(tmp_path):
    with pytest.raises(AuditableError, match="a file of more than 1024 MB written") as caught:
        run(write_much, tmp_path / "big", 2**31)
    assert caught.value.what == "the work was stopped at its limit"
    assert str(tmp_path) in caught.value.where


def test_a_worker_leaves_no_image_of_its_memory():
    assert run(tell_limits) == "[0, 512]"


def test_memory_beyond_the_limit_is_stopped():
    with pytest.raises(AuditableError, match="of memory, of 300 MB allowed"):
        run(eat_memory, memory_mb=300)
