// The frame of every page: the colour theme, and menus that close as people expect.
// Loaded before the first paint so that a chosen theme never flashes.
"use strict";

const root = document.documentElement;
root.classList.add("js");
applyTheme(localStorage.getItem("theme"));

function applyTheme(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function showChosenTheme() {
  const chosen = localStorage.getItem("theme") || "system";
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === chosen));
  }
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(except)) menu.open = false;
  }
}

document.addEventListener("DOMContentLoaded", () => {
  showChosenTheme();
  // A half-filled form belongs to whoever is signed in; nothing of it outlives the sign-in.
  if (document.body.hasAttribute("data-signed-out")) sessionStorage.clear();
});

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  if (event.target.closest("[data-print]")) window.print();
  const button = event.target.closest("[data-set-theme]");
  if (!button) return;
  localStorage.setItem("theme", button.dataset.setTheme);
  applyTheme(button.dataset.setTheme);
  showChosenTheme();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.menu[open]");
  closeMenus(null);
  if (menu) menu.querySelector("summary").focus();
});
