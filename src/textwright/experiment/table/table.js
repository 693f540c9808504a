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
  const boxes = [...columns.querySelectorAll("input")];
  const hidden = new Set(boxes.filter((box) => !box.checked).map((box) => box.value));
  columns.querySelector(".tw-count").textContent = `${boxes.length - hidden.size} of ${boxes.length}`;
  for (const cell of document.querySelectorAll("[data-column]")) cell.hidden = hidden.has(cell.dataset.column);
});

// Say beneath each box that holds more than is seen that it scrolls.
const watch = new ResizeObserver((entries) => {
  for (const box of new Set(entries.map((entry) => entry.target.closest(".tw-scroll, .tw-picture")))) {
    box.nextElementSibling.hidden = box.scrollWidth <= box.clientWidth + 1;
  }
});
for (const box of document.querySelectorAll(".tw-scroll, .tw-picture")) {
  const more = document.createElement("p");
  more.className = "tw-more";
  more.textContent = "More stands to the right: scroll sideways →";
  more.hidden = true;
  box.after(more);
  watch.observe(box);
  if (box.firstElementChild) watch.observe(box.firstElementChild);
}
