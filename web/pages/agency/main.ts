import { type EvidenceModel, type Model, scores, type ScoringModel, showsEvidence, wordsOf } from "textwright";
import { announcer } from "../shared/announcing.js";
import { type Card, readCard } from "../shared/card.js";
import { cardParts, megabytes } from "../shared/card_view.js";
import { newest } from "../shared/newest.js";
import { openFolder, pageFolder, showLoading } from "../shared/opening.js";
import { find } from "../shared/page.js";
import { type Mark, paperOf } from "../shared/paper.js";
import { ADVERTS, type Advert } from "./adverts.js";
import { itemsOf } from "./evidence_view.js";
import { AGENCY, chanceBefore, countOf, goodnessOf, type Pull, pullsOf, sayFor, type Side, sideOf, verdictOf } from "./verdict.js";

const MODEL = "job_adverts";
const TASK = "advertiser";
const SIDES: readonly Side[] = ["agency", "direct"];
/** With fewer words than this, an advert says too little. */
const FEW_WORDS = 25;

type Judge = ScoringModel & EvidenceModel;

interface Answer {
  /** Of an agency. */
  readonly chance: number;
  readonly pulls: readonly Pull[];
  readonly milliseconds: number;
}

const field = find("advert", HTMLTextAreaElement);
const problem = find("problem", HTMLElement);
const answer = find("answer", HTMLElement);
const evidence = find("evidence", HTMLElement);
const hint = find("hint", HTMLElement);
const paper = paperOf(field, find("under", HTMLElement));
const say = announcer(find("said", HTMLElement));

function fail(error: Error): void {
  problem.textContent = error.message;
  problem.hidden = false;
  answer.hidden = evidence.hidden = true;
  hint.textContent = "";
}

/** Open the model and answer whatever stands in the field from then on. */
async function start(): Promise<void> {
  const loading = showLoading(find("loading", HTMLElement), MODEL);
  try {
    const folder = await pageFolder(MODEL);
    const [judge, card] = await Promise.all([openFolder(folder, loading).then(judging), readCard(folder)]);
    await judge.score([field.value]); // the first text pays for what is built once
    showCard(card);
    answerFrom(judge, card);
  } catch (error) {
    fail(error as Error);
  } finally {
    loading.end();
  }
}

/** Take a model that can judge; close any other and throw. */
function judging(model: Model): Judge {
  if (scores(model) && showsEvidence(model) && model.schema.tasks.some(({ name }) => name === TASK)) return model as Judge;
  model.close();
  throw new Error(`This page needs a model that answers ${TASK} and shows its evidence, such as ${MODEL}.`);
}

function answerFrom(judge: Judge, card: Card): void {
  const update = newest({
    ask: (text: string, signal) => ask(judge, card, text, signal),
    show: (found, text) => show(found, text, card),
    fail,
  });
  field.addEventListener("input", () => update(field.value));
  update(field.value);
}

async function ask(judge: Judge, card: Card, text: string, signal: AbortSignal): Promise<Answer | undefined> {
  if (text.trim() === "") return undefined;
  const began = performance.now();
  const [said] = await judge.score([text], { signal });
  const milliseconds = performance.now() - began;
  const [spans] = await judge.evidence([text], { every: true, signal });
  const chance = said?.categories.find(({ task, label }) => task === TASK && label === AGENCY)?.score ?? 0.5;
  return { chance, pulls: pullsOf(spans ?? [], card.temperature(TASK)), milliseconds };
}

function show(found: Answer | undefined, text: string, card: Card): void {
  problem.hidden = true;
  answer.hidden = evidence.hidden = found === undefined;
  hint.textContent = hintFor(text);
  if (found === undefined) return showNothing();
  showVerdict(found.chance, text);
  showEvidence(found, text);
  showCost(found, card);
}

function showNothing(): void {
  paper.mark([]);
  find("cost", HTMLElement).textContent = "";
  say("The field is empty.");
}

function showCost(found: Answer, card: Card): void {
  const time = found.milliseconds < 1 ? "under 1 ms" : `${Math.round(found.milliseconds)} ms`;
  find("cost", HTMLElement).textContent = [time, ...(card.size > 0 ? [`${megabytes(card.size)}`] : []), "in this page"].join(" · ");
}

function hintFor(text: string): string {
  if (text.trim() === "") return "Paste an advert, or take one of the examples.";
  return isShort(text) ? "It learned from whole adverts, and how sure it may be was measured on such." : "";
}

function isShort(text: string): boolean {
  return wordsOf(text).filter(({ start, end }) => start < end).length < FEW_WORDS;
}

function showVerdict(chance: number, text: string): void {
  const { side, headline, told } = verdictOf(chance, isShort(text));
  const verdict = find("verdict", HTMLElement);
  verdict.textContent = headline;
  verdict.dataset["side"] = side;
  find("told", HTMLElement).textContent = told;
  find("needle", HTMLElement).style.setProperty("--at", chance.toFixed(4));
  say(`${headline} ${told}`);
}

function showEvidence({ chance, pulls }: Answer, text: string): void {
  const most = Math.max(1, ...pulls.map(({ pull }) => Math.abs(pull)));
  for (const side of SIDES) {
    const items = itemsOf(text, side, sayFor(side, pulls), most, ({ start, end }) => paper.select(start, end));
    find(side, HTMLElement).replaceChildren(...items);
  }
  const before = countOf(chanceBefore(chance, pulls));
  find("start", HTMLElement).textContent =
    `Each sentence multiplies the odds of its side. Before the first word it takes ${before} of 100 adverts to be from agencies; with all sentences that makes the answer, and nothing is left out.`;
  paper.mark(SIDES.flatMap((side) => sayFor(side, pulls)).map((pull) => markOf(pull, most)));
}

function markOf(pull: Pull, most: number): Mark {
  return { start: pull.start, end: pull.end, kind: sideOf(pull), strength: Math.abs(pull.pull) / most };
}

function showCard(card: Card): void {
  find("facts", HTMLElement).replaceChildren(...cardParts(card, goodnessOf(card.figures)));
  find("card", HTMLElement).hidden = false;
}

function exampleButton({ name, text }: Advert): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", () => paper.write(text));
  return button;
}

find("examples", HTMLElement).append(...ADVERTS.map(exampleButton));
paper.write(ADVERTS[0]?.text ?? "");
void start();
