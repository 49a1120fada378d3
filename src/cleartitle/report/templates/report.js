"use strict";
for (const picture of document.querySelectorAll(".picture")) {
  const model = picture.querySelector(".frame").getBoundingClientRect();
  picture.scrollLeft += model.left + model.width / 2 - picture.getBoundingClientRect().left - picture.clientWidth / 2;
}
(() => {
  const form = document.getElementById("filters");
  if (!form) return;
  const findings = [...document.querySelectorAll("[data-finding]")];
  const shown = document.getElementById("shown");
  const apply = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value);
    let count = 0;
    for (const each of findings) {
      each.hidden = !wanted.every(([key, value]) => each.dataset[key] === value);
      if (!each.hidden) count += 1;
    }
    for (const group of document.querySelectorAll(".group")) {
      group.hidden = !group.querySelector("[data-finding]:not([hidden])");
    }
    for (const none of document.querySelectorAll(".none")) {
      none.hidden = none.parentElement.querySelector("[data-finding]:not([hidden])") !== null;
    }
    shown.textContent = count + " of " + findings.length + " findings";
  };
  form.addEventListener("change", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
