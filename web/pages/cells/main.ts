/** A page of live cells: code that one changes and runs, with what it gives beneath. */

import type { EditorView } from "@codemirror/view";
import { element } from "../../components/drawing.js";
import { announcer } from "../shared/announcing.js";
import { keepVisit } from "../shared/offline.js";
import { find } from "../shared/page.js";
import { type Cell, CELLS } from "./cells.js";
import { drawnFault, drawnOutcome } from "./drawn.js";
import { openEditor, write } from "./editor.js";
import { forget, keep, kept } from "./kept.js";
import { Kernel } from "./kernel.js";
import type { Fault } from "./worker.js";

/** A cell on the page. */
interface Placed {
  readonly number: number;
  readonly cell: Cell;
  readonly section: HTMLElement;
  readonly output: HTMLElement;
  readonly editor: EditorView;
  readonly button: HTMLButtonElement;
}

const kernel = new Kernel(tellLate);
const say = announcer(find("said", HTMLElement), 200);
const stop = find("stop", HTMLButtonElement);
const placed = CELLS.map(place);
let running = 0;

function place(cell: Cell, i: number): Placed {
  const number = i + 1;
  const heading = element("h2", "", element("span", "place", String(number)), ` ${cell.title}`);
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: "Run" });
  button.setAttribute("aria-label", `Run cell ${number}, ${cell.title}`);
  const [host, output] = [element("div", "editor"), element("div", "output")];
  output.setAttribute("role", "group");
  output.setAttribute("aria-label", `What cell ${number} gives`);
  output.hidden = true;
  heading.id = `cell-${number}`;
  const section = element("section", "cell", element("div", "bar", heading, button), element("p", "words", ...withCode(cell.words)), host, output);
  section.setAttribute("aria-labelledby", heading.id);
  find("cells", HTMLElement).append(section);
  const editor = openEditor(host, {
    label: `Code of cell ${number}`,
    code: kept(cell),
    onRun: (goOn) => void runOne(number, goOn),
    onChange: () => {
      section.classList.add("changed");
      keep(cell, editor.state.doc.toString());
    },
  });
  button.addEventListener("click", () => void runOne(number, false));
  return { number, cell, section, output, editor, button };
}

/** Make what stands between backticks code. */
function withCode(words: string): (Node | string)[] {
  return words.split("`").map((part, i) => (i % 2 === 1 ? element("code", "", part) : part));
}

function cellOf(number: number): Placed {
  return placed[number - 1] as Placed;
}

async function runOne(number: number, goOn: boolean): Promise<void> {
  if (goOn) placed[number]?.editor.focus();
  await run(cellOf(number));
}

/** Run a cell and show what it gives. Say whether it went well. */
async function run({ number, section, output, editor }: Placed): Promise<boolean> {
  if (section.classList.contains("running")) return false;
  section.classList.add("running");
  section.classList.remove("changed");
  stop.hidden = ++running === 0;
  say(`Cell ${number} is running.`);
  const outcome = await kernel.run(number, editor.state.doc.toString());
  stop.hidden = --running === 0;
  section.classList.remove("running");
  const isWell = outcome.fault === undefined;
  section.classList.toggle("failed", !isWell);
  section.dataset["run"] = String(Number(section.dataset["run"] ?? 0) + 1);
  output.replaceChildren(...drawnOutcome(outcome));
  output.hidden = output.childElementCount === 0;
  say(isWell ? `Cell ${number} is done.` : `Cell ${number} failed: ${outcome.fault?.message ?? ""}`);
  void keepVisit();
  return isWell;
}

/** Show what went wrong in a cell after it was done. */
function tellLate(fault: Fault): void {
  const { number, section, output } = cellOf(fault.cell);
  section.classList.add("failed");
  output.append(drawnFault(fault, number));
  output.hidden = false;
  say(`Cell ${number} failed later: ${fault.message}`);
}

/** Run all cells from the first with no names from before; end at the first that fails. */
async function runAll(): Promise<void> {
  kernel.stop();
  for (const each of placed) if (!(await run(each))) return each.editor.focus();
}

/** Make everything as it was at first. */
function reset(): void {
  kernel.stop();
  for (const { cell, editor, output, section } of placed) {
    write(editor, cell.code);
    output.replaceChildren();
    output.hidden = true;
    section.classList.remove("failed", "changed");
    delete section.dataset["run"];
  }
  forget();
  say("All cells are as they were at first.");
}

find("all", HTMLButtonElement).addEventListener("click", () => void runAll());
find("reset", HTMLButtonElement).addEventListener("click", reset);
stop.addEventListener("click", () => kernel.stop());
document.body.classList.add("ready");
