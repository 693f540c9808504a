import { explains, type Schema, showsEvidence } from "textwright";
import { find } from "../shared/page.js";
import { EXAMPLES } from "./examples.js";
import { linesOf, readTexts } from "./files.js";
import { toJsonl } from "./jsonl.js";
import { type Choice, listModels, openModel, type Opened, type Place, placesOf } from "./models.js";
import { perText, read, type Reading } from "./reading.js";
import { legendOf, rowsOf } from "./results.js";

const ROWS = 100;
const PAUSE = 120;
const NOTHING: Reading = { texts: [], annotations: [], milliseconds: 0 };

const texts = find("texts", HTMLTextAreaElement);
const select = find("model", HTMLSelectElement);
const place = find("place", HTMLSelectElement);
const file = find("file", HTMLInputElement);
const explain = find("explain", HTMLInputElement);
const summary = find("summary", HTMLElement);
const problem = find("problem", HTMLElement);
const results = find("results", HTMLElement);
const more = find("more", HTMLButtonElement);

let choices: Choice[] = [];
let wanted: Place = "in this page";
let opened: Opened | undefined;
let reading = NOTHING;
let turn = 0;

/** Run a step; show what went wrong, or take away what the last step had shown. */
async function attempt(step: () => Promise<void> | void): Promise<void> {
  try {
    problem.hidden = true;
    await step();
  } catch (error) {
    problem.textContent = (error as Error).message;
    problem.hidden = false;
    summary.textContent = "";
  }
}

async function start(): Promise<void> {
  choices = await listModels();
  select.replaceChildren(...choices.map(({ name }) => new Option(name)));
  await choose();
}

async function choose(): Promise<void> {
  const choice = choices[select.selectedIndex];
  if (choice === undefined) return;
  const mine = ++turn;
  summary.textContent = "Loading the model …";
  const found = await openModel(choice, wanted);
  await found.model.predict(EXAMPLES); // the first texts pay for what is built once
  if (mine !== turn) return;
  opened = found;
  place.value = opened.where;
  place.disabled = placesOf(choice).length < 2;
  explain.disabled = !explains(opened.model) && !showsEvidence(opened.model);
  find("where", HTMLElement).textContent =
    opened.where === "in this page" ? "The model runs in this page. Nothing that you paste leaves it." : "The server answers.";
  await update();
}

async function move(): Promise<void> {
  wanted = place.value as Place;
  await choose();
}

/** Annotate what stands in the text field, unless it changes in the meantime. */
async function update(): Promise<void> {
  if (opened === undefined) return;
  const mine = ++turn;
  const found = await read(opened.model, linesOf(texts.value), () => mine !== turn);
  if (found !== undefined) await show(opened, found);
}

async function show({ model, where }: Opened, found: Reading): Promise<void> {
  reading = found;
  const time = found.texts.length > 0 ? ` · ${perText(found)} a title, ${where}` : "";
  summary.textContent = [count(found.texts.length, "title"), ...countsOf(model.schema, found)].join(", ") + time;
  find("legend", HTMLElement).replaceChildren(...legendOf(model.schema, found));
  results.replaceChildren();
  await showMore();
}

async function showMore(): Promise<void> {
  if (opened === undefined) return;
  const shown = results.childElementCount;
  results.append(...(await rowsOf(opened.model, reading, shown, shown + ROWS, explain.checked)));
  more.hidden = results.childElementCount >= reading.texts.length;
}

/** Count what was found in each layer that the model annotates. */
function countsOf({ labels, tasks }: Schema, { annotations }: Reading): string[] {
  const spans = annotations.reduce((sum, annotation) => sum + (annotation.spans?.length ?? 0), 0);
  const categories = annotations.reduce((sum, annotation) => sum + (annotation.categories?.length ?? 0), 0);
  const ofTasks = tasks.length > 0 ? [categories === 1 ? "1 category" : `${categories.toLocaleString("en")} categories`] : [];
  return labels.length > 0 || tasks.length === 0 ? [count(spans, "span"), ...ofTasks] : ofTasks;
}

function count(number: number, what: string): string {
  return `${number.toLocaleString("en")} ${what}${number === 1 ? "" : "s"}`;
}

async function open(): Promise<void> {
  const chosen = file.files?.[0];
  if (chosen === undefined) return;
  const found = readTexts(chosen.name, new Uint8Array(await chosen.arrayBuffer()));
  file.value = "";
  replaceTexts(found.texts);
  await update();
  summary.textContent += ` · ${found.note}`;
}

function replaceTexts(lines: readonly string[]): void {
  texts.value = lines.join("\n");
}

async function copy(): Promise<void> {
  await navigator.clipboard.writeText(toJsonl(reading.texts, reading.annotations));
  summary.textContent = `Copied ${count(reading.texts.length, "line")} of JSONL.`;
}

function download(): void {
  const blob = new Blob([toJsonl(reading.texts, reading.annotations)], { type: "application/jsonl" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "titles.jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function on(id: string, event: string, step: () => Promise<void> | void): void {
  find(id, HTMLElement).addEventListener(event, () => void attempt(step));
}

let timer: ReturnType<typeof setTimeout>;
texts.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(() => void attempt(update), PAUSE);
});
on("model", "change", choose);
on("place", "change", move);
on("file", "change", open);
on("explain", "change", update);
on("more", "click", showMore);
on("copy", "click", copy);
on("download", "click", download);
on("clear", "click", () => (replaceTexts([]), texts.focus(), update()));
on("examples", "click", () => (replaceTexts(EXAMPLES), update()));
replaceTexts(EXAMPLES);
void attempt(start);
