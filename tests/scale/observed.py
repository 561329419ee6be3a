"""As many observations as wanted, as a corpus of made articles holds them, with gold records that differ in places.

Comes in: how many observations, and how many articles one study holds. Goes out: per study its observations, its
sentences and its gold record, in a scratch folder and back. Articles are those of tests/articles, each with other
content; what is not read wrong, gold keys as it is. The same numbers give the same corpus.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from auditable.matching import PROSE
from auditable.model import Reading, Sentence
from auditable.serial import dump_reading, load_reading
from schemas.frames import Gold, Observations
from tests.articles.compose import article_of
from tests.articles.made_reading import made_reading
from tests.articles.true_frame import true_observations
from tests.differences.seeding import SEEDERS, Base
from tests.scale.papers import name_of

N_DIFFERENCES = 3
"""Classes of differences between gold and reading in one article, by turns."""
TEXT_SHARE = 5
"""One of so many numbers of the text is keyed in gold; of tables all are."""


@dataclass(frozen=True)
class MadeStudy:
    """One study: what was read of it, and its gold record (a Gold frame)."""

    reading: Reading
    observations: pd.DataFrame
    gold: pd.DataFrame


def make_studies(n: int, n_articles: int) -> Iterator[MadeStudy]:
    """Studies of n_articles each, until they hold n observations together."""
    made = number = 0
    while made < n:
        study = _make_study(number, n_articles)
        made += len(study.observations)
        number += 1
        yield study


def keep_study(folder: Path, study: MadeStudy) -> None:
    """The study in three files of the folder."""
    study_id = study.reading.study_id
    study.observations.to_parquet(folder / f"{study_id}.observations.parquet")
    study.gold.to_parquet(folder / f"{study_id}.gold.parquet")
    (folder / f"{study_id}.json").write_text(dump_reading(study.reading), "utf-8")


def kept_studies(folder: Path) -> Iterator[MadeStudy]:
    """The studies of a folder, in order."""
    for path in sorted(folder.glob("*.json")):
        observations, gold = (
            pd.read_parquet(path.with_suffix(f".{name}.parquet")) for name in ("observations", "gold")
        )
        yield MadeStudy(load_reading(path.read_text("utf-8")), observations, gold)


def _make_study(number: int, n_articles: int) -> MadeStudy:
    study_id = name_of(number)
    parts, golds, sentences, n_tables, n_pages = [], [], [], 0, 0
    for seed in range(number * n_articles, (number + 1) * n_articles):
        article = article_of(seed)
        reading = made_reading(article)
        moved = _moved(true_observations(article), study_id, seed, n_tables, n_pages)
        read, gold = _differing(study_id, moved, seed)
        parts.append(read)
        golds.append(gold)
        sentences += [_on_page(s, n_pages) for s in reading.sentences]
        n_tables += len(reading.tables)
        n_pages += len(reading.pages)
    article_of.cache_clear()  # a million observations come of thousands of articles
    observations, gold = pd.concat(parts, ignore_index=True), pd.concat(golds, ignore_index=True)
    gold = gold.assign(gold_line=range(2, len(gold) + 2)).drop(columns="observation_id")
    return MadeStudy(
        Reading(study_id, (), (), tuple(sentences), ()),
        Observations.validate(observations, lazy=True),
        Gold.validate(gold, lazy=True),
    )


def _moved(observations: pd.DataFrame, study_id: str, seed: int, n_tables: int, n_pages: int) -> pd.DataFrame:
    """The observations of one article behind those of others in one study."""
    names = observations["table_id"].map(lambda name: f"T{int(str(name)[1:]) + n_tables}" if name else "")
    ids = [f"{study_id}-{seed}-{name}" for name in observations["observation_id"]]
    pages = observations["page"] + n_pages
    return observations.assign(study_id=study_id, observation_id=ids, table_id=names, page=pages)


def _on_page(sentence: Sentence, n_pages: int) -> Sentence:
    spans = tuple((start, end, page + n_pages, box) for start, end, page, box in sentence.spans)
    return replace(sentence, page=sentence.page + n_pages, spans=spans)


def _differing(study_id: str, observations: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What was read of one article and what gold says of it, which differ in a few places."""
    rng = random.Random(seed)
    base = Base(study_id, _gold(observations), observations)
    for k in range(N_DIFFERENCES if set(base.gold["table_id"]) != {PROSE} else 0):
        seeded = SEEDERS[(seed * N_DIFFERENCES + k) % len(SEEDERS)](base, rng)
        if seeded is not None:
            base = replace(base, gold=seeded.gold, read=seeded.read)
    return base.read, base.gold


def _gold(observations: pd.DataFrame) -> pd.DataFrame:
    """A row for each number of a table and for some of the text, with the id of the observation that it keys."""
    in_table = observations["source"] == "table"
    keyed = observations[in_table | (observations.groupby(in_table).cumcount() % TEXT_SHARE == 0)]
    is_text = keyed["source"] != "table"
    subject = keyed["variable"].str.replace("_", " ") + " " + keyed["category"] + " " + keyed["arm"]
    return pd.DataFrame(
        {
            "gold_line": range(2, len(keyed) + 2),
            "table_id": keyed["table_id"].mask(is_text, PROSE).tolist(),
            "stub_path": keyed["stub_path"].mask(is_text, subject.str.strip()).tolist(),
            **{name: keyed[name].tolist() for name in ("spanner_path", "statistic")},
            "value": (keyed["comparator"] + keyed["value"]).tolist(),
            **{name: keyed[name].tolist() for name in ("unit", "marks", "raw_text", "observation_id")},
            "keyed_by": "made",
        }
    )
