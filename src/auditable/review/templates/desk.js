"use strict";
// Keys for what the page already offers: an element names its key in data-key; a field is focused, anything else clicked.
// Without scripts every link and button works all the same.
const DEAF_MS = 300; // A key that bounces must not decide on an item that nobody has looked at, nor undo two verdicts.
const shownAt = performance.now();
const keysOff = document.querySelector("#keys-off");
const heading = document.querySelector("#item");
const isField = (element) => element.matches("input:not([type=checkbox]), textarea, select");
const isWrite = (element) => element.type === "submit" && element.form?.method === "post";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (isField(event.target)) {
    if (event.key === "Escape") (heading ?? document.body).focus();
    return;
  }
  if (document.querySelector(":popover-open") && event.key !== "?") return;
  if (keysOff?.checked && event.key !== "?") return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (isField(target)) {
    target.focus();
    target.select?.();
  } else if (!isWrite(target) || performance.now() - shownAt > DEAF_MS) {
    target.click();
  }
});

// A form is sent once, however often its button is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

// A note that was typed but not saved yet stays with its item until a verdict is given, in this tab.
const note = document.querySelector("#note");
if (note) {
  const place = `note ${note.dataset.item}`;
  const kept = sessionStorage.getItem(place);
  if (note.dataset.kept) sessionStorage.setItem(place, note.value);
  else if (kept !== null) note.value = kept;
  note.addEventListener("input", () => sessionStorage.setItem(place, note.value));
  note.form.addEventListener("submit", () => sessionStorage.removeItem(place));
}
if (keysOff) {
  keysOff.checked = localStorage.getItem("keys") === "off";
  keysOff.addEventListener("change", () => localStorage.setItem("keys", keysOff.checked ? "off" : "on"));
}

// Correcting begins in the first value.
document.querySelector("button.edit")?.addEventListener("click", () => {
  const value = document.querySelector("input.value");
  value.focus();
  value.select();
});

// A picture is larger than its box: show the outlined spot first.
const centre = (box) => {
  box.scrollLeft = box.scrollWidth * Number(box.dataset.across) - box.clientWidth / 2;
  box.scrollTop = box.scrollHeight * Number(box.dataset.down) - box.clientHeight / 2;
};
for (const box of document.querySelectorAll(".picture")) {
  centre(box);
  box.closest("details")?.addEventListener("toggle", () => centre(box));
}
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // The browser's own memory of the page may be older than the files.
});
if (!document.querySelector("[autofocus]")) heading?.focus({ preventScroll: true });
