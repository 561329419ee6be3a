"""camelot without its plots: it would load matplotlib, over a second in every process that reads.

Goes out: what we use of camelot. We draw no plots of camelot's; without matplotlib it reads the same. Nothing else
imports camelot.
"""

from schemas.absent_modules import absent

with absent("matplotlib.patches", "matplotlib.pyplot"):
    from camelot.core import Cell as CamelotCell
    from camelot.core import Table as CamelotTable
    from camelot.parsers.stream import Stream
    from camelot.utils import get_image_char_and_text_objects, get_page_layout

__all__ = ["CamelotCell", "CamelotTable", "Stream", "get_image_char_and_text_objects", "get_page_layout"]
