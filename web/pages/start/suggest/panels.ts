/** What the step shows of each way to suggest. */

import { html, nothing, type TemplateResult } from "lit";
import type { Part } from "../step_view.js";
import type { Offer, SuggestData, Suggesting } from "./data.js";

type Choose = (suggesting: Suggesting, model?: string) => void;

/** The ways to suggest, one of them chosen; before the project is known they wait. */
export function waysView(data: SuggestData | null, shown: Suggesting | null, wanted: number, choose: Choose): TemplateResult {
  const best = data?.models[0];
  const way = (suggesting: Suggesting, title: string, words: string, model?: string): TemplateResult => html`<label class="way">
    <input type="radio" name="suggesting" .checked=${shown === suggesting} @change=${() => choose(suggesting, model)} />
    <span><b>${title}</b><span class="soft">${words}</span></span>
  </label>`;
  return html`<fieldset class="ways" ?disabled=${data === null}>
    <legend class="visually-hidden">What marks the texts first</legend>
    ${way("nothing", "Nothing", "You mark each text yourself.")}
    ${way("rules", "Rules that you write", "You list words, or show what to look for.")}
    ${best === undefined ? nothing : way("model", "A ready model", knownOf(best, wanted), data?.model ?? best.reference)}
    ${way("prompt", "A language model", "It reads your labels' meanings. It is slow.")}
  </fieldset>`;
}

/** The models that know something of what is looked for. */
export function modelsView({ models, model }: SuggestData, choose: Choose): TemplateResult {
  return html`<fieldset class="card models">
    <legend><h2>Ready models</h2></legend>
    ${models.map(
      (offer) => html`<label class="way">
        <input type="radio" name="model" .checked=${offer.reference === model} @change=${() => choose("model", offer.reference)} />
        <span><b>${offer.reference}</b> <span class="soft">${offer.about} It knows ${[...offer.labels, ...offer.tasks].join(", ")}.</span></span>
      </label>`,
    )}
  </fieldset>`;
}

/** Rules that somebody changed outside of the page. */
export function byHandView({ rules_file }: SuggestData, takePageRules: () => void): TemplateResult {
  return html`<section class="card" aria-labelledby="hand-title">
    <h2 id="hand-title">Rules written by hand</h2>
    <p>The rules suggest as they stand in <code>${rules_file}</code>. Somebody changed that file outside of this page.</p>
    <button type="button" @click=${takePageRules}>Use this page's rules instead</button>
    <p class="soft">The file is kept as rules.by-hand.toml.</p>
  </section>`;
}

/** Which language model is asked. */
export function promptView({ prompt, language_model }: SuggestData, busy: boolean, save: (asked: FormData) => void): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save(new FormData(event.currentTarget as HTMLFormElement));
  };
  return html`<form class="card prompt" aria-labelledby="prompt-title" @submit=${submit}>
    <h2 id="prompt-title">Which language model</h2>
    <p class="soft">
      ${language_model.local ? "Left empty, the small model of this machine answers. It is often wrong." : "None is on this machine. Give the address of a server."}
    </p>
    <label>Address <input name="address" type="url" .value=${prompt?.address || language_model.address || ""} placeholder="http://localhost:11434/v1" autocomplete="off" ?required=${!language_model.local} /></label>
    <label class="tick"><input type="checkbox" name="confirmed" .checked=${prompt !== null && prompt.address !== "" && prompt.confirmed} /> My texts, and my key for it, may be sent to this address</label>
    <label>Model <input name="model" .value=${prompt?.model ?? ""} placeholder="qwen3" autocomplete="off" spellcheck="false" /></label>
    <button type="submit" ?disabled=${busy}>Ask this one</button>
  </form>`;
}

/** Where there is no label for a part, rules have nothing to mark. */
export function noLabelsView(): Part {
  return html`<p class="card">Rules mark parts of a text, and there is no label for a part yet. <a href="#/look_for">Name one</a></p>`;
}

function knownOf({ labels, tasks }: Offer, wanted: number): string {
  return `One knows ${labels.length + tasks.length} of the ${wanted} that you look for.`;
}
