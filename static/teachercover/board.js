// Keys for the day board. Every key presses a link or button that is on the page anyway,
// so nothing here can do what a plain form can't.
"use strict";

const KEY_OF_BUTTON = { a: "assign", l: "lock", u: "unassign" };
let waitingAction = null; // a key pressed on a cell whose panel is still on its way
let lastCell = null;
let goingBack = false; // the panel is closing: its lesson gets the focus, wherever that is by then

const inText = (element) => element.closest("input, select, textarea, [contenteditable]");
const panel = () => document.querySelector("#panel.filled");
const cellOf = (id) => id && document.getElementById(`need-${id}`);

function currentCell() {
  const focused = document.activeElement.closest(".need");
  return focused || cellOf(panel()?.dataset.need) || document.getElementById(lastCell);
}

function neighbour(cell, key) {
  const box = cell.closest("td");
  const stacked = [...box.querySelectorAll(".need")];
  const rows = [...document.querySelectorAll(".grid tbody tr")];
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const inReadingOrder = getComputedStyle(box).direction === "rtl" ? key === "ArrowLeft" : key === "ArrowRight";
    const line = [...box.parentElement.querySelectorAll("td")].filter((other) => other.querySelector(".need"));
    return line[line.indexOf(box) + (inReadingOrder ? 1 : -1)]?.querySelector(".need");
  }
  const step = key === "ArrowDown" ? 1 : -1;
  const sameBox = stacked[stacked.indexOf(cell) + step];
  if (sameBox) return sameBox;
  const column = box.cellIndex;
  for (let at = rows.indexOf(box.parentElement) + step; rows[at]; at += step) {
    const found = rows[at].cells[column].querySelectorAll(".need");
    if (found.length) return found[step === 1 ? 0 : found.length - 1];
  }
  return null;
}

function move(key) {
  const from = currentCell();
  const to = from ? neighbour(from, key) : document.querySelector(".grid .need");
  to?.focus();
}

function press(action) {
  const cell = currentCell();
  if (panel() && (!cell || cell.id === `need-${panel().dataset.need}`)) {
    panel().querySelector(`[data-action="${action}"]`)?.click();
  } else if (cell) {
    waitingAction = action;
    cell.click();
  }
}

function closePanel() {
  panel()?.querySelector("[data-action=close]")?.click();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || inText(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key.startsWith("Arrow") && !event.target.closest(".menu")) move(key);
  else if (key in KEY_OF_BUTTON) press(KEY_OF_BUTTON[key]);
  else if (key === "n") document.querySelector("#day [data-action=phoned]")?.click();
  else if (key === "p") document.querySelector("#day [data-action=plan]")?.click();
  else if (key === "Escape" && panel()) closePanel();
  else if (key === "?") document.getElementById("keys").showModal();
  else return;
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const cell = event.target.closest(".need");
  if (cell) lastCell = cell.id;
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-action=close]") && panel()) {
    lastCell = `need-${panel().dataset.need}`;
    goingBack = true;
  }
  if (event.target.closest("[data-action=keys]")) document.getElementById("keys").showModal();
});

function markCurrent() {
  document.querySelector(".need[aria-current]")?.removeAttribute("aria-current");
  const cell = cellOf(panel()?.dataset.need);
  cell?.setAttribute("aria-current", "true");
  cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

document.addEventListener("DOMContentLoaded", markCurrent);

document.addEventListener("htmx:afterSettle", (event) => {
  markCurrent();
  const action = waitingAction;
  waitingAction = null;
  const opened = event.detail.target.id === "panel";
  if (opened && action) press(action);
  else if (opened && panel()) panel().querySelector("h2").focus();
  else if (goingBack && !panel()) document.getElementById(lastCell)?.focus();
  else if (document.activeElement === document.body) currentCell()?.focus();
  if (!panel()) goingBack = false;
});

// The server was not reached: say so, and that nothing was changed.
document.addEventListener("htmx:sendError", () => {
  document.getElementById("offline").hidden = false;
});
document.addEventListener("htmx:beforeRequest", () => {
  document.getElementById("offline").hidden = true;
  document.getElementById("problem").replaceChildren();
});
