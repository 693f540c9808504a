import { explains, showsEvidence } from "textwright";
import { counted } from "../shared/counted.js";
import { newest } from "../shared/newest.js";
import { find } from "../shared/page.js";
import { named, remember } from "./address.js";
import { areComparable, differing } from "./comparing.js";
import { examplesFor } from "./examples.js";
import { linesOf, readFile, type Source, typed } from "./files.js";
import { listChoices } from "./models.js";
import { onColumn, showSource } from "./panel.js";
import { NOTHING, readAll, type Reading } from "./reading.js";
import { legendOf, rowsFor, type View } from "./results.js";
import { isTabbed, save, stemOf, toJsonl, toTable } from "./saving.js";
import { type Opened, Slot } from "./slot.js";
import { differencesOf, failureOf, promiseOf, summaryOf } from "./wording.js";

const ROWS = 100;
const PAUSE = 40;
/** How often a long reading says how far it is, in milliseconds. */
const TOLD = 250;

const texts = find("texts", HTMLTextAreaElement);
const file = find("file", HTMLInputElement);
const explain = find("explain", HTMLInputElement);
const only = find("only", HTMLInputElement);
const problem = find("problem", HTMLElement);
const results = find("results", HTMLElement);
const more = find("more", HTMLButtonElement);
const whose = find("whose", HTMLSelectElement);

const slot = new Slot(
  { select: find("model", HTMLSelectElement), place: find("place", HTMLSelectElement), summary: find("summary", HTMLElement) },
  changed,
);
const other = new Slot(
  { select: find("other", HTMLSelectElement), place: find("other-place", HTMLSelectElement), summary: find("other-summary", HTMLElement) },
  changed,
);

let source: Source = typed("");
/** The examples that stand in the field untouched, which make room for those of another model. */
let examples = "";
let views: readonly View[] = [];
let shownTexts: readonly string[] = [];
/** Counts what was asked to be drawn: only the newest is. */
let drawing = 0;

/** Run a step; show what went wrong, or take away what the last step had shown. */
async function attempt(step: () => Promise<void> | void): Promise<void> {
  try {
    problem.hidden = true;
    await step();
  } catch (error) {
    complain(error as Error);
  }
}

function complain(error: Error): void {
  problem.textContent = error.message;
  problem.hidden = false;
}

async function start(): Promise<void> {
  const wish = named();
  const choices = await listChoices([wish.model, wish.other].filter((name) => name !== null));
  if (choices.length === 0) throw new Error("No model lies here that this page can run. Serve one: textwright serve job_titles");
  const unknown = [wish.model, wish.other].find((name) => name !== null && choices.every((choice) => choice.name !== name));
  slot.offer(choices, wish.model, { canBeNone: false });
  other.offer(choices, wish.other, { canBeNone: true });
  await Promise.all([slot.open(), other.open()]);
  if (unknown !== undefined) complain(new Error(`No model here is called ${unknown}. There are ${choices.map(({ name }) => name).join(", ")}.`));
}

/** Follow a slot that began or ended to load a model, or has none any more. */
function changed(): void {
  const isCompared = other.name !== null;
  remember({ model: slot.name ?? "", other: other.name });
  find("other-runs", HTMLElement).hidden = !isCompared;
  find("other-head", HTMLElement).hidden = !isCompared;
  find("saved", HTMLElement).hidden = !isCompared;
  Object.assign(find("name", HTMLElement), { hidden: !isCompared, textContent: slot.name });
  find("other-name", HTMLElement).textContent = other.name;
  document.body.classList.toggle("comparing", isCompared);
  whose.replaceChildren(...[slot.name, other.name].filter((name) => name !== null).map((name, i) => new Option(name, String(i))));
  const models = openedModels().map(({ model }) => model);
  explain.disabled = !models.some((model) => explains(model) || showsEvidence(model));
  find("where", HTMLElement).textContent = promiseOf(openedModels());
  exchangeExamples();
  update();
}

function wantedModels(): number {
  return other.name === null ? 1 : 2;
}

function openedModels(): Opened[] {
  return [slot.opened, other.opened].filter((opened) => opened !== undefined);
}

/** Let examples that nobody touched be those of the model that is there now. */
function exchangeExamples(): void {
  const [first] = openedModels();
  if (first === undefined || source.name !== "" || texts.value !== examples) return;
  examples = examplesFor(first.model.schema).join("\n");
  texts.value = examples;
  source = typed(examples);
}

/** There is one reading at a time: a newer one ends what is still being done. */
const run = newest<void, void>({ ask: (_, signal) => annotate(signal), show: () => undefined, fail: complain });
const updateSoon = newest<void, void>({ ask: async () => update(), show: () => undefined, fail: complain, pause: PAUSE });

/** Annotate the texts that are there now. Nothing can be saved until that is done. */
function update(): void {
  setBusy(true);
  run();
}

function setBusy(isBusy: boolean): void {
  results.ariaBusy = String(isBusy);
  offerSaving();
}

/** Let the answers of the chosen model be saved, once it has answered every text. */
function offerSaving(): void {
  const isDone = results.ariaBusy === "false" && views.length === openedModels().length && shownTexts.length > 0;
  const isReady = isDone && views[Number(whose.value)]?.reading.annotations.length === shownTexts.length;
  for (const id of ["copy", "download", "table"]) find(id, HTMLButtonElement).disabled = !isReady;
}

/** Show other rows of what is known already. A reading goes on, and shows its own when it ends. */
function redraw(): Promise<void> {
  return showRows(views, shownTexts);
}

async function annotate(signal: AbortSignal): Promise<void> {
  const opened = openedModels();
  const asked = source.texts;
  let told = performance.now();
  let isShown = false;
  const viewsOf = (readings: readonly Reading[]): View[] => opened.map(({ name, model }, i) => ({ name, model, reading: readings[i] ?? NOTHING }));
  const onPart = (readings: readonly Reading[], done: number): void => {
    const isDue = performance.now() - told > TOLD && done < asked.length;
    if (!isDue || signal.aborted) return;
    told = performance.now();
    tell(opened, readings, asked.length);
    showCounts(viewsOf(readings));
    if (isShown || done < ROWS) return;
    isShown = true;
    void showRows(viewsOf(readings), asked);
  };
  const readings = await readAll(opened.map(({ model }) => model), asked, { signal, onPart });
  tell(opened, readings, asked.length);
  await showAll(viewsOf(readings), asked, signal);
}

/** Say of each model how far it is, what it found and how long a text takes. */
function tell(opened: readonly Opened[], readings: readonly Reading[], all: number): void {
  for (const [i, each] of opened.entries()) {
    const found = readings[i] ?? NOTHING;
    const to = slot.opened === each ? slot : other;
    if (found.error === undefined) to.parts.summary.textContent = summaryOf(each, found, all);
    else to.fail(new Error(failureOf(found, all)));
  }
}

/** Count the labels of what is answered so far. Where two models differ is said at the end: what stood there is of other texts. */
function showCounts(found: readonly View[]): void {
  find("legend", HTMLElement).replaceChildren(...legendOf(found));
  find("differing", HTMLElement).textContent = "";
}

/** Show all that was found: the rows, the legend and where two models differ. */
async function showAll(found: readonly View[], asked: readonly string[], signal: AbortSignal): Promise<void> {
  showCounts(found);
  tellDifferences(found, asked.length);
  await showRows(found, asked);
  signal.throwIfAborted();
  setBusy(openedModels().length < wantedModels());
}

/** Draw rows, unless others are asked for before these are there. */
async function showRows(found: readonly View[], asked: readonly string[]): Promise<void> {
  [views, shownTexts] = [found, asked];
  const mine = ++drawing;
  const places = placesIn(found);
  const rows = await rowsFor(asked, found, places.slice(0, ROWS), explain.checked);
  if (mine !== drawing) return;
  results.replaceChildren(...rows);
  results.classList.toggle("two", found.length === 2);
  more.hidden = results.childElementCount >= places.length;
  tellNothing(asked.length);
}

async function showMore(): Promise<void> {
  const places = placesIn(views);
  const shown = results.childElementCount;
  const [found, asked] = [views, shownTexts];
  const rows = await rowsFor(asked, found, places.slice(shown, shown + ROWS), explain.checked);
  if (found !== views || results.childElementCount !== shown) return;
  results.append(...rows);
  more.hidden = results.childElementCount >= places.length;
}

/** List the places of the texts that are to be shown. */
function placesIn(found: readonly View[]): number[] {
  const [a, b] = found.map(({ reading }) => reading.annotations);
  if (only.checked && a !== undefined && b !== undefined) return differing(a, b);
  return Array.from({ length: Math.max(0, ...found.map(({ reading }) => reading.annotations.length)) }, (_, place) => place);
}

function tellDifferences(found: readonly View[], all: number): void {
  const [a, b] = found;
  find("differences", HTMLElement).hidden = a === undefined || b === undefined;
  if (a === undefined || b === undefined) return;
  const comparable = areComparable(a.model.schema, b.model.schema);
  only.disabled = !comparable;
  const number = differing(a.reading.annotations, b.reading.annotations).length;
  find("differing", HTMLElement).textContent = comparable
    ? differencesOf(number, all)
    : "These two answer different questions, so there is nothing to compare.";
}

function tellNothing(all: number): void {
  const nothing = find("nothing", HTMLElement);
  nothing.hidden = results.childElementCount > 0 || views.length === 0;
  nothing.textContent = all === 0 ? "Paste or type texts above, open a file, or take the examples." : "No text here to which they answer differently.";
}

/** Take texts from another place; show them and annotate them. What was said of those before is over. */
function take(next: Source): void {
  problem.hidden = true;
  source = next;
  showSource(source);
  update();
}

function takeLines(lines: readonly string[]): void {
  texts.value = lines.join("\n");
  take(typed(texts.value));
}

async function open(chosen: File | undefined): Promise<void> {
  if (chosen === undefined) return;
  const bytes = new Uint8Array(await chosen.arrayBuffer());
  file.value = "";
  take(readFile(chosen.name, bytes));
}

/** Show the examples of the model. While one is being loaded the field is empty, and they come with it. */
function showExamples(): void {
  const [first] = openedModels();
  examples = first === undefined ? "" : examplesFor(first.model.schema).join("\n");
  takeLines(linesOf(examples));
}

/** Empty the field; of a file, go back to what was in the field. */
function clear(): void {
  if (source.name === "") texts.value = "";
  take(typed(texts.value));
  texts.focus();
}

function edit(): void {
  takeLines(source.texts.map((text) => linesOf(text).join(" ")));
  texts.focus();
}

/** The answers of the model that is chosen for saving. The buttons wait until all are there. */
function saved(): { readonly from: Source; readonly view: View } {
  return { from: source, view: views[Number(whose.value)] as View };
}

async function copy(): Promise<void> {
  const { from, view } = saved();
  await navigator.clipboard.writeText(await toJsonl(from, view.reading.annotations)).catch((error: unknown) => {
    throw new Error(`The browser lets this page copy nothing (${(error as Error).message}). Save the file instead.`);
  });
  slot.parts.summary.textContent = `Copied ${counted(view.reading.annotations.length, "line")} of JSONL.`;
}

async function saveLines(): Promise<void> {
  const { from, view } = saved();
  save(await toJsonl(from, view.reading.annotations), `${stemOf(from)}.jsonl`, "application/jsonl");
}

function saveTable(): void {
  const { from, view } = saved();
  const table = toTable(from, view.reading.annotations, view.model.schema);
  save(table, `${stemOf(from)}.${isTabbed(from) ? "tsv" : "csv"}`, "text/csv");
}

function on(id: string, event: string, step: () => Promise<void> | void): void {
  find(id, HTMLElement).addEventListener(event, () => void attempt(step));
}

/** Open a file that is dropped anywhere on the page. Text that is dropped goes where the browser puts it. */
function acceptDrops(): void {
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const dropped = event.dataTransfer?.files[0];
    if (dropped === undefined) return;
    event.preventDefault();
    void attempt(() => open(dropped));
  });
}

texts.addEventListener("input", () => {
  problem.hidden = true;
  source = typed(texts.value);
  setBusy(true);
  updateSoon();
});
on("file", "change", () => open(file.files?.[0]));
on("explain", "change", redraw);
on("only", "change", redraw);
on("whose", "change", offerSaving);
on("more", "click", showMore);
on("copy", "click", copy);
on("download", "click", saveLines);
on("table", "click", saveTable);
on("clear", "click", clear);
on("edit", "click", edit);
on("examples", "click", showExamples);
onColumn(() => source, take);
acceptDrops();
void attempt(start).then(() => {
  if (slot.name === null || slot.name === "") slot.parts.summary.textContent = "";
});
