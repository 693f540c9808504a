/** How good the models are, as it was measured when the page was built. */

import { element } from "../../components/drawing.js";
import measured from "./model/figures.json" with { type: "json" };

const HEADS = ["model", "size", "doctests that run", "next lines"];

/** Draw the figures as a table, a row a model. */
export function figuresTable(): HTMLElement {
  const rows = measured.map(({ model, megabytes, doctests, functions, next_lines, cuts }) => {
    const name = Object.assign(element("th", "", model), { scope: "row" });
    const cells = [`${megabytes} MB`, `${doctests} of ${functions}`, `${next_lines} of ${cuts}`];
    return element("tr", "", name, ...cells.map((cell) => element("td", "", cell)));
  });
  const heads = HEADS.map((head) => Object.assign(element("th", "", head), { scope: "col" }));
  return element("table", "figures", element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows));
}
