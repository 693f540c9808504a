"use strict";
// Draws the map and lists the texts under the rectangle that the search and the choice leave.
const MOST = 300;
const byId = (id) => document.getElementById(id);
const spec = JSON.parse(byId("spec").textContent);
const rows = spec.data?.values ?? Object.values(spec.datasets ?? {})[0];
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const scale = spec.encoding.color.condition.scale;
const colours = new Map(scale.domain.map((name, i) => [name, scale.range[i]]));
const { domain, range } = spec.encoding.shape.scale;
const shapes = new Map(domain.map((name, i) => [name, range[i]]));

spec.height = byId("map").clientHeight - 10;
const options = { actions: false, renderer: "canvas", tooltip: { theme: dark ? "dark" : "light" } };
vegaEmbed("#map", spec, options).then(({ view }) => {
  let brush = {};

  const inside = (row) => Object.entries(brush).every(([field, [low, high]]) => low <= row[field] && row[field] <= high);
  const matches = (row, picked, sought) =>
    (picked === "" || row.cluster === picked) && row.text.toLowerCase().includes(sought);

  function list() {
    const picked = byId("picked").value;
    const sought = byId("sought").value.trim().toLowerCase();
    const found = rows.filter((row) => inside(row) && matches(row, picked, sought));
    byId("list").replaceChildren(...found.slice(0, MOST).map(item));
    byId("count").value = found.length > MOST ? `the first ${MOST} of ${found.length}` : String(found.length);
  }

  function choose() {
    view.signal("picked", byId("picked").value).signal("sought", byId("sought").value.trim().toLowerCase()).runAsync();
    list();
  }

  function item(row) {
    const made = document.createElement("li");
    made.textContent = row.text;
    made.title = row.cluster;
    made.className = shapes.get(row.cluster);
    made.style.setProperty("--mark", colours.get(row.cluster));
    return made;
  }

  view.addSignalListener("brush", (_, value) => {
    brush = Object.fromEntries(Object.entries(value).map(([field, ends]) => [field, [Math.min(...ends), Math.max(...ends)]]));
    list();
  });
  byId("sought").addEventListener("input", choose);
  byId("picked").addEventListener("change", choose);
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("clear").addEventListener("click", () => view.signal("brush_tuple", null).runAsync());
  list();
});
