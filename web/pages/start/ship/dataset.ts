/** The annotated texts as a file, in any format; what a format cannot hold is said first. */

import { html, LitElement, nothing, type TemplateResult } from "lit";
import { sentence } from "../../annotate/view.js";

/** The formats, each with a word on what it is for. */
const FORMATS: readonly (readonly [name: string, words: string])[] = [
  ["jsonl", "JSON lines: holds everything"],
  ["csv", "CSV: for spreadsheets"],
  ["parquet", "Parquet: for data tools"],
  ["hugging_face", "Hugging Face datasets"],
  ["spacy", "spaCy"],
  ["label_studio", "Label Studio"],
  ["doccano", "doccano"],
  ["prodigy", "Prodigy"],
  ["conll", "CoNLL: a word a line"],
];

/** What formats lose, for people. Numbers are said where they count marks. */
const LOST: Readonly<Record<string, string>> = {
  "overlapping spans": "marks inside other marks",
  spans: "marks",
  categories: "answers about whole texts",
  "unwritable categories": "answers that it has no name for",
  "texts without annotated spans": "texts without marks",
  "empty layers": "texts in which nothing was to be found",
  "empty categories": "texts without an answer",
  "white space at span edges": "spaces at the edges of marks",
  "span offsets": "places of marks",
};
const NOTED: Readonly<Record<string, string>> = {
  meta: "what came beside the texts",
  "other keys": "when you worked on each text",
  annotators: "who worked on each text",
  "span scores": "how sure a model was",
  "category scores": "how sure a model was",
};

export class DatasetDownload extends LitElement {
  static override properties = { texts: { type: Number }, said: { state: true }, loses: { state: true } };
  declare texts: number;
  declare said: string;
  declare loses: boolean;
  #format = "jsonl";

  constructor() {
    super();
    this.texts = 0;
    this.said = "";
    this.loses = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    return html`<div class="row">
        <label>Format <select @change=${(event: Event) => this.#choose((event.target as HTMLSelectElement).value)}>
          ${FORMATS.map(([name, words]) => html`<option value=${name}>${words}</option>`)}
        </select></label>
        <button type="button" @click=${() => void this.#save(false)}>Download the texts</button>
      </div>
      <p class="soft" role="status">${this.said}</p>
      ${this.loses ? html`<p><button type="button" @click=${() => void this.#save(true)}>Download without that</button></p>` : nothing}`;
  }

  #choose(format: string): void {
    this.#format = format;
    this.said = "";
    this.loses = false;
  }

  async #save(lossy: boolean): Promise<void> {
    this.said = "The file is being written …";
    this.loses = false;
    const query = new URLSearchParams({ format: this.#format, which: "gold", lossy: String(lossy) });
    try {
      const answer = await fetch(`api/export?${query}`, { cache: "no-store" });
      if (!answer.ok) return await this.#refused(answer);
      keep(await answer.blob(), nameOf(answer));
      this.said = "";
    } catch {
      this.said = "The server does not answer.";
    }
  }

  async #refused(answer: Response): Promise<void> {
    const { type = "", detail = `the server answers ${answer.status}`, lost = {} } = (await answer.json().catch(() => ({}))) as Problem;
    this.loses = type.endsWith(":lossy");
    this.said = this.loses ? `This format cannot hold ${inWords(lost)}.` : sentence(detail);
  }
}

/** What the server says when it gives no file. */
interface Problem {
  readonly type?: string;
  readonly detail?: string;
  readonly lost?: Readonly<Record<string, number>>;
}

function inWords(lost: Readonly<Record<string, number>>): string {
  const said = Object.entries(lost).map(([kind, count]) => NOTED[kind] ?? `${count} ${LOST[kind] ?? kind}`);
  const [last, ...others] = [...new Set(said)].reverse() as [string, ...string[]];
  return others.length === 0 ? last : `${others.reverse().join(", ")} and ${last}`;
}

function keep(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function nameOf(answer: Response): string {
  return /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "texts.jsonl";
}

customElements.define("dataset-download", DatasetDownload);
