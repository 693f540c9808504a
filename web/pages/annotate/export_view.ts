/** Choose a format and save the file. */

import { html, type TemplateResult } from "lit";
import { sentence } from "./view.js";

const FORMATS = ["jsonl", "doccano", "label_studio", "prodigy", "spacy", "hugging_face", "parquet", "conll", "csv"];

/** A form that asks for the file; the server names it. */
export function exportView(): TemplateResult {
  return html`<form class="row export" @submit=${save}>
    <label>Format <select name="format">${FORMATS.map((name) => html`<option>${name}</option>`)}</select></label>
    <label>Content <select name="which"><option value="annotators">what each annotator said</option><option value="gold">one answer a text</option></select></label>
    <button type="submit">Export</button>
    <output role="status"></output>
  </form>`;
}

async function save(event: SubmitEvent): Promise<void> {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  const said = form.querySelector("output") as HTMLOutputElement;
  const query = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  said.value = "";
  try {
    await fetched(`api/export?${query}`, said);
  } catch (error) {
    said.value = (error as Error).message;
  }
}

async function fetched(path: string, said: HTMLOutputElement): Promise<void> {
  const response = await fetch(path, { cache: "no-store" });
  if (response.ok) return keep(await response.blob(), nameOf(response));
  const problem = (await response.json().catch(() => ({}))) as { detail?: string; type?: string };
  const detail = problem.detail ?? `the server answers ${response.status}`;
  const goesOn = problem.type?.endsWith(":lossy") === true && confirm(`${detail}. Export without that?`);
  if (!goesOn) said.value = sentence(detail);
  else await fetched(`${path}&lossy=true`, said);
}

function keep(content: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function nameOf(response: Response): string {
  return /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "export.jsonl";
}
