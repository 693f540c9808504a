/**
 * Measures a loaded model, in Node and in a page alike: the answers to all texts in batches, and the time of some texts,
 * each alone, as `textwright.evaluate.speed` does it in Python.
 */

const BATCH = 256;

/** Offsets count code points, as in files. */
function inPoints(offsetsOf, text, { spans, categories }) {
  const { toPoints } = offsetsOf(text);
  const places = spans?.map((span) => ({ ...span, start: toPoints(span.start), end: toPoints(span.end) }));
  return { ...(places && { spans: places }), ...(categories && { categories }) };
}

/** Answer a batch; a text that has no answer gets an error, and the others their answers. */
async function answered(model, texts) {
  try {
    return await model.predict(texts);
  } catch (error) {
    if (texts.length === 1) return [{ error: error.message }];
    const found = [];
    for (const text of texts) found.push(...(await answered(model, [text])));
    return found;
  }
}

/** Let whatever else waits have its turn, which is not timed: a page would count as hanging, and Node would hear of nothing. */
const breathe = () => new Promise((resolve) => setTimeout(resolve));

async function timed(step) {
  await breathe();
  const began = performance.now();
  const result = await step();
  return [result, performance.now() - began];
}

/** Milliseconds of each text alone, until they add up to `most`. */
async function alone(model, texts, most) {
  const times = [];
  for (let sum = 0, i = 0; i < texts.length && sum <= most; i++) {
    const [, time] = await timed(() => answered(model, [texts[i]]));
    times.push(time);
    sum += time;
  }
  return times;
}

export async function measured(model, offsetsOf, { texts, sample, warmUp, most }) {
  await answered(model, texts.slice(0, warmUp));
  const answers = [];
  let together = 0;
  for (let i = 0; i < texts.length; i += BATCH) {
    const [found, time] = await timed(() => answered(model, texts.slice(i, i + BATCH)));
    answers.push(...found);
    together += time;
  }
  const points = answers.map((each, i) => ("error" in each ? each : inPoints(offsetsOf, texts[i], each)));
  return { answers: points, together, alone: await alone(model, sample, most) };
}

/** Open a model and answer a first text; tell when that was done, or that the runtime does not know the model's kind. */
export async function opened(load, folder, first, began) {
  try {
    const model = await load(folder);
    await answered(model, [first]);
    return { model, opening: performance.now() - began };
  } catch (error) {
    if (error.message.includes("unknown kind")) return { unable: true };
    throw error;
  }
}
