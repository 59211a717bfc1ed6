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

// The server's answer after a mistake already holds what was typed, and is newer.
function startForm() {
  if (!form.hasAttribute("data-answered") && sessionStorage.getItem(KEY)) {
    bringBack();
    // Another day has other lessons: fetch them, then put the ticks back once.
    form.addEventListener("htmx:afterSettle", bringBack, { once: true });
    form.querySelector(".days").dispatchEvent(new Event("change"));
  }
  form.addEventListener("change", keep);
}

if (form) document.addEventListener("DOMContentLoaded", startForm);
if (document.querySelector("[data-absence-sent]")) sessionStorage.removeItem(KEY);
