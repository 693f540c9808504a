/** Answers the texts of a job in a page and tells what that took: browser.py opens the page and takes `found`. */

import { measured, opened } from "./measuring.mjs";

const readJob = async (name) => (await fetch(`/job/${name}`)).json();

async function figures() {
  const first = await readJob("first.json");
  const began = performance.now();
  const { load, offsetsOf } = await import("/runtime/textwright.js");
  const { unable, model, opening } = await opened(load, "/job/model/", first, began);
  if (unable) return { unable };
  return { ...(await measured(model, offsetsOf, { texts: await readJob("texts.json"), ...(await readJob("sample.json")) })), opening };
}

window.found = await figures().catch((error) => ({ error: String(error.message ?? error) }));
