import { type Category, type Model, scores, type ScoringModel } from "textwright";
import { element } from "../../components/drawing.js";
import { announcer } from "../shared/announcing.js";
import { type Card, readCard } from "../shared/card.js";
import { cardParts, megabytes } from "../shared/card_view.js";
import { keepingUp } from "../shared/newest.js";
import { openFolder, showLoading } from "../shared/opening.js";
import { find } from "../shared/page.js";
import { paperOf } from "../shared/paper.js";
import { type Bars, barsIn, type Shown } from "./bars.js";
import { type Choice, choices } from "./choices.js";
import { type Asked, beginningOf, groupOf, MOST_READ, named, spoken, strongest, tempered } from "./emotions.js";
import { goodnessOf } from "./goodness.js";
import { lookingAt } from "./looking.js";
import { SAMPLES, type Sample } from "./texts.js";

const TASKS = ["ekman", "emotion"] as const;
/** An encoder answers sooner on several threads; the rest of a large machine is left to others. */
const THREADS = Math.min(4, navigator.hardwareConcurrency);
/** So many emotions are named in large letters. */
const NAMED = 3;

const field = find("text", HTMLTextAreaElement);
const problem = find("problem", HTMLElement);
const follow = find("strongest", HTMLInputElement);
const select = find("model", HTMLSelectElement);
const paper = paperOf(field, find("under", HTMLElement));
const looking = lookingAt(paper, fail);
const say = announcer(find("said", HTMLElement));

/** A model that answers, with its bars. */
interface Stage {
  readonly model: ScoringModel;
  readonly card: Card;
  readonly bars: readonly Bars[];
}

interface Answer {
  readonly categories: readonly Category[];
  readonly milliseconds: number;
}

let stage: Stage | undefined;
let answered: Answer | undefined;
let chosen: Asked | undefined;
let opening = new AbortController();

function fail(error: Error): void {
  problem.textContent = error.message;
  problem.hidden = false;
}

/** Open a model; one that is chosen meanwhile takes its place. */
async function open({ name, folder }: Choice): Promise<void> {
  opening.abort();
  const { signal } = (opening = new AbortController());
  const loading = showLoading(find("loading", HTMLElement), name);
  try {
    problem.hidden = true;
    const options = { onProgress: loading.onProgress, signal, threads: THREADS };
    const [model, card] = await Promise.all([openFolder(folder, options).then(scoring), readCard(folder)]);
    await model.score([beginningOf(field.value)]); // the first text pays for what is built once
    if (signal.aborted) return model.close();
    looking.away();
    stage?.model.close();
    [follow.checked, chosen] = [true, undefined];
    stage = { model, card, bars: TASKS.map((task) => barsOf(model, card, task)) };
    showCard(card);
    find("all", HTMLElement).hidden = false;
    update(field.value);
  } catch (error) {
    if (!signal.aborted) fail(error as Error);
  } finally {
    if (!signal.aborted) loading.end();
  }
}

function scoring(model: Model): ScoringModel {
  const known = TASKS.every((name) => model.schema.tasks.some((task) => task.name === name));
  if (known && scores(model)) return model;
  throw new Error(`This page needs a model that answers ${TASKS.join(" and ")} with probabilities, such as emotion.`);
}

function barsOf({ schema }: ScoringModel, card: Card, name: string): Bars {
  const task = schema.tasks.find((each) => each.name === name);
  if (task === undefined) throw new Error(`the model has no task ${name}`);
  return barsIn(find(name, HTMLElement), task, (label) => leastOf(card, { task: name, label }), choose);
}

/** Give the probability from which on a label counts as there. */
function leastOf(card: Card, { task, label }: Asked): number {
  return tempered(card.threshold(task, label), card.temperature(task));
}

const update = keepingUp({
  ask: async (text: string, signal): Promise<Answer | undefined> => {
    if (stage === undefined) return undefined;
    if (text.trim() === "") return { categories: [], milliseconds: 0 };
    const began = performance.now();
    const [said] = await stage.model.score([beginningOf(text)], { signal });
    return { categories: said?.categories ?? [], milliseconds: performance.now() - began };
  },
  show: (answer, text) => void (answer !== undefined && show(answer, text)),
  fail,
  late: (is) => void find("answer", HTMLElement).classList.toggle("late", is),
});

function show(answer: Answer, text: string): void {
  if (stage === undefined) return;
  answered = answer;
  problem.hidden = true;
  const { bars, card, model } = stage;
  const shown = TASKS.map((name) => shownOf(answer.categories, card, model, name));
  bars.forEach((each, i) => each.move(shown[i] ?? []));
  showLeading(named(shown.flat().filter(({ there }) => there)), text);
  showCost(answer, card);
  lookAtWords();
}

/** Give all labels of a task; with an empty text none has a probability. */
function shownOf(categories: readonly Category[], card: Card, { schema }: ScoringModel, name: string): Shown[] {
  const labels = schema.tasks.find((task) => task.name === name)?.labels ?? [];
  return labels.map(({ name: label }) => {
    const score = categories.find((each) => each.task === name && each.label === label)?.score ?? 0;
    return { task: name, label, score, there: score > 0 && score >= leastOf(card, { task: name, label }) };
  });
}

function showLeading(there: readonly Shown[], text: string): void {
  const spans = there.slice(0, NAMED).map(({ label }) => element("span", groupOf(label), label));
  const nothing = text.trim() === "" ? "nothing yet" : "nothing stands out";
  find("leading", HTMLElement).replaceChildren(...(spans.length > 0 ? spans : [nothing]));
  say(text.trim() === "" ? "The text is empty." : spoken(there));
}

function showCost({ milliseconds, categories }: Answer, { size }: Card): void {
  const time = milliseconds < 1 ? "under 1 ms" : `${Math.round(milliseconds)} ms`;
  find("cost", HTMLElement).textContent = [...(categories.length > 0 ? [time] : []), ...(size > 0 ? [megabytes(size)] : [])].join(" · ");
}

// --- the words that matter ------------------------------------------------------------------

/** Look at the words for the chosen emotion, or the strongest; until typing rests the old ones fade. */
function lookAtWords(): void {
  const categories = answered?.categories ?? [];
  const asked = chosen ?? strongest(categories, TASKS[0]);
  if (stage === undefined || asked === undefined || categories.length === 0) return looking.away();
  const { task, label } = asked;
  const chance = categories.find((each) => each.task === task && each.label === label)?.score ?? 0;
  looking.at(stage.model, { task, label, text: field.value, chance });
}

/** Show the words of another emotion from now on. */
function choose(asked: Asked): void {
  chosen = asked;
  lookAtWords();
}

// --- the model, and what it says of itself --------------------------------------------------

function showCard(card: Card): void {
  find("facts", HTMLElement).replaceChildren(...cardParts(card, goodnessOf(card.figures)));
  find("card", HTMLElement).hidden = false;
}

async function start(): Promise<void> {
  try {
    const found = await choices();
    select.replaceChildren(...found.map(({ told }) => new Option(told)));
    find("choice", HTMLElement).hidden = found.length < 2;
    select.addEventListener("change", () => void open(found[select.selectedIndex] as Choice));
    await open(found[0] as Choice);
  } catch (error) {
    fail(error as Error);
  }
}

function sampleButton({ name, text }: Sample): HTMLButtonElement {
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
  button.addEventListener("click", () => (follow.click(), paper.write(text)));
  return button;
}

find("cut", HTMLElement).textContent = `Only the first ${MOST_READ.toLocaleString("en")} characters are read.`;
find("examples", HTMLElement).append(...SAMPLES.map(sampleButton));
field.addEventListener("input", () => {
  find("cut", HTMLElement).hidden = field.value.length <= MOST_READ;
  update(field.value);
  lookAtWords(); // what is looked at for the text before is given up at once
});
follow.addEventListener("change", () => ((chosen = undefined), lookAtWords()));
paper.write(SAMPLES[0]?.text ?? "");
void start();
