/** `<judge-mistakes>`: the texts that some method got wrong, what is right beside what it said. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { offsetsOf, type Schema, type Span } from "textwright";
import { draw } from "../../../components/drawing.js";
import { categoriesView } from "../../annotate/view.js";
import type { Part } from "../step_view.js";
import { type Answer, type Found, listed, type Marked, type Mistake, titleOf, within } from "./data.js";

const FIRST = 5;
const LONGEST = 60;

export class JudgeMistakes extends LitElement {
  static override properties = {
    found: { attribute: false },
    schema: { attribute: false },
    method: { state: true },
    name: { state: true },
    all: { state: true },
  };

  declare found: Found;
  declare schema: Schema;
  /** The method that was chosen; null: nobody has chosen yet, and the best one's mistakes are shown. */
  declare method: string | null;
  declare name: string;
  declare all: boolean;

  constructor() {
    super();
    [this.method, this.name, this.all] = [null, "", false];
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const chosen = this.found.mistakes.filter((each) => this.#isChosen(each));
    return html`<section class="card" aria-labelledby="judge-mistakes">
      <h2 id="judge-mistakes">Mistakes</h2>
      ${this.found.mistakes.length === 0 ? html`<p>No method got any of the ${this.found.texts} texts wrong.</p>` : this.#listed(chosen)}
    </section>`;
  }

  #listed(chosen: readonly Mistake[]): TemplateResult {
    const shown = this.all ? chosen : chosen.slice(0, FIRST);
    return html`${this.#filters()}
      <p class="soft" role="status">${this.#counted(chosen.length)}</p>
      <ol class="mistakes">
        ${shown.map((each) => this.#mistake(each))}
      </ol>
      ${shown.length < chosen.length ? html`<p class="row"><button type="button" @click=${() => (this.all = true)}>Show all ${chosen.length}</button></p>` : nothing}`;
  }

  #counted(chosen: number): string {
    const { texts } = this.found;
    const method = this.#method;
    const who = method === "" ? (this.found.methods.length < 2 ? "" : " by some method") : ` by ${within(titleOf(method, this.found))}`;
    const what = this.name === "" ? "" : `${this.name} `;
    return `${what}wrong in ${chosen} of ${texts} texts${who}.`.replace(/^w/, "W");
  }

  #filters(): TemplateResult {
    const methods = this.#erring();
    const names = [...new Set(this.found.mistakes.flatMap(({ wrong }) => Object.values(wrong).flat()))].sort();
    const titles = methods.map((each): [string, string] => [each, titleOf(each, this.found)]);
    return html`<p class="row">
      ${methods.length < 2 ? nothing : select("Method", "any", titles, this.#method, (value) => this.#choose({ method: value }))}
      ${names.length < 2
        ? nothing
        : select(
            "Label",
            "any",
            names.map((each) => [each, each]),
            this.name,
            (value) => this.#choose({ name: value }),
          )}
    </p>`;
  }

  /** List the methods that got some text wrong. */
  #erring(): string[] {
    return [...new Set(this.found.mistakes.flatMap(({ wrong }) => Object.keys(wrong)))];
  }

  /** The method whose mistakes are shown; empty: those of any. Mistakes of a poor method would hide what is left to mend. */
  get #method(): string {
    const best = this.found.methods[0]?.name ?? "";
    return this.method ?? (this.#erring().includes(best) ? best : "");
  }

  #choose(chosen: { method?: string; name?: string }): void {
    Object.assign(this, chosen, { all: false });
  }

  #isChosen({ wrong }: Mistake): boolean {
    const method = this.#method;
    const names = method === "" ? Object.values(wrong).flat() : (wrong[method] ?? []);
    return names.length > 0 && (this.name === "" || names.includes(this.name));
  }

  #mistake({ number, text, gold, answers, wrong }: Mistake): TemplateResult {
    const method = this.#method;
    const right = answers.flatMap(({ methods }) => methods).filter((each) => wrong[each] === undefined);
    const others = answers.filter(({ methods }) => methods.some((each) => wrong[each] !== undefined && (method === "" || each === method)));
    return html`<li>
      <h3 class="soft">As you have it${right.length === 0 ? "" : `, and ${listed(right.map((each) => within(titleOf(each, this.found))))}`}</h3>
      ${this.#drawn(text, gold)} ${others.map((each) => this.#answer(text, each))}
      ${number === null ? nothing : html`<p class="row"><a class="button" href="#/correct/${number}" aria-label=${`Correct it: ${shortened(text)}`}>Correct it</a></p>`}
    </li>`;
  }

  #answer(text: string, answer: Answer): TemplateResult {
    const titles = listed(answer.methods.map((each, place) => (place === 0 ? titleOf(each, this.found) : within(titleOf(each, this.found)))));
    return html`<h3 class="wrong">${titles}</h3>
      ${answer.error === undefined ? this.#drawn(text, answer) : html`<p>No answer.</p>`}`;
  }

  #drawn(text: string, { spans, categories }: Marked): Part {
    const { toUnits } = offsetsOf(text);
    const placed: Span[] = (spans ?? []).map((span) => ({ ...span, start: toUnits(span.start), end: toUnits(span.end) }));
    return html`${draw(text, { spans: placed, categories: null }, this.schema)} ${categoriesView(categories ?? [])}`;
  }
}

/** Write the beginning of a text. */
function shortened(text: string): string {
  const points = [...text];
  return points.length <= LONGEST ? text : `${points.slice(0, LONGEST).join("")} …`;
}

function select(name: string, every: string, options: readonly (readonly [string, string])[], chosen: string, choose: (value: string) => void): TemplateResult {
  return html`<label>${name}
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      <option value="">${every}</option>
      ${options.map(([value, title]) => html`<option value=${value} ?selected=${value === chosen}>${title}</option>`)}
    </select>
  </label>`;
}

customElements.define("judge-mistakes", JudgeMistakes);
