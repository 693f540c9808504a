"use strict";
// Hide and show the drawn texts. Nothing is read from a text but its data attributes, as strings.
const form = document.querySelector(".tw-filters");
const items = [...document.querySelectorAll(".tw-item")].map((element) => ({
  element,
  text: element.dataset.find,
  kinds: JSON.parse(element.dataset.kinds ?? "[]"),
  labels: JSON.parse(element.dataset.labels ?? "[]"),
  right: (element.dataset.right ?? "").split(" "),
  parts: JSON.parse(element.dataset.parts ?? "[]"),
  marks: [...element.querySelectorAll(".tw-mark")],
}));
const WORDS = { r: "✓ right", w: "✗ wrong", "-": "not judged" };

function fits(item, wanted) {
  if (wanted.text && !item.text.includes(wanted.text)) return false;
  if (wanted.kinds && !item.kinds.some((kind) => wanted.kinds.includes(kind))) return false;
  if (wanted.label && !item.labels.includes(wanted.label)) return false;
  const letters = item.right[wanted.measure] ?? "";
  if (wanted.right && letters[wanted.right] !== "r") return false;
  if (wanted.wrong && letters[wanted.wrong] !== "w") return false;
  if (wanted.disagree && !(letters.includes("r") && letters.includes("w"))) return false;
  if (!wanted.parts.every((part) => item.parts.includes(part))) return false;
  return true;
}

function wanted() {
  const data = new FormData(form);
  return {
    text: (data.get("text") ?? "").toLowerCase(),
    kinds: form.querySelector("[name=kind]") ? data.getAll("kind") : null,
    label: data.get("label"),
    measure: Number(data.get("measure") ?? 0),
    right: data.get("right"),
    wrong: data.get("wrong"),
    disagree: data.has("disagree"),
    parts: data.getAll("part").filter(Boolean),
  };
}

function show() {
  const asked = wanted();
  let count = 0;
  for (const item of items) {
    const visible = fits(item, asked);
    item.element.hidden = !visible;
    count += visible;
    item.marks.forEach((mark, place) => {
      mark.textContent = WORDS[item.right[asked.measure]?.[mark.dataset.of ?? place]] ?? "";
    });
  }
  form.querySelector("output").textContent = `${count} of ${items.length} shown`;
}

form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
