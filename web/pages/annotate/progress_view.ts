/** `<progress-view>`: how far the work is, what suggesting and training bring, how far annotators agree. */

import { html, nothing, svg, type TemplateResult } from "lit";
import { get } from "./api.js";
import type { Progress } from "./data.js";
import { count, counted } from "../shared/counted.js";
import { duration } from "./pace.js";
import { exportView } from "./export_view.js";
import { reviews, View } from "./view.js";

interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface SpanScores {
  readonly exact: Figure;
  readonly f1: Figure;
  readonly gamma: Figure;
  readonly support: number;
}

interface CategoryScores {
  readonly exact: Figure;
  readonly alpha: Figure;
  readonly support: number;
}

interface Agreement {
  readonly texts: { readonly compared: number };
  readonly spans: { readonly all: SpanScores; readonly labels: Readonly<Record<string, SpanScores>> } | null;
  readonly categories: Readonly<Record<string, { readonly all: CategoryScores; readonly labels: Readonly<Record<string, CategoryScores>> }>>;
  readonly notes: readonly string[];
}

type Round = Progress["training"]["rounds"][number];

const REFRESH = 10_000;
const WIDTH = 480;
const HEIGHT = 160;
const LEFT = 40;

class ProgressView extends View {
  static override properties = { ...View.properties, progress: { state: true }, agreement: { state: true } };

  declare progress: Progress | null;
  declare agreement: Agreement | null;
  #timer = 0;

  constructor() {
    super();
    this.progress = null;
    this.agreement = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = window.setInterval(() => document.visibilityState === "visible" && void this.attempt(() => this.load()), REFRESH);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override async load(): Promise<void> {
    this.progress = await get<Progress>("api/progress");
    if (reviews(this.project) && this.project.people > 1) this.agreement = await get<Agreement>("api/agreement");
  }

  protected override render(): TemplateResult {
    const { progress } = this;
    return html`
      <h1>Progress</h1>
      ${this.faultView()} ${progress === null ? html`<p role="status" class="quiet">Counting …</p>` : sections(progress)}
      ${this.agreement === null ? nothing : agreementSection(this.agreement)}
      ${reviews(this.project) ? html`<h2>Export</h2>${exportView()}` : nothing}
    `;
  }
}

function sections(progress: Progress): TemplateResult {
  return html`${numbers(progress)} ${annotators(progress)} ${suggesting(progress)} ${training(progress)} ${gold(progress)}`;
}

function numbers({ total, done, begun, skipped, mine }: Progress): TemplateResult {
  const pace = mine.texts_per_hour === null ? "–" : count(Math.round(mine.texts_per_hour));
  const seconds = mine.seconds_per_text === null ? "–" : `${mine.seconds_per_text.toFixed(1)} s`;
  const left = mine.seconds_left === null ? "–" : mine.left === 0 ? "nothing" : duration(mine.seconds_left);
  return html`
    <progress max=${Math.max(total, 1)} value=${done} aria-label="Texts that are done"></progress>
    <dl class="numbers">
      ${fact("done", `${count(done)} of ${count(total)}`)} ${fact("begun", count(begun))} ${fact("skipped", count(skipped))}
      ${fact("by you", count(mine.done))} ${fact("you, an hour", pace)} ${fact("you, a text", seconds)} ${fact("your time left", left)}
    </dl>
  `;
}

function fact(name: string, value: string): TemplateResult {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}

function annotators({ annotators }: Progress): TemplateResult | typeof nothing {
  if (annotators.length < 2) return nothing;
  return html`<h2>Annotators</h2>
    ${table(
      ["Name", "Handed in", "Skipped", "Seconds a text (median)"],
      annotators.map(({ name, done, skipped, seconds_per_text: seconds }) => [name, count(done), count(skipped), seconds === null ? "–" : seconds.toFixed(1)]),
    )}`;
}

function suggesting({ suggesting }: Progress): TemplateResult | typeof nothing {
  if (suggesting === null) return nothing;
  const { shown, blind, bias } = suggesting;
  const row = (name: string, side: typeof shown): string[] => [
    name,
    count(side.texts),
    side.seconds_per_text === null ? "–" : side.seconds_per_text.toFixed(1),
    side.f1_kept === null ? "–" : side.f1_kept.toFixed(3),
  ];
  return html`<h2>What suggesting does</h2>
    ${table(["Texts", "Handed in", "Seconds a text (median)", "F1 of what was kept with the suggestion"], [row("shown a suggestion", shown), row("shown without", blind)])}
    <p>${biasInWords(bias)}</p>`;
}

function biasInWords(bias: { readonly difference: number; readonly low: number; readonly high: number } | null): string {
  if (bias === null) return "Too few texts yet to say whether suggestions change what is kept.";
  const { difference, low, high } = bias;
  const range = `${signed(difference)} (95 %: ${signed(low)} to ${signed(high)})`;
  if (low > 0) return `What is kept follows the suggestions more than it would without them: ${range} in F1. Look at the guideline, or suggest less.`;
  return `No bias of suggesting can be seen so far: ${range} in F1.`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}

function training({ training }: Progress): TemplateResult | typeof nothing {
  const { running, every, rounds } = training;
  if (every === null) return nothing;
  const last = rounds.at(-1);
  return html`<h2>Training while you work</h2>
    <p>
      After each ${counted(every, "text")} a small network is trained${running ? "; it is being trained now" : ""}.
      ${last === undefined ? "No training has ended yet." : `The last, from ${counted(last.texts, "text")}, reaches ${last.score.toFixed(3)} (${last.measure}) on texts that it never saw.`}
    </p>
    ${rounds.length === 0 ? nothing : curve(rounds)}`;
}

/** Draw the scores of all rounds over the texts that each learned from. */
function curve(rounds: readonly Round[]): TemplateResult {
  const most = Math.max(...rounds.map(({ texts }) => texts));
  const x = (texts: number): number => LEFT + (texts / most) * (WIDTH - LEFT - 12);
  const y = (score: number): number => 8 + (1 - score) * (HEIGHT - 32);
  const points = rounds.map(({ texts, score }) => `${x(texts)},${y(score)}`).join(" ");
  return html`<svg class="curve" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${curveInWords(rounds)}">
    ${[0, 0.5, 1].map(
      (score) => svg`<line class="grid" x1=${LEFT} x2=${WIDTH - 12} y1=${y(score)} y2=${y(score)}></line>
        <text x=${LEFT - 6} y=${y(score) + 4} text-anchor="end">${score.toFixed(1)}</text>`,
    )}
    <polyline points=${points}></polyline>
    ${rounds.map(({ texts, score }) => svg`<circle cx=${x(texts)} cy=${y(score)} r="3"></circle>`)}
    <text x=${LEFT} y=${HEIGHT - 6}>0 texts</text>
    <text x=${WIDTH - 12} y=${HEIGHT - 6} text-anchor="end">${counted(most, "text")}</text>
  </svg>`;
}

function curveInWords(rounds: readonly Round[]): string {
  return rounds.map(({ texts, score }) => `${counted(texts, "text")}: ${score.toFixed(3)}`).join("; ");
}

function gold({ gold }: Progress): TemplateResult | typeof nothing {
  if (gold === null || gold.asked === 0) return nothing;
  return html`<h2>Gold questions</h2>
    <p>${count(gold.right)} of ${counted(gold.asked, "question")} with a known answer were answered exactly so.</p>`;
}

function agreementSection({ texts, spans, categories, notes }: Agreement): TemplateResult {
  return html`<h2>Agreement</h2>
    <p>Over ${counted(texts.compared, "text")} that at least two annotators handed in; 95 % intervals in brackets.</p>
    ${spans === null ? nothing : table(["Label", "Texts", "Same in a text", "Span F1", "Gamma"], [spanRow("all", spans.all), ...Object.entries(spans.labels).map(([name, each]) => spanRow(name, each))])}
    ${Object.entries(categories).map(([task, { all, labels }]) =>
      table([task, "Texts", "Same in a text", "Krippendorff's alpha"], [categoryRow("all", all), ...Object.entries(labels).map(([name, each]) => categoryRow(name, each))]),
    )}
    ${notes.map((note) => html`<p class="quiet">${note}</p>`)}`;
}

function spanRow(name: string, { exact, f1, gamma, support }: SpanScores): string[] {
  return [name, count(support), figure(exact), figure(f1), figure(gamma)];
}

function categoryRow(name: string, { exact, alpha, support }: CategoryScores): string[] {
  return [name, count(support), figure(exact), figure(alpha)];
}

function figure({ value, low, high }: Figure): string {
  if (value === null) return "–";
  return low === null || high === null ? value.toFixed(2) : `${value.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): TemplateResult {
  return html`<div class="wide" tabindex="0" role="group" aria-label=${heads[0] ?? ""}>
    <table>
      <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
      <tbody>${rows.map(([name, ...values]) => html`<tr><th scope="row">${name}</th>${values.map((value) => html`<td>${value}</td>`)}</tr>`)}</tbody>
    </table>
  </div>`;
}

customElements.define("progress-view", ProgressView);
