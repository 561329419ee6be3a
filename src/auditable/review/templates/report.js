"use strict";
// Filters, folding and pictures of the report. Without scripts the form stays hidden and every card of a small report is shown.
// A large report keeps each card and each study in an inert <script type="text/html">, which is unfolded when it is wanted.
const PAGE = 30; // cards shown at first, and more at a time, of a large report

const unfold = (slot) => {
  const holder = document.createElement("template");
  holder.innerHTML = slot.textContent;
  const made = holder.content.firstElementChild;
  slot.replaceWith(made);
  watch(made);
  return made;
};

// A picture or table wider than its box shows its outlined spot first, and only then takes the focus.
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    seen.unobserve(target);
    if (target.scrollWidth <= target.clientWidth && target.scrollHeight <= target.clientHeight) target.removeAttribute("tabindex");
    if (target.dataset.outline) target.scrollLeft = target.scrollWidth * Number(target.dataset.outline) - target.clientWidth / 2;
  }
}, { rootMargin: "400px" });
const watch = (part) => part.querySelectorAll(".scroll").forEach((box) => seen.observe(box));

const form = document.querySelector(".filters");
const more = document.querySelector(".more");
const groups = [...document.querySelectorAll(".cards")].map((section) => ({ section, slots: [...section.querySelectorAll("[data-item]")] }));
const isLarge = document.querySelector("script.slot, script.fold") !== null;
let limit = isLarge ? PAGE : Infinity;

const apply = () => {
  const wanted = ["study", "severity", "rule", "state"].map((name) => [name, form.elements[name].value]).filter(([, value]) => value);
  let fitting = 0, total = 0;
  for (const group of groups) {
    let isAny = false;
    group.slots = group.slots.map((slot) => {
      total += 1;
      const fits = wanted.every(([name, value]) => slot.dataset[name] === value);
      const isShown = fits && (fitting += 1) <= limit;
      isAny ||= isShown;
      if (isShown && slot.tagName === "SCRIPT") return unfold(slot);
      slot.hidden = !isShown;
      return slot;
    });
    group.section.hidden = !isAny;
  }
  const left = Math.max(0, fitting - limit);
  form.querySelector("output").textContent = left ? `${limit} of ${fitting} cards shown` : `${fitting} of ${total} cards`;
  form.querySelector("[type=reset]").hidden = !wanted.length;
  more.hidden = !left;
  more.textContent = `Show ${Math.min(left, PAGE)} more of ${left}`;
};
const restart = () => { limit = isLarge ? PAGE : Infinity; apply(); };

if (form) {
  form.hidden = false;
  form.addEventListener("input", restart);
  form.addEventListener("reset", () => setTimeout(restart));
  form.addEventListener("submit", (event) => event.preventDefault());
  more.addEventListener("click", () => { limit += PAGE; apply(); });
  apply();
}
watch(document);

// Studies and the evidence table: built when opened; a link into a folded place opens it.
const build = (part) => {
  const fold = part.querySelector(":scope > .fold");
  if (fold) unfold(fold);
};
for (const part of document.querySelectorAll("details.study, details.rows")) part.addEventListener("toggle", () => build(part));

const bring = (id) => {
  if (!id) return;
  for (const group of groups) {
    const place = group.slots.findIndex((slot) => slot.dataset.item === id);
    if (place < 0) continue;
    if (group.slots[place].tagName === "SCRIPT") group.slots[place] = unfold(group.slots[place]);
    group.slots[place].hidden = group.section.hidden = false;
  }
  if (!document.getElementById(id)) {
    const fold = [...document.querySelectorAll("script.fold")].find((f) => f.textContent.includes(`id="${id}"`));
    if (fold) build(fold.parentElement);
  }
  const target = document.getElementById(id);
  for (let up = target; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
  target?.scrollIntoView();
};
const follow = () => bring(decodeURIComponent(location.hash.slice(1)));
addEventListener("hashchange", follow);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (link && link.hash === location.hash) follow();
});
follow();

// Printing shows the studies and the evidence; a large report prints what is open.
const printed = [];
addEventListener("beforeprint", () => {
  if (isLarge) return;
  for (const part of document.querySelectorAll("details.study:not([open]), details.rows:not([open])")) {
    part.open = true;
    printed.push(part);
  }
});
addEventListener("afterprint", () => { for (const part of printed.splice(0)) part.open = false; });
