// Reporting an absence: keeps a half-filled form over a reload or a lost connection.
// Only dates, times and ticks are kept, in this tab; never the reason, the notes or the work.
// (Which fields show is done in the stylesheet; the lessons of a day are fetched by htmx.)
"use strict";

const KEY = "half-filled-absence";
const form = document.querySelector("form[data-keep]");

function keptFields() {
  const names = new Set(form.dataset.keep.split(" "));
  return [...form.elements].filter((field) => names.has(field.name));
}

function keep() {
  const kept = keptFields().map((field) => {
    const value = field.type === "radio" || field.type === "checkbox" ? field.checked : field.value;
    return [field.name, field.value, value];
  });
  sessionStorage.setItem(KEY, JSON.stringify(kept));
}

function bringBack() {
  const kept = JSON.parse(sessionStorage.getItem(KEY) || "[]");
  for (const field of keptFields()) {
    const tickable = field.type === "radio" || field.type === "checkbox";
    const found = kept.find(([name, value]) => name === field.name && (!tickable || value === field.value));
    if (!found) continue;
    if (tickable) field.checked = found[2];
    else field.value = found[2];
  }
}

// Another day has other lessons, all ticked. What is put back on them is what was kept over a reload, and what was ticked
// while they were on their way. It happens in the swap itself, so that nothing can come between.
let putBack = false;

function watchLessons() {
  form.addEventListener("htmx:beforeRequest", () => { putBack = form.hasAttribute("data-restoring"); });
  form.addEventListener("change", (event) => { if (event.target.name === "periods") putBack = true; });
  form.addEventListener("htmx:afterSwap", () => {
    if (putBack) bringBack();
    putBack = false;
    form.removeAttribute("data-restoring");
  });
}

// The server's answer after a mistake already holds what was typed, and is newer.
function startForm() {
  watchLessons();
  if (!form.hasAttribute("data-answered") && sessionStorage.getItem(KEY)) {
    bringBack();
    form.setAttribute("data-restoring", "");
    form.querySelector(".days").dispatchEvent(new Event("change"));
  }
  form.addEventListener("change", keep);
}

if (form) document.addEventListener("DOMContentLoaded", startForm);
if (document.querySelector("[data-absence-sent]")) sessionStorage.removeItem(KEY);
