import type { Finding, Model, Repair } from "textwright";
import rules from "../../../src/textwright/packs/job_titles/headline.json";
import { announcer } from "../shared/announcing.js";
import { newest } from "../shared/newest.js";
import { openPageModel, showLoading } from "../shared/opening.js";
import { find } from "../shared/page.js";
import { paperOf } from "../shared/paper.js";
import { replace, rewrite, takesBack, undo } from "./editing.js";
import { Checked, type Line, lineAt, linesOf, marksOf, MOST } from "./lines.js";
import { SAMPLES } from "./samples.js";
import { findingRows, lineRow, repairable, visible } from "./views.js";

const PAUSE = 30;
/** So many lines are shown again with each change. */
const FEW = 20;

const field = find("text", HTMLTextAreaElement);
const problem = find("problem", HTMLElement);
const list = find("findings", HTMLOListElement);
const paper = paperOf(field, find("under", HTMLElement));
const say = announcer(find("said", HTMLElement));
const checked = new Checked(rules);

let model: Model | undefined;
let sample = 0;
let lines: readonly Line[] = [];
let current = 0;
let waiting = 0;

function fail(error: Error): void {
  problem.textContent = `${error.message}\nRules that need no model work all the same.`;
  problem.hidden = false;
}

async function open(): Promise<void> {
  const loading = showLoading(find("loading", HTMLElement), "job_titles");
  try {
    model = await openPageModel("job_titles", loading);
    update(field.value);
  } catch (error) {
    fail(error as Error);
  } finally {
    loading.end();
  }
}

/** Ask the model about lines that it does not know yet; what only the rules say is shown by then. */
const update = newest({
  ask: async (_: string, signal) => {
    const texts = checked.unasked(lines.map(({ text }) => text));
    if (model === undefined || texts.length === 0) return;
    checked.learn(texts, await model.predict(texts, { signal }));
  },
  show: () => {
    if (model !== undefined) problem.hidden = true;
    showAll();
  },
  fail,
  pause: PAUSE,
});

/** Look at what was typed at once, or, when it is long, before the next picture: a paste comes as many changes. */
function typed(): void {
  lines = linesOf(field.value).slice(0, MOST);
  cancelAnimationFrame(waiting);
  if (lines.length > FEW) waiting = requestAnimationFrame(look);
  else look();
}

function look(): void {
  showAll();
  update(field.value);
}

// --- what is shown ----------------------------------------------------------------------------

function lineHere(): Line {
  return lines[current] ?? { start: 0, text: "" };
}

function findingsHere(): readonly Finding[] {
  return checked.of(lineHere().text);
}

function showAll(): void {
  current = Math.min(lineAt(lines, field.selectionStart), lines.length - 1);
  paper.mark(lines.flatMap((line) => marksOf(line, checked.of(line.text))));
  showLine();
  showMany();
}

function showLine(): void {
  const { text } = lineHere();
  const findings = findingsHere();
  const focused = placeInList();
  list.replaceChildren(...findingRows(text, findings, { repair, show: select }));
  focusInList(focused);
  find("keys", HTMLElement).hidden = findings.length === 0;
  find("verdict", HTMLElement).textContent = verdict(text, findings);
  showAfter(text);
  say(spoken(text, findings));
}

function verdict(text: string, findings: readonly Finding[]): string {
  const many = lines.filter((line) => line.text.trim() !== "").length > 1;
  const where = many ? `Line ${current + 1}: ` : "";
  if (text.trim() === "") return many ? `${where}nothing stands here.` : "Type or paste a headline.";
  return findings.length === 0 ? `${where}Nothing found.` : `${where}${findings.length} found.`;
}

function spoken(text: string, findings: readonly Finding[]): string {
  return [verdict(text, findings), ...findings.map(({ message, start, end }) => `${message} “${visible(text.slice(start, end))}”.`)].join(" ");
}

function showAfter(text: string): void {
  const made = checked.mended(text);
  find("before", HTMLElement).textContent = visible(text, Infinity);
  find("made", HTMLElement).textContent = made === "" ? "(nothing is left)" : made;
  const anywhere = lines.some((line) => checked.mended(line.text) !== line.text);
  find("all", HTMLButtonElement).disabled = !anywhere;
  find("after", HTMLElement).hidden = text.trim() === "" && !anywhere;
  for (const change of document.querySelectorAll<HTMLElement>(".change")) change.hidden = made === text;
  find("after-heading", HTMLElement).textContent = made === text ? "No safe repairs in this line" : "After all safe repairs";
}

function showMany(): void {
  const filled = lines.flatMap((line, place) => (line.text.trim() === "" ? [] : [{ line, place }]));
  find("many", HTMLElement).hidden = filled.length < 2;
  if (filled.length < 2) return;
  const wrong = filled.filter(({ line }) => checked.of(line.text).length > 0).length;
  const more = field.value.split("\n").length > MOST ? ` Only the first ${MOST} lines are looked at; for more: textwright check FILE.` : "";
  find("count", HTMLElement).textContent = `${filled.length} headlines, something found in ${wrong}.${more}`;
  const rows = filled.map(({ line: { text, start }, place }) => {
    const summary = { text, mended: checked.mended(text), count: checked.of(text).length };
    return lineRow(summary, place === current, () => paper.select(start, start + text.length));
  });
  find("lines", HTMLElement).replaceChildren(...rows);
}

// --- repairs --------------------------------------------------------------------------------------

function repair({ start, end, text }: Repair): void {
  const line = lineHere();
  const focused = placeInList();
  replace(field, line.start + start, line.start + end, text);
  focusInList(focused);
}

function repairNumber(number: number): void {
  const best = repairable(findingsHere())[number - 1]?.repairs[0];
  if (best !== undefined) repair(best);
}

/** Make all safe repairs in all lines, as one step that can be undone. */
function repairAll(): void {
  rewrite(field, mendedText());
}

function mendedText(): string {
  const rest = field.value.split("\n").slice(MOST);
  return [...lines.map(({ text }) => checked.mended(text)), ...rest].join("\n");
}

function select({ start, end }: Finding): void {
  const line = lineHere();
  paper.select(line.start + start, line.start + end);
}

/** Select the next place, or the one before, from where the selection begins. */
function step(by: 1 | -1): void {
  const findings = findingsHere();
  const here = field.selectionStart - lineHere().start;
  const isAfter = ({ start }: Finding): boolean => (by > 0 ? start > here : start < here);
  const ahead = by > 0 ? findings : [...findings].reverse();
  const next = ahead.find(isAfter) ?? ahead[0];
  if (next !== undefined) select(next);
}

// --- keys and focus ---------------------------------------------------------------------------------

function pressed(event: KeyboardEvent): void {
  if (isUndo(event) && takesBack(field)) return event.preventDefault();
  const act = actOf(event);
  if (act === undefined) return;
  event.preventDefault();
  act();
}

function isUndo({ key, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent): boolean {
  return target === field && key.toLowerCase() === "z" && (ctrlKey || metaKey) && !shiftKey;
}

/** Say what a key does. Keyboards differ in what Alt and a digit type, so that the key's place counts. */
function actOf({ code, key, altKey, ctrlKey, metaKey, shiftKey, target }: KeyboardEvent): (() => void) | undefined {
  if (ctrlKey || metaKey || shiftKey) return undefined;
  const digit = Number(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? 0);
  const isInList = target instanceof Node && list.contains(target);
  if (digit > 0 && (altKey || isInList)) return () => repairNumber(digit);
  if (!altKey) return undefined;
  if (key === "Enter") return repairAll;
  if (key === "ArrowDown") return () => step(1);
  return key === "ArrowUp" ? () => step(-1) : undefined;
}

/** Return the place of the focus among the list's buttons, or -1. */
function placeInList(): number {
  return buttons().indexOf(document.activeElement as HTMLButtonElement);
}

/** Keep the focus in the list although its rows are new; when the last one went, it goes to the text. */
function focusInList(place: number): void {
  if (place < 0) return;
  const next = buttons().at(Math.min(place, buttons().length - 1)) ?? field;
  next.focus({ preventScroll: true });
}

function buttons(): HTMLButtonElement[] {
  return [...list.querySelectorAll("button")];
}

function moved(): void {
  if (document.activeElement !== field) return;
  const line = lineAt(lines, field.selectionStart);
  if (line === current) return;
  current = line;
  showLine();
  showMany();
}

async function copy(button: HTMLButtonElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(mendedText());
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

function write(text: string): void {
  replace(field, 0, field.value.length, text);
  field.focus();
}

field.addEventListener("input", typed);
document.addEventListener("selectionchange", moved);
document.addEventListener("keydown", pressed);
find("all", HTMLButtonElement).addEventListener("click", repairAll);
find("clear", HTMLButtonElement).addEventListener("click", () => write(""));
find("examples", HTMLButtonElement).addEventListener("click", () => write(SAMPLES[++sample % SAMPLES.length] as string));
find("copy", HTMLButtonElement).addEventListener("click", (event) => void copy(event.currentTarget as HTMLButtonElement));
find("undo", HTMLButtonElement).addEventListener("click", () => undo(field));

paper.write(SAMPLES[0] as string);
void open();
