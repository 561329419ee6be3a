"""Labels that no entry of the codebook explains, with the nearest entries.

Comes in: the observations of a study. Goes out: a frame of the model UnknownLabels. The observations stay as they are:
a number without a known variable is still a number that was printed. Naming labels is left to codebook.py.
"""

from __future__ import annotations

import pandas as pd

from auditable.codebook import Codebook, load_codebook
from auditable.model import PATH_SEPARATOR
from schemas.frames import UnknownLabels, empty_frame


def list_unknown_labels(observations: pd.DataFrame) -> pd.DataFrame:
    """One row per label of a table, or subject of a sentence, whose observations have no variable.

    observations: of one study, of the model Observations.
    Returns a frame of the model UnknownLabels; key (study_id, source, table_id, label).
    """
    unnamed = observations[observations["variable"] == ""]
    labels = unnamed["stub_path"].where(unnamed["source"] == "table", unnamed["subject"])
    found = unnamed.assign(label=labels)[labels.str.strip() != ""]
    if found.empty:
        return empty_frame(UnknownLabels)
    groups = found.groupby(["study_id", "source", "table_id", "label"], sort=True)
    counted = groups.size().reset_index(name="n_observations")
    codebook = load_codebook()
    return UnknownLabels.validate(
        counted.assign(nearest=[_nearest(label, codebook) for label in counted["label"]]), lazy=True
    )


def _nearest(label: str, codebook: Codebook) -> str:
    """The nearest known labels of the last part of a path, each with its variable and likeness of 100."""
    last = label.rpartition(PATH_SEPARATOR)[2]
    return "; ".join(f"{s.label} → {s.variable} ({s.likeness})" for s in codebook.suggest(last))
