"""pandera, told that there is no Dask: it looks for Dask by importing it, over a second in every process.

No frame of ours is a Dask frame; a cluster's workers get tasks, not frames. Import this before the first validation.
"""

import importlib

from schemas.absent_modules import absent

with absent("dask.dataframe"):
    importlib.import_module("pandera.typing.dask")
