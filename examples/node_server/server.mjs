// Serves a model folder over HTTP, as `textwright serve` does: node server.mjs FOLDER [PORT]
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import { linesOf, load } from "textwright";

const [folder, port = "8660"] = process.argv.slice(2);
const MOST_BYTES = 1_000_000;
const model = await load(folder);
const inPoints = (text, annotation) => ({ ...JSON.parse(linesOf([{ text, meta: {}, extra: {}, ...annotation }])), text: undefined });

const server = createServer(async (request, response) => {
  const answer = (status, data) => response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(data));
  if (request.method !== "POST") return answer(405, { detail: 'expected POST {"texts": ["..."]}' });
  if (!(Number(request.headers["content-length"]) <= MOST_BYTES)) {
    await finished(request.resume()).catch(() => {}); // who is still sending would not read the answer
    return answer(413, { detail: `at most ${MOST_BYTES} bytes, stated by Content-Length` });
  }
  const { texts } = await text(request).then(JSON.parse).catch(() => ({})) ?? {};
  if (!Array.isArray(texts) || !texts.every((each) => typeof each === "string")) return answer(422, { detail: 'expected {"texts": ["..."]}' });
  const found = await model.predict(texts);
  answer(200, { annotations: found.map((annotation, i) => inPoints(texts[i], annotation)) });
});
server.listen(Number(port), "127.0.0.1", () => console.error(`http://127.0.0.1:${server.address().port}/ answers by ${folder}`));
process.on("SIGTERM", () => server.close(() => process.exit()));
