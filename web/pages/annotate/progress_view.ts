/** How far the work is, how it goes, and how far annotators agree. */

import { html, nothing, type TemplateResult } from "lit";
import { get } from "./api.js";
import { curve } from "./curve.js";
import type { Progress } from "./data.js";
import { exportView } from "./export_view.js";
import { count, counted, duration } from "./pace.js";
import { type Part, View } from "./view.js";

interface Figure {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface LayerAgreement {
  readonly texts: number;
  readonly all: Readonly<Record<string, Figure | number>>;
  readonly labels: Readonly<Record<string, Readonly<Record<string, Figure | number>>>>;
}

interface Agreement {
  readonly texts: { readonly compared: number };
  readonly spans: LayerAgreement | null;
  readonly categories: Readonly<Record<string, LayerAgreement>>;
  readonly notes: readonly string[];
}

const MEASURES: Readonly<Record<string, string>> = { exact: "Same", f1: "F1", gamma: "Gamma", alpha: "Alpha" };

export class ProgressView extends View {
  #agreement: Agreement | null = null;

  protected override async load(): Promise<void> {
    await this.desk.refresh();
    if (this.mayReview && (this.desk.project?.people ?? 1) > 1) this.#agreement = await get<Agreement>("api/agreement");
  }

  private get mayReview(): boolean {
    return this.desk.project?.role !== "annotator";
  }

  protected override render(): Part {
    const { progress } = this.desk;
    return html`
      <h1>Progress</h1>
      ${this.faultView()}
      ${progress === null
        ? html`<p class="soft" role="status">Counting …</p>`
        : html`${this.numbers(progress)} ${this.annotators(progress)} ${this.training(progress)} ${this.suggesting(progress)} ${this.agreement()}
          ${this.gold(progress)}`}
      ${this.mayReview
        ? html`<section class="card" aria-labelledby="export-heading">
            <h2 id="export-heading">Export</h2>
            ${exportView()}
          </section>`
        : nothing}
    `;
  }

  private numbers({ total, done, begun, skipped, mine }: Progress): TemplateResult {
    const people = this.desk.project?.people ?? 1;
    return html`<section class="card" aria-label="Numbers">
      <dl class="numbers">
        ${number(count(done), people > 1 ? `of ${count(total)} handed in by all ${people}` : `of ${count(total)} handed in`)}
        ${number(count(mine.left), "left for you")} ${number(count(begun), "begun")} ${number(count(skipped), "skipped")}
        ${number(mine.texts_per_hour === null ? "–" : count(Math.round(mine.texts_per_hour)), "texts an hour")}
        ${number(mine.seconds_left === null ? "–" : duration(mine.seconds_left), "time left")}
      </dl>
      <progress max=${Math.max(1, total)} .value=${done} aria-label="Texts handed in by all"></progress>
    </section>`;
  }

  private annotators({ annotators }: Progress): Part {
    if (annotators.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="who-heading">
      <h2 id="who-heading">${this.mayReview ? "Annotators" : "You"}</h2>
      <div class="scrolls" tabindex="0" role="region" aria-labelledby="who-heading">
        <table>
          <thead>
            <tr><th scope="col">Name</th><th scope="col" class="figure">Handed in</th><th scope="col" class="figure">Skipped</th><th scope="col" class="figure">Seconds a text</th></tr>
          </thead>
          <tbody>
            ${annotators.map(
              ({ name, done, skipped, seconds_per_text }) =>
                html`<tr><th scope="row">${name}</th><td class="figure">${count(done)}</td><td class="figure">${count(skipped)}</td><td class="figure">${seconds_per_text?.toFixed(1) ?? "–"}</td></tr>`,
            )}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  private training({ training }: Progress): Part {
    if (training.every === null && training.rounds.length === 0) return nothing;
    const measure = training.rounds.at(-1)?.measure ?? "score";
    return html`<section class="card" aria-labelledby="training-heading">
      <h2 id="training-heading">Training</h2>
      <p class="soft">
        ${training.every === null ? "" : `The network learns anew after every ${counted(training.every, "text")}. `}${training.running ? "It is learning now." : ""}
      </p>
      ${training.rounds.length === 0 ? html`<p>No round yet.</p>` : html`${curve(training.rounds, measure)}<p class="soft">${measure} on held-out texts, by the number of texts learned from.</p>`}
    </section>`;
  }

  private suggesting({ suggesting }: Progress): Part {
    if (suggesting === null) return nothing;
    const { shown, blind, bias } = suggesting;
    return html`<section class="card" aria-labelledby="value-heading">
      <h2 id="value-heading">Suggestions</h2>
      <p>${valueInWords(shown.seconds_per_text, blind.seconds_per_text)}</p>
      <p>${shown.f1_kept === null ? "" : `Of what was suggested, as much was kept as an F1 of ${shown.f1_kept.toFixed(2)} says.`}</p>
      <p>${biasInWords(bias)}</p>
      <p class="soft">${counted(shown.texts, "text")} shown with suggestions, ${count(blind.texts)} without on purpose.</p>
    </section>`;
  }

  private agreement(): Part {
    const found = this.#agreement;
    if (found === null) return nothing;
    return html`<section class="card" aria-labelledby="agreement-heading">
      <h2 id="agreement-heading">Agreement</h2>
      <p class="soft">${counted(found.texts.compared, "text")} that at least two handed in; in brackets the 95 % interval.</p>
      ${found.spans === null ? nothing : layerView("Spans", found.spans, ["exact", "f1", "gamma"])}
      ${Object.entries(found.categories).map(([task, layer]) => layerView(task, layer, ["exact", "alpha"]))}
      ${found.notes.map((note) => html`<p class="soft">${note}</p>`)}
    </section>`;
  }

  private gold({ gold }: Progress): Part {
    if (gold === null || gold.asked === 0) return nothing;
    return html`<section class="card" aria-labelledby="gold-heading">
      <h2 id="gold-heading">Gold questions</h2>
      <p>${count(gold.right)} of ${count(gold.asked)} answered right.</p>
    </section>`;
  }
}

function number(value: string, words: string): TemplateResult {
  return html`<div><dt>${words}</dt><dd>${value}</dd></div>`;
}

export function valueInWords(shown: number | null, blind: number | null): string {
  if (shown === null || blind === null) return "There are too few texts yet to say what suggestions are worth.";
  const saved = blind - shown;
  const each = `${shown.toFixed(1)} s a text with suggestions, ${blind.toFixed(1)} s without`;
  return saved > 0 ? `${each}: they save ${saved.toFixed(1)} s a text.` : `${each}: they save no time.`;
}

export function biasInWords(bias: { readonly difference: number; readonly low: number; readonly high: number } | null): string {
  if (bias === null) return "There are too few texts yet to say whether suggestions sway annotators.";
  const interval = `${signed(bias.difference)} F1 (${signed(bias.low)} to ${signed(bias.high)})`;
  if (bias.low > 0) return `What is handed in is closer to the suggestions where they are shown, by ${interval}: they sway annotators.`;
  return `What is handed in is as close to the suggestions where they are shown as where not, but for ${interval}: no sway is seen.`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function layerView(title: string, { all, labels }: LayerAgreement, measures: readonly string[]): TemplateResult {
  const rows = [["All", all] as const, ...Object.entries(labels)];
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="Agreement: ${title}">
    <table>
      <thead>
        <tr><th scope="col">${title}</th>${measures.map((measure) => html`<th scope="col" class="figure">${MEASURES[measure]}</th>`)}</tr>
      </thead>
      <tbody>
        ${rows.map(
          ([name, figures]) =>
            html`<tr><th scope="row">${name}</th>${measures.map((measure) => html`<td class="figure">${figureView(figures[measure])}</td>`)}</tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function figureView(figure: Figure | number | undefined): Part | string {
  if (typeof figure === "number") return count(figure);
  if (figure?.value === null || figure === undefined) return "–";
  if (figure.low === null || figure.high === null) return figure.value.toFixed(2);
  return html`${figure.value.toFixed(2)} <span class="soft">(${figure.low.toFixed(2)}–${figure.high.toFixed(2)})</span>`;
}
