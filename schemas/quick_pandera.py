"""pandera, told that there is no Dask: it looks for Dask by importing it, over a second in every process.

No frame of ours is a Dask frame; a cluster's workers get tasks, not frames. Import this before the first validation.
"""

import importlib
import sys

DASK = "dask.dataframe"

if DASK not in sys.modules:
    sys.modules[DASK] = None  # type: ignore[assignment]  # what Python keeps for a module that cannot be imported
    try:
        importlib.import_module("pandera.typing.dask")
    finally:
        del sys.modules[DASK]
