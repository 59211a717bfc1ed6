"""The addresses of the cover day."""

from django.urls import path, register_converter

from . import board, cell_actions, day_actions, own, sheet
from .requests import DateConverter

register_converter(DateConverter, "date")

_DAY = "schools/<slug:school>/board/<date:date>/"
_CELL = f"{_DAY}<uuid:need>/"

urlpatterns = [
    path("schools/<slug:school>/board/", board.board_today, name="board-today"),
    path(_DAY, board.board, name="board"),
    path(f"{_DAY}plan/", day_actions.board_plan, name="board-plan"),
    path(f"{_DAY}publish/", day_actions.board_publish, name="board-publish"),
    path(f"{_DAY}undo-publish/", day_actions.board_undo_publish, name="board-undo-publish"),
    path(f"{_DAY}discard/", day_actions.board_discard, name="board-discard"),
    path(f"{_DAY}sheet/", sheet.day_sheet, name="day-sheet"),
    path(_CELL, board.board_cell, name="board-cell"),
    path(f"{_CELL}assign/", cell_actions.board_assign, name="board-assign"),
    path(f"{_CELL}unassign/", cell_actions.board_unassign, name="board-unassign"),
    path(f"{_CELL}lock/", cell_actions.board_lock, name="board-lock"),
    path(f"{_CELL}measure/", cell_actions.board_measure, name="board-measure"),
    path(f"{_CELL}not-needed/", cell_actions.board_not_needed, name="board-not-needed"),
    path(f"{_CELL}needed/", cell_actions.board_needed, name="board-needed"),
    path("my/cover/", own.my_cover, name="my-cover"),
    path("offers/", own.offers, name="offers"),
    path("offers/<uuid:offer>/", own.offer_detail, name="offer-detail"),
    path("offers/<uuid:offer>/accept/", own.offer_accept, name="offer-accept"),
    path("offers/<uuid:offer>/decline/", own.offer_decline, name="offer-decline"),
]
