/** The work itself: a text, the state of saving, the guideline beside it. */

import { html, nothing, type TemplateResult } from "lit";
import type { SpanAnnotator } from "../../components/annotator/index.js";
import { bindingsOf } from "../../components/annotator/keymap.js";
import type { State } from "../../components/annotator/state.js";
import { strokesOf } from "../../components/annotator/strokes.js";
import { stateToData } from "../../components/annotator/wire.js";
import type { Task } from "./data.js";
import { keysOf } from "./keys.js";
import { markdownView } from "./markdown_view.js";
import { count, counted } from "../shared/counted.js";
import { progressLine } from "./pace.js";
import { exportView } from "./export_view.js";
import { type Part, View } from "./view.js";

interface Told {
  readonly kind: "edit" | "undo" | "redo";
  readonly state: State;
  readonly textId: string;
}

const GUIDELINE = "textwright/guideline";
/** An id as one is made of a text that came without: see `Identify` in formats/base.py. */
const MADE_ID = /^[0-9a-f]{18}(-\d+)?$/;

export class AnnotateView extends View {
  #last: unknown = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.desk.showAgain();
    this.addEventListener("keydown", (event) => this.pressedAtEnd(event));
  }

  protected override render(): Part {
    const { desk } = this;
    if (desk.project === null) return nothing;
    return html`
      ${this.heading()} ${this.bar()} ${this.warnings()}
      <div class="desk">
        <div class="work">${desk.shown === null ? this.end() : this.text()}</div>
        ${desk.project.guideline === "" ? nothing : this.guideline(desk.project.guideline)}
      </div>
    `;
  }

  protected heading(): Part {
    return html`<h1 class="visually-hidden">Annotate</h1>`;
  }

  /** A text that comes up has the focus. */
  protected override updated(): void {
    if (this.desk.shown === this.#last) return;
    this.#last = this.desk.shown;
    const element = this.querySelector("span-annotator");
    if (element === null) this.querySelector<HTMLElement>(".end h2")?.focus();
    else void element.updateComplete.then(() => this.#focus(element));
  }

  #focus(element: SpanAnnotator): void {
    if (document.querySelector("dialog[open]") === null) element.focusText();
    const top = element.getBoundingClientRect().top;
    if (top < 0) scrollTo({ top: 0 });
  }

  /** What a text is called: an id that was made of the text itself says nothing to a reader. */
  protected nameOf({ id, number }: Task): string {
    return id === "" || MADE_ID.test(id) ? `Text ${number}` : id;
  }

  protected bar(): TemplateResult {
    const { done, left, seconds } = this.desk;
    return html`<div class="bar">
      <progress max=${Math.max(1, done + left)} .value=${done} aria-label="Texts handed in"></progress>
      <p class="figures">${done + left === 0 && this.desk.progress === null ? "" : progressLine(done, left, seconds)}</p>
      ${saveState(this.desk)}
    </div>`;
  }

  private warnings(): Part {
    const { outbox, isElsewhere, fault } = this.desk;
    if (outbox === null) return nothing;
    return html`
      ${fault === "" ? nothing : html`<p class="fault" role="alert">${fault}</p>`}
      ${isElsewhere && this.desk.shown !== null
        ? html`<p class="aside" role="status">This text is open in another tab, too. Whichever saves second is asked which to keep.</p>`
        : nothing}
      ${outbox.unstored > 0
        ? html`<p class="fault" role="alert">
            The browser's storage is full: ${changes(outbox.unstored)} not saved yet would be lost if this page closed. Leave it open until it says “Saved”.
          </p>`
        : nothing}
      ${outbox.failed.length > 0
        ? html`<div class="fault" role="alert">
            <p>The server did not take ${changes(outbox.failed.length)}: ${outbox.failed[0]?.detail}</p>
            <p class="row">
              <button type="button" @click=${() => this.saveFailed()}>Download them</button>
              <button type="button" @click=${() => outbox.forgetFailed()}>Forget them</button>
            </p>
          </div>`
        : nothing}
    `;
  }

  private saveFailed(): void {
    const failed = this.desk.outbox?.failed ?? [];
    const textOf = (number: number): string | null => this.desk.queue.tasks.find((task) => task.number === number)?.text ?? null;
    const lines = failed.map(({ act, detail }) => JSON.stringify({ ...act, detail, words: textOf(act.text) }));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([`${lines.join("\n")}\n`], { type: "application/jsonl" }));
    link.download = "not-taken.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  private text(): Part {
    const { shown, schema, queue } = this.desk;
    if (shown === null) return nothing;
    const { task, acts: past, initial } = shown;
    const status = queue.current?.status ?? task.status;
    return html`
      <p class="about">
        <span>${this.nameOf(task)}</span>
        ${task.held_out ? html`<span class="badge test">for the test</span> <span class="soft">Nothing is suggested here, and no model learns from it.</span>` : nothing}
        ${status === "done" || status === "skipped" ? html`<span class="badge ${status}">${status === "done" ? "handed in" : "skipped"}</span>` : nothing}
      </p>
      <span-annotator
        .text=${task.text}
        .textId=${task.id === "" ? String(task.number) : task.id}
        .schema=${schema}
        .acts=${past}
        .initial=${initial}
        .keys=${keysOf(this.desk)}
        @annotator-act=${({ detail }: CustomEvent<Told>) => this.desk.act(detail.kind, stateToData(task.text, detail.state))}
        @annotator-accept=${({ detail }: CustomEvent<Told>) => this.desk.finish("accept", stateToData(task.text, detail.state))}
        @annotator-skip=${({ detail }: CustomEvent<Told>) => this.desk.finish("skip", stateToData(task.text, detail.state))}
        @annotator-back=${() => this.desk.back()}
      ></span-annotator>
      ${this.desk.project?.role === "owner" ? html`<label-form .desk=${this.desk} @label-added=${() => this.querySelector("span-annotator")?.focusText()}></label-form>` : nothing}
      <div class="row moves">
        <button type="button" ?disabled=${!queue.canGoBack && this.desk.done === 0} @click=${() => this.desk.back()}>Back</button>
        <button type="button" @click=${() => this.finish("skip")}>Skip</button>
        <button type="button" class="main" @click=${() => this.finish("accept")}>Accept</button>
      </div>
    `;
  }

  private finish(kind: "accept" | "skip"): void {
    const element = this.querySelector("span-annotator");
    if (element === null) return;
    if (kind === "accept") element.acceptAll();
    this.desk.finish(kind, stateToData(element.text, element.state));
  }

  private guideline(markdown: string): TemplateResult {
    const isOpen = localStorage.getItem(GUIDELINE) !== "closed" && matchMedia("(min-width: 75rem)").matches;
    return html`<details class="guideline" ?open=${isOpen} @toggle=${(event: Event) => this.remember(event.target as HTMLDetailsElement)}>
      <summary>Guideline</summary>
      <div class="prose" tabindex="0" role="region" aria-label="Guideline">${markdownView(markdown, 2)}</div>
    </details>`;
  }

  private remember({ open }: HTMLDetailsElement): void {
    if (!matchMedia("(min-width: 75rem)").matches) return;
    try {
      localStorage.setItem(GUIDELINE, open ? "open" : "closed");
    } catch {
      // A full storage: the pane is as it was, next time.
    }
  }

  /** Where no text is left, the key that goes back still does. */
  private pressedAtEnd(event: KeyboardEvent): void {
    if (this.desk.shown !== null || !(event.target as HTMLElement).matches(".end h2")) return;
    const { commands } = bindingsOf(this.desk.schema, keysOf(this.desk));
    if (!strokesOf(event).some((stroke) => commands.get("back")?.includes(stroke))) return;
    event.preventDefault();
    this.desk.back();
  }

  private end(): TemplateResult {
    const { desk } = this;
    if (desk.isFetching || (desk.queue.exhausted === false && desk.left > 0)) {
      const isOffline = desk.outbox?.trouble === "offline";
      return html`<div class="end card">
        <h2 tabindex="-1">${isOffline ? "No more texts are here" : "Fetching texts …"}</h2>
        ${isOffline ? html`<p>Further texts come when the server answers again. What you did is kept.</p>` : nothing}
      </div>`;
    }
    if (desk.left > 0) {
      return html`<div class="end card">
        <h2 tabindex="-1">Nothing for you right now</h2>
        <p>Others have the texts that are left. Those that they give back come here by themselves.</p>
        <p class="row">${desk.queue.canGoBack ? html`<button type="button" @click=${() => desk.back()}>Back to the last text</button>` : nothing}</p>
      </div>`;
    }
    return html`<div class="end card">
      <h2 tabindex="-1">${desk.project?.total === 0 ? "There are no texts yet" : "All done"}</h2>
      <p>
        ${desk.done === 0 ? "No text waits for you." : `You handed in ${count(desk.done)} of ${count(desk.done + desk.left)} texts, and none waits for you.`}
        ${desk.outbox?.size ? `${changes(desk.outbox.size)} still on the way to the server.` : ""}
      </p>
      <p class="row">
        ${desk.queue.canGoBack || desk.done > 0 ? html`<button type="button" @click=${() => desk.back()}>Back to the last text</button>` : nothing}
        ${this.ways()}
      </p>
      ${this.takings()}
    </div>`;
  }

  /** Where one may go when all is done. */
  protected ways(): Part {
    return html`
      ${this.isReviewer && (this.desk.project?.people ?? 1) > 1 ? html`<a class="button" href="#/review">Review what differs</a>` : nothing}
      <a class="button" href="#/texts">See all texts</a>
      <a class="button" href="#/progress">Progress</a>
    `;
  }

  /** What one may take along when all is done. */
  protected takings(): Part {
    return this.isReviewer ? exportView() : nothing;
  }

  private get isReviewer(): boolean {
    return this.desk.project?.role !== "annotator";
  }
}

/** Say where the acts are: here, on the way, or on the server's disk. */
export function saveState({ outbox, hasSaved }: View["desk"]): Part {
  if (outbox === null) return nothing;
  const [name, words] = stateInWords(outbox, hasSaved);
  return html`<p class="save ${name}" role="status" title=${outbox.detail === "" ? nothing : outbox.detail}>${words}</p>`;
}

function stateInWords({ size, trouble, conflicts }: NonNullable<View["desk"]["outbox"]>, hasSaved: boolean): readonly [string, string] {
  if (size === 0) return hasSaved ? ["saved", "Saved"] : ["idle", ""];
  const waits = size === 1 ? "1 change waits here" : `${count(size)} changes wait here`;
  if (trouble === "offline") return ["waits", `Offline: ${waits}`];
  if (trouble === "login") return ["waits", `Log in again: ${waits}`];
  if (trouble === "busy") return ["waits", `The server is busy: ${waits}`];
  if (trouble === "refused") return ["waits", `The server refuses: ${waits}`];
  return conflicts.size > 0 ? ["waits", `To decide: ${waits}`] : ["saving", "Saving …"];
}

function changes(number: number): string {
  return counted(number, "change");
}
