/** One of the two models beside each other: which it is, where it runs, and how its loading goes. */

import type { Model } from "textwright";
import { showLoading } from "../shared/opening.js";
import { type Choice, openChoice, type Place, placesOf } from "./models.js";

export interface Opened {
  readonly name: string;
  readonly place: Place;
  readonly model: Model;
}

export interface Parts {
  readonly select: HTMLSelectElement;
  readonly place: HTMLSelectElement;
  readonly summary: HTMLElement;
}

/** The entry for no model. */
const NONE = "nothing";

export class Slot {
  #choices: readonly Choice[] = [];
  #wanted: string | undefined;
  #wish = 0;
  opened: Opened | undefined;

  /** `changed` is called when another model is there, and when none is any more. */
  constructor(
    readonly parts: Parts,
    private readonly changed: () => void,
  ) {
    parts.select.addEventListener("change", () => void this.open());
    parts.place.addEventListener("change", () => {
      this.#wanted = parts.place.value;
      void this.open();
    });
  }

  get name(): string | null {
    return this.parts.select.value === NONE ? null : this.parts.select.value;
  }

  /** Offer models, and perhaps none of them; open the one that is named, or else the first entry. */
  offer(choices: readonly Choice[], named: string | null, { canBeNone }: { readonly canBeNone: boolean }): void {
    this.#choices = choices;
    const { select } = this.parts;
    select.replaceChildren(...(canBeNone ? [new Option(NONE)] : []), ...choices.map(({ name }) => new Option(name)));
    select.disabled = select.options.length < 2;
    if (named !== null) select.value = named;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }

  /** Open the chosen model. One that was wished for before and comes later is kept for when it is wanted again. */
  async open(): Promise<void> {
    const wish = ++this.#wish;
    this.opened = undefined;
    const choice = this.#choices.find(({ name }) => name === this.name);
    if (choice === undefined) return this.changed();
    const place = this.#offerPlaces(choice);
    const loading = showLoading(this.parts.summary, choice.name);
    this.changed();
    try {
      const model = await openChoice(choice, place, loading);
      if (wish === this.#wish) this.opened = { name: choice.name, place, model };
    } catch (error) {
      if (wish === this.#wish) this.fail(error as Error);
    }
    if (wish === this.#wish) this.changed();
  }

  /** Say why there is no answer. */
  fail(error: Error): void {
    const told = document.createElement("span");
    told.className = "failed";
    told.textContent = error.message;
    this.parts.summary.replaceChildren(told);
  }

  /** Offer where the model can run; return the place that was wished for last, or else the best. */
  #offerPlaces(choice: Choice): Place {
    const places = placesOf(choice);
    const { place } = this.parts;
    place.replaceChildren(...places.map((each) => new Option(each)));
    place.value = places.find((each) => each === this.#wanted) ?? (places[0] as Place);
    place.disabled = places.length < 2;
    return place.value as Place;
  }
}
