"""pandera models, one per stage: what a frame must look like when it enters or leaves that stage.

Imports nothing of ours. Every model is strict (no unknown column) and coerces; validate with `Model.validate(frame,
lazy=True)`.
Numbers that were printed stay text (a Decimal as printed); only geometry, counts and confidences are numeric. A
missing text is "",
never NaN, so that CSV files read back to the same frame.
"""

from functools import cache

import pandas as pd
import pandera.pandas as pa
from pandera.typing import Series

import schemas.quick_pandera  # noqa: F401

STATISTICS = (
    "n", "pct", "median", "mean", "sd", "se", "min", "max", "q1", "q3", "iqr", "ci_low", "ci_high", "ci_level", "hr",
    "or", "rr", "p",
    "rate", "events", "total", "value", "text", "bound", "missing",
)  # fmt: skip
BOX_COLUMNS = ("x0_pt", "top_pt", "x1_pt", "bottom_pt")
"""A box on its page, in points."""
SOURCES = ("table", "prose", "caption", "note")
SPEAKS_OF = ("this study", "another study")
NUMBER = r"-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?"
"""A number as observations hold it: a point for decimals, no thousands marks."""
AGREEMENTS = ("same", "differs", "not found", "not read twice")
DECIDED_BY = ("", "picture", "arithmetic", "undecided")
VERDICTS = ("consistent", "rounding", "impossible", "not testable")
SEVERITIES = ("error", "rounding", "unit", "definition", "citation", "note")
MATCH_KINDS = (
    "equal", "label only", "coarser precision", "rounding", "sign or comparator", "transposed digits", "decimal point",
    "value", "wrong denominator", "statistic", "unit", "swapped cells", "swapped rows", "swapped columns",
    "shifted row", "missing",
)  # fmt: skip
DISCREPANCY_KINDS = (*MATCH_KINDS[1:], "extra")
OUTCOMES = ("observation", "left out", "unaccounted")


class Frame(pa.DataFrameModel):
    """What every model shares."""

    class Config(pa.DataFrameModel.Config):
        """Shared by every model: no unknown column, types coerced, columns with a default added."""

        strict = True
        coerce = True
        add_missing_columns = True


class Cells(Frame):
    """One body cell each; key (study_id, table_id, row, col), both counted from 0; empty cells included.

    table_type: a name that a module of auditable/tables/ holds, or "unknown"; the names are known there alone.
    """

    study_id: Series[str]
    table_id: Series[str]
    table_label: Series[str]
    table_type: Series[str] = pa.Field(str_length={"min_value": 1})
    row: Series[int] = pa.Field(ge=0)
    col: Series[int] = pa.Field(ge=0)
    row_kind: Series[str] = pa.Field(isin=("data", "group", "subheader"))
    stub_path: Series[str]
    spanner_path: Series[str]
    text: Series[str]
    marks: Series[str]
    page: Series[int] = pa.Field(ge=1)
    x0_pt: Series[float] = pa.Field(nullable=True)
    top_pt: Series[float] = pa.Field(nullable=True)
    x1_pt: Series[float] = pa.Field(nullable=True)
    bottom_pt: Series[float] = pa.Field(nullable=True)
    reader: Series[str]
    second_text: Series[str]
    agreement: Series[str] = pa.Field(isin=AGREEMENTS)
    decided_by: Series[str] = pa.Field(isin=DECIDED_BY)
    ocr_confidence: Series[float] = pa.Field(nullable=True, ge=0, le=1)

    class Config(Frame.Config):
        """The key of a cell."""

        unique: str | list[str] | None = ["study_id", "table_id", "row", "col"]


class Observations(Frame):
    """One statistic as printed in one place; key observation_id.

    value: Decimal as printed without thousands marks, or the text, or "" when missing says why. denominator: N as
    text with its
    proof in denominator_proof, or "". statistic_from: the place that settled the statistic (cell, row label, row group,
    sub-header, boxhead, caption, note, sentence). quote: for source prose/caption/note the sentence; start/end:
    offsets of
    raw_text in quote (-1 for tables). subject: for prose, who or what the number speaks of, in the words printed.
    arm: the arm or cohort, as its head prints it, "" where all patients are meant or no arm is named; arm_from: the
    place that names it (boxhead, row group, caption, note, sentence …). subgroup: the part of the patients it speaks
    of ("washout >= 6 months"), "" for all of the arm. patient: the one patient it speaks of, as labelled.
    grade: of an adverse event: "", "any", "1-2", ">=3", "5" …; event_kind: what else the event is, joined by "; "
    (serious, related to X, leading to discontinuation, fatal). speaks_of: this study or another one that is cited;
    reference: the citation or the name of the other study, as printed.
    """

    observation_id: Series[str] = pa.Field(unique=True)
    study_id: Series[str]
    source: Series[str] = pa.Field(isin=SOURCES)
    table_id: Series[str]
    table_type: Series[str]
    row: Series[int]
    col: Series[int]
    stub_path: Series[str]
    spanner_path: Series[str]
    section: Series[str]
    arm: Series[str]
    arm_from: Series[str]
    population: Series[str]
    timepoint: Series[str]
    variable: Series[str]
    category: Series[str]
    subgroup: Series[str]
    patient: Series[str]
    grade: Series[str]
    event_kind: Series[str]
    speaks_of: Series[str] = pa.Field(isin=SPEAKS_OF)
    reference: Series[str]
    subject: Series[str]
    statistic: Series[str] = pa.Field(isin=STATISTICS)
    statistic_from: Series[str]
    value: Series[str]
    decimals: Series[int] = pa.Field(ge=0)
    comparator: Series[str] = pa.Field(isin=("", "<", "<=", ">", ">=", "~"))
    unit: Series[str]
    missing: Series[str] = pa.Field(isin=("", "NR", "NE", "NA", "NK", "dash", "blank", "other"))
    denominator: Series[str]
    denominator_proof: Series[str]
    raw_text: Series[str]
    quote: Series[str]
    start: Series[int]
    end: Series[int]
    marks: Series[str]
    page: Series[int] = pa.Field(ge=1)
    x0_pt: Series[float]
    top_pt: Series[float]
    x1_pt: Series[float]
    bottom_pt: Series[float]
    reader: Series[str]
    agreement: Series[str] = pa.Field(isin=AGREEMENTS)
    second_text: Series[str]
    ocr_confidence: Series[float] = pa.Field(nullable=True, ge=0, le=1)

    @pa.dataframe_check
    @classmethod
    def numbers_are_numbers(cls, rows: pd.DataFrame) -> pd.Series:
        """A statistic that is no text holds one finite number as printed, or says why it is missing."""
        is_number = rows["value"].str.fullmatch(NUMBER)
        return rows["statistic"].isin(("text", "missing")) | (rows["missing"] != "") | is_number

    @pa.dataframe_check
    @classmethod
    def denominators_are_proved(cls, rows: pd.DataFrame) -> pd.Series:
        """A denominator is a whole number, and the words that prove it stand beside it."""
        is_proved = rows["denominator"].str.fullmatch(r"\d+") & (rows["denominator_proof"] != "")
        return (rows["denominator"] == "") | is_proved


class Rejected(Frame):
    """What was printed and did not become an observation, each with its reason; key (study_id, source, table_id,
    row, col, raw_text, start)."""

    study_id: Series[str]
    source: Series[str] = pa.Field(isin=SOURCES)
    table_id: Series[str]
    row: Series[int]
    col: Series[int]
    raw_text: Series[str]
    start: Series[int]
    reason: Series[str]
    page: Series[int]


class Coverage(Frame):
    """How many printed numbers of one part of a paper went where; key (study_id, part, outcome, reason).

    part: a table, or a part of the text. n_known: those in an observation whose variable is known. first_text: of
    unaccounted numbers the first, with its surroundings.
    """

    study_id: Series[str]
    part: Series[str]
    outcome: Series[str] = pa.Field(isin=OUTCOMES)
    reason: Series[str]
    n_numbers: Series[int] = pa.Field(ge=1)
    n_known: Series[int] = pa.Field(ge=0)
    first_text: Series[str]

    class Config(Frame.Config):
        """One count per part and fate."""

        unique: str | list[str] | None = ["study_id", "part", "outcome", "reason"]


class Findings(Frame):
    """One test of one rule on named observations; key finding_id.

    verdict consistent: the numbers agree under an ordinary rounding; rounding: only if truncated or rounded up;
    impossible: no rounding gives them; not testable: message says why. severity of a consistent finding is "note", of a
    not testable one too unless it asks a question that only a reader can answer.
    observation_ids: joined by a blank. box: of the first observation, else of the first words. places: of the further
    words it speaks of, each page:x0:top:x1:bottom, joined by blanks. readers_agree: "yes", "no" or "read once".
    """

    finding_id: Series[str] = pa.Field(unique=True)
    study_id: Series[str]
    rule: Series[str]
    verdict: Series[str] = pa.Field(isin=VERDICTS)
    severity: Series[str] = pa.Field(isin=SEVERITIES)
    message: Series[str]
    arithmetic: Series[str]
    printed: Series[str]
    expected: Series[str]
    observation_ids: Series[str]
    table_id: Series[str]
    stub_path: Series[str]
    spanner_path: Series[str]
    page: Series[int] = pa.Field(ge=1)
    x0_pt: Series[float]
    top_pt: Series[float]
    x1_pt: Series[float]
    bottom_pt: Series[float]
    readers_agree: Series[str] = pa.Field(isin=("yes", "no", "read once"))
    places: Series[str] = pa.Field(default="")


class Gold(Frame):
    """One hand-keyed statistic each, as in raw/<study_id>/gold.csv, with its line number (the header is line 1)."""

    gold_line: Series[int] = pa.Field(ge=2, unique=True)
    table_id: Series[str]
    stub_path: Series[str]
    spanner_path: Series[str]
    statistic: Series[str] = pa.Field(isin=STATISTICS)
    value: Series[str]
    unit: Series[str]
    marks: Series[str]
    raw_text: Series[str]
    keyed_by: Series[str]


class Matches(Frame):
    """One row per gold row: what we read in its place; key (study_id, gold_line).

    kind: equal, or how it differs (docs/reconciliation.md says what each means). discrepancy_id: the discrepancy that
    explains it, shared by all rows of one cause; "" for equal rows. message: one plain sentence on this row.
    """

    discrepancy_id: Series[str]
    study_id: Series[str]
    kind: Series[str] = pa.Field(isin=MATCH_KINDS)
    gold_line: Series[int] = pa.Field(ge=2)
    table_id: Series[str]
    stub_path: Series[str]
    spanner_path: Series[str]
    statistic: Series[str]
    gold_value: Series[str]
    gold_unit: Series[str]
    read_statistic: Series[str]
    read_value: Series[str]
    read_unit: Series[str]
    observation_id: Series[str]
    message: Series[str]
    page: Series[int]
    x0_pt: Series[float] = pa.Field(nullable=True)
    top_pt: Series[float] = pa.Field(nullable=True)
    x1_pt: Series[float] = pa.Field(nullable=True)
    bottom_pt: Series[float] = pa.Field(nullable=True)

    class Config(Frame.Config):
        """One verdict per gold row."""

        unique: str | list[str] | None = ["study_id", "gold_line"]


class Discrepancies(Frame):
    """One cause each for which gold and reading differ, however many gold rows it explains; key discrepancy_id.

    stub_path, spanner_path: the labels its gold rows share, "" where they share none. gold_lines, observation_ids:
    joined by a blank; gold_lines is "" for what only we read. gold_said, read_said: its values in words, joined
    by " · ". box: of the first observation, empty where nothing was read.
    """

    discrepancy_id: Series[str] = pa.Field(unique=True)
    study_id: Series[str]
    kind: Series[str] = pa.Field(isin=DISCREPANCY_KINDS)
    table_id: Series[str]
    stub_path: Series[str]
    spanner_path: Series[str]
    gold_lines: Series[str]
    observation_ids: Series[str]
    gold_said: Series[str]
    read_said: Series[str]
    message: Series[str]
    page: Series[int]
    x0_pt: Series[float] = pa.Field(nullable=True)
    top_pt: Series[float] = pa.Field(nullable=True)
    x1_pt: Series[float] = pa.Field(nullable=True)
    bottom_pt: Series[float] = pa.Field(nullable=True)


class UnknownLabels(Frame):
    """Labels that no entry of the codebook explains; key (study_id, source, table_id, label).

    label: the stub path of a table's row, or the subject of a number in a sentence. nearest: known labels that are
    like it, each with its variable and its likeness from 0 to 100, the nearest first.
    """

    study_id: Series[str]
    source: Series[str] = pa.Field(isin=SOURCES)
    table_id: Series[str]
    label: Series[str]
    n_observations: Series[int] = pa.Field(ge=1)
    nearest: Series[str]

    class Config(Frame.Config):
        """The key of a label."""

        unique: str | list[str] | None = ["study_id", "source", "table_id", "label"]


def empty_frame(model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """A frame with the columns of the model and no rows."""
    return _empty(model).copy()


@cache
def _empty(model: type[pa.DataFrameModel]) -> pd.DataFrame:
    return model.validate(pd.DataFrame({name: pd.Series(dtype="str") for name in model.to_schema().columns}))


def frame_of(rows: list[dict[str, object]], model: type[pa.DataFrameModel]) -> pd.DataFrame:
    """The rows as a validated frame of the model, which may have none."""
    return model.validate(pd.DataFrame(rows), lazy=True) if rows else empty_frame(model)
