/** The models of emotion that lie here: the best, and perhaps one that is small and quick. */

import { megabytes } from "../shared/card_view.js";
import { readCard } from "../shared/card.js";
import { addressOf, type Listed, listed } from "../shared/listed.js";
import { pageFolder } from "../shared/opening.js";

const BEST = "emotion";
const SMALL = "emotion.linear";

export interface Choice {
  readonly name: string;
  readonly folder: URL;
  /** What the list of models calls it. */
  readonly told: string;
}

/** List the models, the best first; one that the address names is alone. Throw when there is none. */
export async function choices(): Promise<Choice[]> {
  if (new URLSearchParams(location.search).has("model")) return [await bestAlone()];
  const { models } = await listed();
  const best = models.find(({ name }) => name === BEST);
  const small = models.find(({ name }) => name === SMALL);
  const found = [...choiceOf(best, "best"), ...choiceOf(small, "small and quick")];
  if (found.length === 0) return [await bestAlone()];
  return Promise.all(found.map(withSize));
}

async function bestAlone(): Promise<Choice> {
  return { name: BEST, folder: await pageFolder(BEST), told: BEST };
}

function choiceOf(model: Listed | undefined, told: string): Choice[] {
  if (model === undefined || model.folder === null) return [];
  return [{ name: model.name, folder: addressOf(model.folder), told }];
}

async function withSize(choice: Choice): Promise<Choice> {
  const { size } = await readCard(choice.folder);
  return size > 0 ? { ...choice, told: `${choice.told}, ${megabytes(size)}` } : choice;
}
