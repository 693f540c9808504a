/** One view of the widget: a text with the element, where one is, and the way on and back. */

import { html, nothing, render, type TemplateResult } from "lit";
import { describeKey, type PastAct, schemaFromData, type SpanAnnotator, type State } from "../components/annotator/index.js";
import { addAct, type Model, placeOf, settingsOf, type Status, type Task, taskAt, waiting, windowOf } from "./model.js";
import { CSS, sheetOf } from "./style.js";
import { themeOf, watchTheme } from "./theme.js";

type Told = CustomEvent<{ readonly state: State; readonly kind: "edit" | "undo" | "redo" }>;

const LONGEST_PAUSE = 60;
const DONE = ["done", "skipped"] as const;

export class View {
  readonly #model: Model;
  readonly #host = document.createElement("div");
  readonly #root: ShadowRoot;
  readonly #schema;
  readonly #ends: (() => void)[] = [];
  #task: Task | undefined; // as it was when the element got it
  #acts = 0; // how many there are by now
  #status: Status = "new";
  #place = -1;
  #since = performance.now();
  #showsKeys = false;

  constructor(model: Model) {
    this.#model = model;
    this.#schema = schemaFromData(settingsOf(model).schema);
    this.#host.setAttribute("data-lm-suppress-shortcuts", "true"); // JupyterLab's keys end here
    this.#root = this.#host.attachShadow({ mode: "open" });
    this.#root.adoptedStyleSheets = [sheetOf(CSS)];
    for (const event of ["change:window", "change:place"]) this.#listen(event, () => this.#refresh());
    this.#ends.push(watchTheme(() => this.#refresh()));
  }

  /** Show the view in an element; return what takes it away. */
  show(parent: HTMLElement): () => void {
    parent.append(this.#host);
    this.#refresh();
    return () => {
      for (const end of this.#ends) end();
      this.#host.remove();
    };
  }

  #listen(event: string, listener: () => void): void {
    this.#model.on(event, listener);
    this.#ends.push(() => this.#model.off(event, listener));
  }

  /** Take what Python says. The element keeps its own history unless somebody else changed the text. */
  #refresh(): void {
    const place = placeOf(this.#model);
    const task = taskAt(this.#model, place);
    if (place !== this.#place) this.#since = performance.now();
    const isKnown = place === this.#place && this.#task?.id === task?.id && this.#acts === task?.acts.length;
    this.#place = place;
    this.#status = task?.status ?? "new";
    if (!isKnown) this.#task = task;
    this.#acts = task?.acts.length ?? 0;
    this.#draw();
  }

  get #element(): SpanAnnotator | null {
    return this.#root.querySelector("span-annotator");
  }

  // --- what is done -------------------------------------------------------------------------

  #record(act: PastAct): void {
    if (this.#task === undefined) return;
    const now = performance.now();
    const seconds = Math.min(LONGEST_PAUSE, (now - this.#since) / 1000);
    this.#since = now;
    addAct(this.#model, this.#task, act, Math.round(seconds * 1000) / 1000);
    this.#acts += 1;
  }

  #told({ detail }: Told): void {
    this.#record(detail);
    this.#model.save_changes();
    this.#refresh();
  }

  #finish(kind: "accept" | "skip", state: State): void {
    this.#record({ kind, state });
    this.#go(1);
  }

  #accept(): void {
    this.#element?.acceptAll();
    if (this.#element !== null) this.#finish("accept", this.#element.state);
  }

  #go(step: 1 | -1): void {
    const place = Math.min(Math.max(0, this.#place + step), settingsOf(this.#model).total);
    this.#model.set("place", place);
    this.#model.save_changes();
    this.#refresh();
    void this.#element?.updateComplete.then(() => this.#element?.focusText());
  }

  #help(): void {
    this.#showsKeys = !this.#showsKeys;
    this.#draw();
  }

  // --- what is shown ------------------------------------------------------------------------

  #draw(): void {
    const theme = themeOf(document);
    if (theme === undefined) delete this.#host.dataset["theme"];
    else this.#host.dataset["theme"] = theme;
    render(this.#frame(theme), this.#root);
  }

  #frame(theme: string | undefined): TemplateResult {
    const { trouble } = windowOf(this.#model);
    const { guideline } = settingsOf(this.#model);
    return html`<div class="frame">
      ${this.#bar()} ${trouble === "" ? nothing : html`<p role="alert">Python could not take this: ${trouble}</p>`}
      ${this.#text(theme)}
      ${guideline ? html`<details><summary>Guideline</summary><div class="guideline">${guideline}</div></details>` : nothing}
      ${this.#keys()}
    </div>`;
  }

  #bar(): TemplateResult {
    const { total } = settingsOf(this.#model);
    const { counts } = windowOf(this.#model);
    const behind = DONE.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
    const isText = this.#task !== undefined;
    return html`<div class="bar">
        <p class="where">${this.#where(total)}</p>
        ${this.#onTheWay()}
        <button type="button" class="step" ?disabled=${this.#place <= 0} @click=${() => this.#go(-1)}>Back</button>
        <button type="button" class="step" ?disabled=${!isText} @click=${() => this.#skip()}>Skip</button>
        <button type="button" class="step accept" ?disabled=${!isText} @click=${() => this.#accept()}>Accept</button>
      </div>
      <progress max=${total} .value=${behind} aria-label="Texts accepted or skipped"></progress>`;
  }

  #where(total: number): string {
    if (this.#place >= total) return `All ${total} texts were shown`;
    return `Text ${this.#place + 1} of ${total}${this.#status === "new" ? "" : `, ${this.#status}`}`;
  }

  /** Say how much Python has not taken yet: it may be busy with another cell. */
  #onTheWay(): TemplateResult | typeof nothing {
    const count = waiting(this.#model).length;
    return count === 0 ? nothing : html`<p role="status">${count} on the way to Python</p>`;
  }

  #skip(): void {
    if (this.#element !== null) this.#finish("skip", this.#element.state);
  }

  #text(theme: string | undefined): TemplateResult {
    const task = this.#task;
    if (this.#place >= settingsOf(this.#model).total) {
      return html`<p class="end">That was the last text. Back leads to those before.</p>`;
    }
    if (task === undefined) return html`<p class="end" role="status">The text is on its way from Python.</p>`;
    return html`<span-annotator
      .schema=${this.#schema}
      .keys=${settingsOf(this.#model).keys}
      .initial=${task.initial}
      .acts=${task.acts}
      .textId=${task.id}
      .text=${task.text}
      theme=${theme ?? nothing}
      @annotator-act=${(event: Told) => this.#told(event)}
      @annotator-accept=${(event: Told) => this.#finish("accept", event.detail.state)}
      @annotator-skip=${(event: Told) => this.#finish("skip", event.detail.state)}
      @annotator-back=${() => this.#go(-1)}
      @annotator-help=${() => this.#help()}
    ></span-annotator>`;
  }

  #keys(): TemplateResult {
    const mac = /mac/i.test(navigator.platform);
    const rows = this.#element?.keyHelp() ?? [];
    return html`<details .open=${this.#showsKeys} @toggle=${(event: Event) => this.#toggled(event)}>
      <summary>Keys</summary>
      <dl>
        ${rows.map(({ keys, does }) => html`<dt>${keys.map((key) => html`<kbd>${describeKey(key, { mac })}</kbd> `)}</dt><dd>${does}</dd>`)}
      </dl>
    </details>`;
  }

  #toggled(event: Event): void {
    this.#showsKeys = (event.target as HTMLDetailsElement).open;
    this.#draw();
  }
}
