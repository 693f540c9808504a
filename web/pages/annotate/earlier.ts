/** Texts that were handed in on an earlier visit. */

import { get } from "./api.js";

const PAGES = 20;
const A_PAGE = "200";

/** Find the number of the last text before another that somebody handed in; 0 where there is none. */
export async function lastHandedIn(annotator: string, before: number): Promise<number> {
  const query = new URLSearchParams({ annotator, status: "done", limit: A_PAGE });
  let last = 0;
  for (let after = 0, more = true, pages = 0; more && pages < PAGES; pages++) {
    const found = await get<{ texts: { number: number }[]; more: boolean }>(`api/texts?${query}&after=${after}`);
    const numbers = found.texts.map(({ number }) => number).filter((number) => number < before);
    last = numbers.at(-1) ?? last;
    after = found.texts.at(-1)?.number ?? after;
    more = found.more && after < before;
  }
  return last;
}
