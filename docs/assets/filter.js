// A table under a filter: rows stay whose words hold every word typed, and that have what is chosen above their columns.
const MOST = 14; // values that a choice may have

function refresh(table, field, choices) {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of table.tBodies[0].rows) {
    const text = row.textContent.toLowerCase();
    const chosen = choices.every(([place, choice]) => !choice.value || row.cells[place].textContent === choice.value);
    row.hidden = !chosen || !words.every((word) => text.includes(word));
  }
}

function choiceFor(table, place) {
  const values = [...new Set([...table.tBodies[0].rows].map((row) => row.cells[place].textContent))].sort();
  if (values.length < 2 || values.length > MOST) return null;
  const choice = document.createElement("select");
  choice.setAttribute("aria-label", table.tHead.rows[0].cells[place].textContent.trim());
  choice.append(new Option("all", ""), ...values.filter(Boolean).map((value) => new Option(value, value)));
  return choice;
}

document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector(".filter");
  const table = document.querySelector(".wide table");
  if (!field || !table) return;
  const choices = [];
  [...table.tHead.rows[0].cells].forEach((head, place) => {
    const choice = choiceFor(table, place);
    if (!choice) return;
    head.append(choice);
    choices.push([place, choice]);
  });
  const again = () => refresh(table, field, choices);
  field.addEventListener("input", again);
  table.tHead.addEventListener("change", again);
});
