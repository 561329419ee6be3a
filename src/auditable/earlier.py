"""Whether a label means an earlier therapy: "Best response with prior X", "Prior X > Cycles received".

Comes in: the labels of a row, innermost last, the variable they name, and what kind of table they stand in. Goes out:
the variable of the earlier therapy, else the one that came in. Which variables have such a twin is said by the codebook
(of_earlier); drugs are those it lists as prior therapies. Running text is left to text_names.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from auditable.entries import Variable
from auditable.labels import label_words

DRUGS_OF = "prior_therapy"
"""The variable whose categories are names of drugs and their classes."""
BASELINE, OF_PATIENTS = "baseline", "individual"
_PRIOR = re.compile(r"\b(?:prior|history|past|previous(?:ly)?|earlier|preceding|pre-?treatments?)\b", re.IGNORECASE)


class Earlier:
    """The twins of variables, and the names of drugs, of one codebook."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        self.twins = {name: v.of_earlier for name, v in variables.items() if v.of_earlier}
        self._is_event = {name: variables[name].kind == "event" for name in self.twins}
        listed = variables[DRUGS_OF].categories if DRUGS_OF in variables else {}
        self._drugs = {form: name for name, forms in listed.items() for form in forms}
        longest = sorted(self._drugs, key=len, reverse=True)
        self._drug = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest)) or '(?!)'})\b")

    def name(self, variable: str, own: str, path: Sequence[str], kind: str) -> str:
        """The twin of a variable where an earlier therapy is meant, else the variable itself.

        own: the label that names the variable; where it says "prior", that settles it in every table. kind: type of
        the table. A table of patients' characteristics tells what came before the study, so that there the name of a
        drug in the label is enough, as is "prior" in a heading; the latter also in a list of single patients. Events in
        it are such of the past.
        """
        twin = self.twins.get(variable, "")
        if not twin:
            return variable
        if kind == BASELINE and self._is_event[variable]:
            return twin
        of_heading = kind in (BASELINE, OF_PATIENTS) and any(map(_PRIOR.search, path))
        of_drug = kind == BASELINE and self.drug_in(own) != ""
        return twin if _PRIOR.search(own) or of_heading or of_drug else variable

    def drug_in(self, label: str) -> str:
        """The drug or class of drugs a label names, by the codebook's name; "" when none."""
        match = self._drug.search(label_words(label))
        return self._drugs[match[0]] if match else ""

    def without_drug(self, words: str) -> str:
        """Comparable words without the first name of a drug: "number of dara line" → "number of line"."""
        return " ".join(self._drug.sub(" ", words, count=1).split())
