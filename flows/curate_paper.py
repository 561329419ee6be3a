"""One paper → its folder in curated/: the same tasks as the corpus flow, for one study, without the corpus files.

Comes in: the study's folder. Goes out: its folder in curated/. A broken input fails the flow run with its one message.
"""

from __future__ import annotations

from pathlib import Path

from prefect import flow

from auditable.curate import load_frames
from auditable.papers import load_paper
from auditable.serial import load_reading
from auditable.settings import load_settings
from auditable.store import write_study
from flows.tasks import curate, read


@flow(name="curate-paper", flow_run_name="curate {folder}", validate_parameters=False)
def curate_paper(folder: str, curated_dir: str = "curated") -> str:
    """The folder in curated_dir that holds the study."""
    paper = load_paper(Path(folder))
    reading_text = read(paper, load_settings())
    frames = load_frames(curate(paper, reading_text))
    return str(write_study(Path(curated_dir), paper.study_id, load_reading(reading_text), frames))
