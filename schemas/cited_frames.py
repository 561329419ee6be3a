"""pandera models of what a paper says of other studies: its list of references, and the sentences that cite.

Imports the common ground of the other models, and nothing of ours.
"""

import pandera.pandas as pa
from pandera.typing import Series

from schemas.frames import SOURCES, Frame


class References(Frame):
    """One entry of a paper's list of references; key (study_id, place), counted from 1.

    number: as the list prints it, "" where it has none. first_author, year, doi: read from the entry, "" where not
    found.
    """

    study_id: Series[str]
    place: Series[int] = pa.Field(ge=1)
    number: Series[str]
    first_author: Series[str]
    year: Series[str]
    doi: Series[str]
    text: Series[str]

    class Config(Frame.Config):
        """The key of an entry."""

        unique: str | list[str] | None = ["study_id", "place"]


class Passages(Frame):
    """One sentence that speaks of other studies; key (study_id, place), counted from 1 in reading order.

    lines: start:end:page:x0:top:x1:bottom of each printed line (characters of text, points), joined by blanks.
    """

    study_id: Series[str]
    place: Series[int] = pa.Field(ge=1)
    source: Series[str] = pa.Field(isin=SOURCES)
    section: Series[str]
    page: Series[int] = pa.Field(ge=1)
    text: Series[str]
    lines: Series[str]

    class Config(Frame.Config):
        """The key of a sentence."""

        unique: str | list[str] | None = ["study_id", "place"]
