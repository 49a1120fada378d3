// Hide the rows of a table whose words do not hold every word of the filter above it.
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches(".filter")) return;
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll(".wide tbody tr")) {
    const text = row.textContent.toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
});
