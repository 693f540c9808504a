"use strict";
// Order the table by a column, and hide columns. The numbers to order by stand in data attributes.
for (const table of document.querySelectorAll("table.tw-sortable")) {
  const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  const body = table.tBodies[0];

  // What has no figure stays below, whichever way the others go.
  const compare = (place, down) => (a, b) => {
    const [one, other] = [a, b].map((row) => row.cells[place].dataset.value ?? "");
    if (one === "" || other === "") return (one === "") - (other === "");
    const numbers = Number(one) - Number(other);
    const order = Number.isNaN(numbers) ? one.localeCompare(other) : numbers;
    return down ? -order : order;
  };

  heads.forEach((head, place) => {
    head.querySelector("button")?.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const first = head.dataset.first ?? "ascending";
      const next = before === null ? first : before === "ascending" ? "descending" : "ascending";
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", next);
      body.append(...[...body.rows].sort(compare(place, next === "descending")));
    });
  });
}

const columns = document.querySelector(".tw-columns");
columns?.addEventListener("input", () => {
  const hidden = new Set([...columns.querySelectorAll("input:not(:checked)")].map((box) => box.value));
  for (const cell of document.querySelectorAll("[data-column]")) cell.hidden = hidden.has(cell.dataset.column);
});
