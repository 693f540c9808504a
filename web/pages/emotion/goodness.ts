/** Say how good a model of emotions is, by its card. */

import type { Figures } from "../shared/card.js";

const ALL = /^all [0-9]+/;

/** Say it in two sentences: `| emotion | gratitude | 358 | 0.903 | 0.880-0.925 |` is a row; nothing without such rows. */
export function goodnessOf({ rows }: Figures): string {
  const whole = (task: string): readonly string[] | undefined => rows.find(([of, label = ""]) => of === task && ALL.test(label));
  const [emotions, groups] = [whole("emotion"), whole("ekman")];
  const single = rows.filter(([task, label = ""]) => task === "emotion" && !ALL.test(label));
  const [best, worst] = [byF1(single).at(0), byF1(single).at(-1)];
  if (emotions === undefined || groups === undefined || best === undefined || worst === undefined) return "";
  const count = Number(emotions[2]).toLocaleString("en");
  return (
    `On ${count} comments its F1 was ${emotions[3]} over all emotions and ${groups[3]} over the groups; 1 would be perfect. ` +
    `It is best at ${best[1]} (${best[3]}) and worst at ${worst[1]} (${worst[3]}).`
  );
}

function byF1(rows: readonly (readonly string[])[]): (readonly string[])[] {
  return [...rows].sort((a, b) => Number(b[3]) - Number(a[3]));
}
