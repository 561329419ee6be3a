"use strict";
// Filters of the cards. Without scripts the form stays hidden and every card is shown.
const form = document.querySelector(".filters");
if (form) {
  const cards = [...document.querySelectorAll(".cards .card")];
  const apply = () => {
    const { study, severity, rule, open } = form.elements;
    let shown = 0;
    for (const card of cards) {
      const fits = (!study.value || card.dataset.study === study.value)
        && (!severity.value || card.dataset.severity === severity.value)
        && (!rule.value || card.dataset.rule === rule.value)
        && (!open.checked || card.dataset.state !== "decided");
      card.hidden = !fits;
      shown += fits;
    }
    for (const group of document.querySelectorAll(".cards")) {
      group.hidden = !group.querySelector(".card:not([hidden])");
    }
    form.querySelector("output").textContent = `${shown} of ${cards.length} cards`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}
// On a narrow screen a picture is wider than its box: show the outlined spot first.
for (const box of document.querySelectorAll(".picture")) {
  box.scrollLeft = box.scrollWidth * Number(box.dataset.outline) - box.clientWidth / 2;
}
