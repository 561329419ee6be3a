"""Requests for a keyer's file: begin one, look at a cell, check it with one key, type it anew.

Comes in: requests that passed the guard. Goes out: pages and changed rows. What a cell is and how it is written is left
to desk_gold.py, the HTML to desk_pages.py. Studies and rows are looked up by their names, never used as paths.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from auditable.gold_entry import GoldConflictError
from auditable.model import AuditableError
from auditable.review.desk_gold import (
    TYPED,
    CellChangedError,
    InkCache,
    KeyedCell,
    begin_file,
    check_cell,
    find_cell,
    list_sources,
    read_cells,
    save_cell,
)
from auditable.review.desk_pages import GoldView, render_gold, render_gold_start, render_problem
from auditable.review.desk_session import Desk
from auditable.review.desk_shelf import Material
from auditable.review.forms import read_form


def gold_routes(desk: Desk) -> list[Route]:
    """The routes below /gold."""
    pages = _GoldPages(desk)
    return [
        Route("/gold", pages.show),
        Route("/gold", pages.change, methods=["POST"]),
        Route("/gold/begin", pages.begin, methods=["POST"]),
        Route("/gold/picture", pages.picture),
    ]


class _GoldPages:
    """The answers, for one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.inks = desk, InkCache()

    async def show(self, request: Request) -> Response:
        query = request.query_params
        material = self.desk.material(query.get("study", ""))
        if material is None:
            return HTMLResponse(render_problem("There is no such study."), 404)
        return HTMLResponse(self._page(material, query.get("row", ""), query.get("item", "")))

    async def begin(self, request: Request) -> Response:
        form = await read_form(request)
        material = self.desk.material(form.get("study", ""))
        if material is None:
            return HTMLResponse(render_problem("There is no such study."), 404)
        begin_file(material, self.desk.who, form.get("source", ""))
        return _lead_to(material.study_id, "", form.get("back", ""))

    async def change(self, request: Request) -> Response:
        form = await read_form(request)
        material = self.desk.material(form.get("study", ""))
        cells = self._cells(material) if material else None
        cell = find_cell(cells, form.get("row", "")) if cells else None
        if material is None or cells is None or cell is None:
            return HTMLResponse(render_problem("There is no such row in your file any more."), 409)
        try:
            if form.get("action") == "check":
                check_cell(material.study_folder, self.desk.who, cell, form.get("seen", ""), _typed(form))
            else:
                save_cell(material.study_folder, self.desk.who, cell, form.get("seen", ""), _typed(form))
        except (CellChangedError, GoldConflictError) as error:
            return HTMLResponse(self._page(material, cell.key, "", f"Not saved: {error}", form), 409)
        except AuditableError as error:  # what cannot be keyed, such as an empty value, or is not what was checked
            return HTMLResponse(self._page(material, cell.key, "", f"Not saved: {error}", form), 400)
        return _lead_to(material.study_id, _next(self._cells(material) or [], cell), form.get("back", ""))

    async def picture(self, request: Request) -> Response:
        query = request.query_params
        material = self.desk.material(query.get("study", ""))
        cells = self._cells(material) if material else None
        cell = find_cell(cells, query.get("row", "")) if cells else None
        place = self.inks.place(material, self.desk.who, cells, cell) if material and cells and cell else None
        png = self.desk.shelf.picture(material, place, "page" in query) if material and place else None
        return Response(png, media_type="image/png") if png else PlainTextResponse("No such picture.\n", 404)

    def _cells(self, material: Material) -> list[KeyedCell] | None:
        return read_cells(material.study_folder, self.desk.who)

    def _page(
        self, material: Material, row: str, item: str, told: str = "", typed: Mapping[str, str] | None = None
    ) -> str:
        cells = self._cells(material)
        back = item or (typed or {}).get("back", "")
        if not cells:
            return render_gold_start(material, self.desk.who, list_sources(material.study_folder), back)
        cell = find_cell(cells, row) or self._cell_of_item(material, cells, item)
        cell = cell or next((c for c in cells if not c.is_checked), cells[0])
        place = self.inks.place(material, self.desk.who, cells, cell)
        return render_gold(GoldView(material, self.desk.who, cells, cell, place, told, typed or {}, back))

    def _cell_of_item(self, material: Material, cells: Sequence[KeyedCell], item: str) -> KeyedCell | None:
        """The cell that an item speaks of: the one at its labels."""
        card = material.cards.get(item)
        if card is None:
            return None
        labels = [(r.row_path, r.column_path) for r in card.rows] or [(card.row_path, card.column_path)]
        at = {(c.table_id, c.stub_path, c.spanner_path): c for c in reversed(cells)}
        return next((at[card.table_id, *label] for label in labels if (card.table_id, *label) in at), None)


def _typed(form: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What was typed, by row key and column: fields are named "value:L-…"."""
    typed: dict[str, dict[str, str]] = {}
    for name, text in form.items():
        column, _, key = name.partition(":")
        if column in TYPED and key:
            typed.setdefault(key, {})[column] = text
    return typed


def _next(cells: Sequence[KeyedCell], cell: KeyedCell) -> str:
    """The key of the next cell that nobody checked; of the next one where all are checked."""
    later = [c for c in cells if c.number > cell.number]
    found = next((c for c in [*later, *cells] if not c.is_checked), None)
    return (found or (later[0] if later else cell)).key


def _lead_to(study_id: str, row: str, back: str) -> Response:
    query = {"study": study_id} | ({"row": row} if row else {}) | ({"item": back} if back else {})
    return RedirectResponse("/gold?" + urlencode(query), 303)
