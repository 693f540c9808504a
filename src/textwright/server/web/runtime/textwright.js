// runtime/src/errors.ts
/** A model folder, rule file or pattern cannot be used; the message says where and what would do. */
var ModelError = class extends Error {
	name = "ModelError";
};
/** Run a step; put the place before the message of a `ModelError` that it throws. */
function within(place, step) {
	try {
		return step();
	} catch (error) {
		throw error instanceof ModelError ? new ModelError(`${place}: ${error.message}`) : error;
	}
}
// runtime/src/words/offsets.ts
/** The conversion of a text whose characters are one unit each. */
var SAME = {
	toUnits: (place) => place,
	toPoints: (place) => place
};
/** Prepare the conversion for one text; a text without astral characters needs none. */
function offsetsOf(text) {
	const pairs = [...pairPlaces(text)];
	if (pairs.length === 0) return SAME;
	return {
		toUnits: (place) => place + countBelow(pairs.length, (i) => pairs[i] - i < place),
		toPoints: (place) => place - countBelow(pairs.length, (i) => pairs[i] < place)
	};
}
/** Yield the unit at which each surrogate pair begins. */
function* pairPlaces(text) {
	for (let i = 0; i < text.length; i++) if (text.codePointAt(i) > 65535) yield i++;
}
/** Count the leading indices below `size` for which `holds`, by halving. */
function countBelow(size, holds) {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = low + high >> 1;
		if (holds(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}
// runtime/src/loading/tables.ts
/**
* JSON whose tables keep the order of their keys.
*
* JavaScript's objects put keys that are whole numbers first, but a network's scores come in the order in which
* its labels are written, and labels may be called 5, 4, 3. A table with such a key is read as a `Map`.
*/
var KEY_OR_TEXT = /"((?:[^"\\]|\\.)*)"(\s*:)?/gs;
var MARK = "\0";
/** Parse JSON; tables with a whole number among their keys become a `Map`. */
function parseTables(text) {
	let marked = false;
	const inOrder = text.replace(KEY_OR_TEXT, (whole, body, colon) => {
		if (colon === void 0 || !/^[0-9]+$/.test(body)) return whole;
		marked = true;
		return `"\\u0000${body}"${colon}`;
	});
	const parsed = JSON.parse(inOrder);
	return marked ? unmarked(parsed) : parsed;
}
function unmarked(value) {
	if (typeof value !== "object" || value === null) return value;
	if (Array.isArray(value)) return value.map(unmarked);
	const entries = Object.entries(value).map(([key, inner]) => [key, unmarked(inner)]);
	if (!entries.some(([key]) => key.startsWith(MARK))) return Object.fromEntries(entries);
	return new Map(entries.map(([key, inner]) => [key.startsWith(MARK) ? key.slice(1) : key, inner]));
}
/** List the keys of a table with their values, in the order of the file. */
function entriesOf$1(table) {
	return table instanceof Map ? [...table] : Object.entries(table);
}
// runtime/src/types.ts
/** Sort spans by start; of two that start together the longer comes first. */
function inOrder(spans) {
	return [...spans].sort((a, b) => a.start - b.start || b.end - a.end || compare(a.label, b.label));
}
/** Compare by code points, as Python does. */
function compare(a, b) {
	const [left, right] = [[...a], [...b]];
	const i = left.findIndex((char, place) => char !== right[place]);
	if (i < 0) return left.length - right.length;
	return (left[i]?.codePointAt(0) ?? -1) - (right[i]?.codePointAt(0) ?? -1);
}
// runtime/src/decode.ts
/**
* Choose the best set of spans among candidates, keeping the schema's rules: see decode.py.
*
* Weights are integers, so that the choice is the same as in Python. Offsets may count anything, as long as
* all count the same.
*/
/** Weights are rounded to steps of 1/UNIT: finer than a decision needs, coarser than float noise. */
var UNIT = 1024;
/** Read thresholds as `config.json` has them. */
function thresholdsFromData(data) {
	const tasks = entriesOf$1(data ?? {});
	return Object.fromEntries(tasks.map(([task, least]) => [task, Object.fromEntries(entriesOf$1(least))]));
}
/** Give the nesting of a schema. Throw `ModelError` when a label is bound to two outer labels, or to itself. */
function nestingOf(schema) {
	const outer = /* @__PURE__ */ new Map();
	for (const { kind, outer: holder, inner } of schema.rules) {
		if (kind !== "exactly_one_inside" || inner === void 0 || holder === void 0) continue;
		const bound = outer.get(inner) ?? holder;
		if (bound !== holder) throw new ModelError(`${inner} is bound to ${bound} and ${holder}; only one can hold it`);
		outer.set(inner, holder);
	}
	for (const label of outer.keys()) refuseCircle(label, outer);
	const held = (name) => [...outer].flatMap(([inner, holder]) => holder === name ? [inner] : []);
	return new Map(schema.labels.map(({ name }) => [name, held(name)]));
}
function refuseCircle(label, outer) {
	const seen = /* @__PURE__ */ new Set([label]);
	for (let next = outer.get(label); next !== void 0; next = outer.get(next)) {
		if (seen.has(next)) throw new ModelError(`the rules exactly_one_inside put ${next} into itself`);
		seen.add(next);
	}
}
/** List the labels that no other label must hold, in the order of the schema. */
function rootsOf(nesting) {
	const bound = new Set([...nesting.values()].flat());
	return [...nesting.keys()].filter((label) => !bound.has(label));
}
/** Choose the candidates whose weights have the largest sum, by the rules of this module. */
function bestSpans(candidates, nesting) {
	const byLabel = new Map([...nesting.keys()].map((label) => [label, []]));
	for (const candidate of candidates) byLabel.get(candidate.label)?.push(candidate);
	return rootsOf(nesting).flatMap((root) => apart(choicesOf(root, byLabel, nesting)).flatMap(({ spans }) => spans));
}
/** Complete each candidate of a label with its best inner spans; drop those that have none. */
function choicesOf(label, byLabel, nesting) {
	let choices = (byLabel.get(label) ?? []).map((span) => ({
		...span,
		spans: [span]
	}));
	for (const inner of nesting.get(label) ?? []) {
		const held = choicesOf(inner, byLabel, nesting).sort((a, b) => b.weight - a.weight || a.start - b.start || a.end - b.end);
		choices = choices.flatMap((choice) => withFirstInside(choice, held));
	}
	return choices;
}
function withFirstInside(choice, held) {
	const inner = held.find(({ start, end }) => choice.start <= start && end <= choice.end);
	if (inner === void 0) return [];
	return [{
		...choice,
		weight: choice.weight + inner.weight,
		spans: [...choice.spans, ...inner.spans]
	}];
}
/** Choose the heaviest set of choices that do not overlap; of equal sets, the one found first. */
function apart(choices) {
	const ordered = choices.filter(({ weight }) => weight > 0).sort((a, b) => a.end - b.end || a.start - b.start);
	const best = [0];
	const before = [];
	ordered.forEach(({ start, weight }, place) => {
		const apartFrom = countUpTo(ordered, start, place);
		before.push(apartFrom);
		best.push(Math.max(best[place], best[apartFrom] + weight));
	});
	const chosen = [];
	for (let place = ordered.length; place > 0;) {
		if (best[place] === best[place - 1]) {
			place--;
			continue;
		}
		chosen.push(ordered[place - 1]);
		place = before[place - 1];
	}
	return chosen.reverse();
}
/** Count the choices among the first `size` that end at `place` or before, by halving. */
function countUpTo(ordered, place, size) {
	let low = 0;
	let high = size;
	while (low < high) {
		const middle = low + high >> 1;
		if (ordered[middle].end <= place) low = middle + 1;
		else high = middle;
	}
	return low;
}
/**
* Turn probabilities into an annotation that is likely right and keeps the schema's rules.
*
* A span weighs what its characters weigh: give the `text` when offsets are JavaScript's, so that an emoji
* counts once, as it does in Python. Of a task with several categories those are chosen that reach their
* threshold (else one half), of any other the likeliest.
*/
function decode(scores, schema, { thresholds = {}, text } = {}) {
	const offsets = text === void 0 ? SAME : offsetsOf(text);
	const likely = new Map(scores.spans.map((span) => [keyOf(span), span]));
	return {
		spans: keepingRules(bestSpans(weighed(scores.spans, offsets), nestingOf(schema)).map(({ start, end, label }) => {
			return {
				start,
				end,
				label,
				score: scoreOf(likely.get(keyOf({
					start,
					end,
					label
				})))
			};
		}), schema),
		categories: chosenCategories(scores.categories, schema, thresholds)
	};
}
function keyOf({ start, end, label }) {
	return `${start} ${end} ${label}`;
}
function scoreOf({ score }) {
	return score ?? 0;
}
/** Weigh each span: for each of its characters, its probability less that of no span being there. */
function weighed(spans, { toPoints }) {
	const inPoints = spans.map((span) => ({
		span,
		first: toPoints(span.start),
		stop: toPoints(span.end)
	}));
	const covered = /* @__PURE__ */ new Map();
	for (const { span, first, stop } of inPoints) {
		const places = covered.get(span.label) ?? /* @__PURE__ */ new Map();
		covered.set(span.label, places);
		for (let place = first; place < stop; place++) places.set(place, (places.get(place) ?? 0) + scoreOf(span));
	}
	return inPoints.map(({ span, first, stop }) => {
		const places = covered.get(span.label);
		let nothing = 0;
		for (let place = first; place < stop; place++) nothing += Math.max(0, 1 - places.get(place));
		const { start, end, label } = span;
		return {
			start,
			end,
			label,
			weight: weightOf((stop - first) * scoreOf(span) - nothing)
		};
	});
}
/** Round to a weight, halves upwards. */
function weightOf(value) {
	return Math.floor(value * UNIT + .5);
}
/** Drop spans that offend a rule, the least likely first, until none does. */
function keepingRules(spans, schema) {
	let kept = inOrder(spans);
	for (;;) {
		const offenders = kept.filter((span) => schema.rules.some((rule) => breaks(rule, span, kept)));
		if (offenders.length === 0) return kept;
		const worst = offenders.reduce((least, span) => lessLikely(span, least) < 0 ? span : least);
		kept = kept.filter((span) => span !== worst);
	}
}
function lessLikely(a, b) {
	return scoreOf(a) - scoreOf(b) || a.start - b.start || a.end - b.end || compare(a.label, b.label);
}
function breaks({ kind, outer, inner }, span, spans) {
	if (kind === "no_crossing") return spans.some((other) => cross(span, other));
	if (kind === "inside" && inner === span.label) return !spans.some((other) => other.label === outer && contains(other, span));
	if (kind === "exactly_one_inside" && outer === span.label) return spans.filter((other) => other.label === inner && contains(span, other)).length !== 1;
	return false;
}
function contains(outer, inner) {
	return outer.start <= inner.start && inner.end <= outer.end;
}
function cross(a, b) {
	return a.start < b.end && b.start < a.end && !contains(a, b) && !contains(b, a);
}
/** Choose among scored categories as `decode` says; null when the schema has no task. */
function chosenCategories(scored, schema, thresholds = {}) {
	if (schema.tasks.length === 0) return null;
	return schema.tasks.flatMap(({ name, multiple }) => {
		const asked = scored.filter(({ task }) => task === name);
		if (multiple) return asked.filter((category) => scoreOf(category) >= thresholdOf(thresholds, category));
		if (asked.length === 0) return [];
		return [asked.reduce((best, category) => scoreOf(category) > scoreOf(best) ? category : best)];
	});
}
function thresholdOf(thresholds, { task, label }) {
	const least = Object.hasOwn(thresholds, task) ? thresholds[task] : {};
	return Object.hasOwn(least, label) ? least[label] : .5;
}
// runtime/src/loading/folder.ts
/** A model folder, wherever it lies: behind a URL in a page, or in Node also on disk. */
/** Open a folder by its URL, relative to the page; in Node also by its path. */
async function openFolder(reference) {
	const text = String(reference);
	const address = await addressOf(text.endsWith("/") ? text : `${text}/`);
	return folderAt(address, await fetchBytes(new URL("config.json", address)));
}
function folderAt(address, content) {
	const config = parseConfig(address, textOf("config.json", content));
	const read = async (name) => {
		const bytes = await fetchBytes(new URL(name.split("/").map(encodeURIComponent).join("/"), address));
		await checkIntegrity(config, name, bytes);
		return bytes;
	};
	const readBytes = async (name) => {
		if (statedSum(config, name) !== void 0) return read(name);
		throw new ModelError(`${address}config.json states no SHA-256 of ${name}. Export the model again`);
	};
	return {
		address,
		config,
		read: async (name) => textOf(name, await read(name)),
		readBytes,
		inner: async (name) => folderAt(`${address}${name}/`, await readBytes(`${name}/config.json`))
	};
}
/** Throw `ModelError` unless a folder is of the version that this runtime reads. */
function checkVersion({ address, config }, version) {
	if (config["version"] === version) return;
	throw new ModelError(`${address}config.json: version ${JSON.stringify(config["version"]) ?? "missing"}, this textwright reads version ${version}`);
}
/** Read what a layer's scores are divided by before they become probabilities. */
function temperatureOf(config, layer) {
	const named = config["temperature"] ?? {};
	const found = typeof named === "object" ? new Map(entriesOf$1(named)).get(layer) ?? 1 : named;
	if (typeof found === "number" && found > 0 && found < Infinity) return found;
	throw new ModelError(`the temperature of ${layer} is ${JSON.stringify(found)}, expected a number above 0`);
}
/** Make a whole address of one that is relative to the page, or in Node of a path. */
async function addressOf(reference) {
	if (typeof document !== "undefined") return new URL(reference, document.baseURI).href;
	if (/^[a-z][a-z0-9+.-]+:/i.test(reference)) return new URL(reference).href;
	if (typeof location !== "undefined") return new URL(reference, location.href).href;
	const { pathToFileURL } = await import("node:url");
	return pathToFileURL(reference).href;
}
/** Fetch a file, in Node also from disk. */
async function fetchBytes(url) {
	if (url.protocol === "file:") return readFile(url);
	const response = await fetch(url).catch((error) => {
		throw new ModelError(`${url.href}: ${error.message}`);
	});
	if (!response.ok) throw new ModelError(`${url.href}: the server answered ${response.status} ${response.statusText}`);
	return new Uint8Array(await response.arrayBuffer());
}
async function readFile(url) {
	const { readFile: read } = await import("node:fs/promises");
	try {
		return new Uint8Array(await read(url));
	} catch (error) {
		throw new ModelError(`${url.href}: ${error.message}`);
	}
}
function parseConfig(address, text) {
	try {
		const config = parseTables(text);
		if (typeof config === "object" && config !== null && !Array.isArray(config)) return config;
		throw new Error(`found ${typeof config}, expected an object`);
	} catch (error) {
		throw new ModelError(`${address}config.json: ${error.message}`);
	}
}
/** The SHA-256 that `config.json` states of a file, alone or beside its size. */
function statedSum(config, name) {
	const stated = config["files"]?.[name];
	return typeof stated === "string" ? stated : stated?.sha256;
}
/** Compare with the stated SHA-256, where the page may compute one (over https or from localhost). */
async function checkIntegrity(config, name, bytes) {
	const stated = statedSum(config, name);
	if (stated === void 0 || globalThis.crypto?.subtle === void 0) return;
	const found = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
	if (found !== stated) throw new ModelError(`${name} is not the file that config.json names: its SHA-256 is ${found}`);
}
function textOf(name, bytes) {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw new ModelError(`${name}: not UTF-8. Save the file as UTF-8`);
	}
}
// runtime/src/model.ts
/** Say whether a model can show what decided. */
function showsEvidence(model) {
	return "evidence" in model;
}
/** Say whether a model knows probabilities. */
function scores(model) {
	return "score" in model;
}
/** Say whether a model can explain itself. */
function explains(model) {
	return "explain" in model;
}
// runtime/src/networks/joint.ts
/** Two models in one folder, one for spans and one for categories: see predictors/joint.py. */
var VERSION$3 = 1;
/** A model for spans and one for categories, as one. */
var JointModel = class {
	spans;
	categories;
	schema;
	constructor(spans, categories) {
		this.spans = spans;
		this.categories = categories;
		this.schema = {
			...spans.schema,
			tasks: categories.schema.tasks
		};
	}
	async predict(texts) {
		const found = await this.spans.predict(texts);
		const sorted = await this.categories.predict(texts);
		return found.map(({ spans }, i) => ({
			spans,
			categories: sorted[i]?.categories ?? null
		}));
	}
	async score(texts) {
		if (!scores(this.spans) || !scores(this.categories)) throw new ModelError("one of the two models gives no probabilities");
		const found = await this.spans.score(texts);
		const sorted = await this.categories.score(texts);
		return found.map(({ spans }, i) => ({
			spans,
			categories: sorted[i]?.categories ?? []
		}));
	}
	async evidence(texts) {
		return showsEvidence(this.categories) ? this.categories.evidence(texts) : texts.map(() => []);
	}
};
/** Open a model folder of the kind `joint`. */
async function openJoint(folder, open) {
	checkVersion(folder, VERSION$3);
	const [spans, categories] = await Promise.all([folder.inner("spans"), folder.inner("categories")]);
	return new JointModel(await open(spans), await open(categories));
}
// runtime/src/networks/onnx.ts
/**
* Run a graph by onnxruntime-web. It and its WebAssembly are loaded when the first graph is opened, so that a page
* with rules alone loads neither.
*/
/** Where the graph lies in a model folder. */
var GRAPH = "onnx/model.onnx";
var started;
/** Open a graph while onnxruntime is loaded. `wasm` is the address of onnxruntime's WebAssembly, when it does not lie beside this module. */
async function openGraph(content, wasm) {
	const starting = start(wasm);
	starting.catch(() => void 0);
	const graph = await content;
	const runtime = await starting;
	const session = await runtime.InferenceSession.create(graph, { graphOptimizationLevel: "all" }).catch((error) => {
		throw new ModelError(`onnxruntime cannot read the graph: ${error.message}`);
	});
	return { run: async (inputs) => {
		const tensors = Object.entries(inputs).map(([name, { data, dims }]) => [name, new runtime.Tensor(data, dims)]);
		const found = await session.run(Object.fromEntries(tensors));
		return Object.fromEntries(Object.entries(found).map(([name, { data, dims }]) => [name, {
			data,
			dims
		}]));
	} };
}
/** Load onnxruntime once; try again after a failure. */
function start(wasm) {
	started ??= load$1(wasm).catch((error) => {
		started = void 0;
		throw error;
	});
	return started;
}
async function load$1(wasm) {
	const beside = (name) => new URL(name, import.meta.url);
	const address = wasm === void 0 ? beside("onnxruntime.wasm.gz") : new URL(await addressOf(String(wasm)));
	const [runtime, binary] = await Promise.all([import("./onnxruntime.js"), fetchBytes(address)]);
	runtime.env.wasm.numThreads = 1;
	runtime.env.wasm.wasmPaths = { mjs: beside("onnxruntime.glue.js").href };
	runtime.env.wasm.wasmBinary = await unpacked(address, binary);
	return runtime;
}
/** Unpack a gzip file; a server may have done so on the way. */
async function unpacked(address, content) {
	if (content[0] === 31 && content[1] === 139) return new Response(new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
	if (content[0] === 0 && content[1] === 97) return content.buffer;
	throw new ModelError(`${address.href} is no WebAssembly. It lies beside the runtime, or where the option wasm says`);
}
// runtime/src/schema.ts
/** What may be said of a text, as read from the published shape of schema files. */
/** Build a schema from decoded JSON or TOML. */
function schemaFromData(data) {
	const { name, labels, tasks, rules, open } = asData("the schema", data);
	return {
		name: typeof name === "string" ? name : "",
		labels: named("labels", labels).map(([label, body]) => labelOf(label, body)),
		tasks: named("tasks", tasks).map(([task, body]) => taskOf(task, asData(`task ${task}`, body))),
		rules: rulesOf(rules ?? []),
		open: open === true
	};
}
/** Make a closed schema from bare names. */
function schemaOf(labels) {
	return schemaFromData({ labels });
}
function labelOf(name, body) {
	return {
		meaning: "",
		...asData(`label ${name}`, typeof body === "string" ? { meaning: body } : body),
		name
	};
}
function taskOf(name, { labels, multiple, meaning }) {
	return {
		name,
		labels: named(`labels of task ${name}`, labels).map(([label, body]) => labelOf(label, body)),
		multiple: multiple === true,
		meaning: typeof meaning === "string" ? meaning : ""
	};
}
function rulesOf(value) {
	if (!Array.isArray(value)) throw new ModelError(`rules is ${typeof value}, expected a list of tables`);
	return value.map((body) => {
		const rule = asData("a rule", body);
		if (typeof rule["kind"] !== "string") throw new ModelError(`a rule has the keys ${Object.keys(rule).join(", ")}, expected kind`);
		return rule;
	});
}
/** Read a table by name, or a bare list of names. */
function named(what, value) {
	if (Array.isArray(value)) return value.map((name) => [String(name), {}]);
	return entriesOf$1(asData(what, value ?? {}));
}
function asData(what, value) {
	if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
	throw new ModelError(`${what} is ${Array.isArray(value) ? "a list" : typeof value}, expected a table`);
}
// runtime/src/words/matches.ts
/**
* Yield every match of a global expression.
*
* `matchAll` would make a new expression for each text, which costs more than matching it.
*/
function* matches(pattern, text) {
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
		const next = pattern.lastIndex;
		yield match;
		pattern.lastIndex = next;
	}
}
// runtime/src/words/sentences.ts
/** Cut a text into sentences, as predictors/opinions.py does. Places are UTF-16 units. */
/** White space as Python has it. */
var SPACE$2 = "\\t-\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
/** A sentence ends before a capital, a digit or a bullet, and at a line's end; one without an end is cut. */
var RUN = new RegExp(`[${SPACE$2}]+`, "gu");
var FINAL = ".!?…";
var CLOSING = "\"'”’)";
var BULLETS = "•●▪";
var OPENING = /[A-Z0-9£$€"'“‘(•*-]/u;
var INNER = new RegExp(`[^${SPACE$2}](?:.*[^${SPACE$2}])?`, "su");
/** Code points in the longest sentence. */
var LONGEST$1 = 300;
/** Cut a text into sentences; what lies between two is white space. */
function sentencesOf(text) {
	const edges = [
		[0, 0],
		...[...matches(RUN, text)].map((match) => [match.index, match.index + match[0].length]).filter(([start, end]) => parts(text, start, end)),
		[text.length, text.length]
	];
	return edges.slice(1).flatMap(([end], i) => piecesOf(text, edges[i][1], end));
}
/** Say whether a run of white space lies between two sentences. */
function parts(text, start, end) {
	const next = text.charAt(end);
	if (/[\r\n]/u.test(text.slice(start, end)) || next !== "" && BULLETS.includes(next)) return true;
	return OPENING.test(next) && closes(text, start);
}
/** Say whether a sentence ends there, quotation marks and brackets aside. */
function closes(text, end) {
	let last = end;
	while (last > 0 && CLOSING.includes(text.charAt(last - 1))) last--;
	return last > 0 && FINAL.includes(text.charAt(last - 1));
}
/** Trim a sentence, leave an empty one out, and cut a long one between words. */
function piecesOf(text, start, end) {
	const found = [];
	const { toPoints, toUnits } = offsetsOf(text.slice(start, end));
	const size = toPoints(end - start);
	for (let first = 0; first < size;) {
		const from = start + toUnits(first);
		const longest = start + toUnits(Math.min(size, first + LONGEST$1));
		const stop = size - first <= LONGEST$1 ? end : cutOf(text, from, longest);
		const inner = INNER.exec(text.slice(from, stop));
		if (inner !== null) found.push([from + inner.index, from + inner.index + inner[0].length]);
		first = toPoints(stop - start);
	}
	return found;
}
function cutOf(text, from, longest) {
	const space = text.slice(0, longest).lastIndexOf(" ");
	return space > from ? space : longest;
}
// runtime/src/networks/opinions.ts
/** What a model says of a whole text, word by word: see predictors/opinions.py. */
/** So many sentences are shown for a category. */
var SHOWN = 3;
/** How opinions become answers. */
var Reader$1 = class Reader$1 {
	schema;
	thresholds;
	questions;
	constructor(schema, thresholds, temperature) {
		this.schema = schema;
		this.thresholds = thresholds;
		let first = 0;
		this.questions = schema.tasks.map((task) => {
			const question = {
				task,
				first,
				temperature: temperature(task.name)
			};
			first += task.labels.length;
			return question;
		});
	}
	/** Read what a `config.json` says. */
	static of({ config }) {
		const schema = schemaFromData(config["schema"]);
		return new Reader$1(schema, thresholdsFromData(config["thresholds"]), (task) => temperatureOf(config, task));
	}
	/** Count the labels of all tasks. */
	get topics() {
		return this.schema.tasks.reduce((sum, { labels }) => sum + labels.length, 0);
	}
	/** Choose categories; temperatures change no answer. */
	annotation(opinion) {
		return {
			spans: null,
			categories: chosenCategories(this.categories(opinion, false), this.schema, this.thresholds)
		};
	}
	/** Give every category with its probability. */
	scores(opinion) {
		return {
			spans: [],
			categories: this.categories(opinion, true)
		};
	}
	categories({ bias, added }, tempered) {
		const total = Float64Array.from(bias);
		added.forEach((value, place) => total[place % total.length] = total[place % total.length] + value);
		return this.questions.flatMap(({ task, first, temperature }) => {
			const own = total.subarray(first, first + task.labels.length).map((sum) => sum / (tempered ? temperature : 1));
			const chances = task.multiple ? own.map(sigmoid) : softmax(own);
			return task.labels.map(({ name }, i) => ({
				task: task.name,
				label: name,
				score: chances[i]
			}));
		});
	}
	/** Give the sentences that spoke most for the chosen categories, with what each added. */
	evidence(text, opinion) {
		const places = sentencesOf(text);
		return inOrder((this.annotation(opinion).categories ?? []).flatMap((category) => {
			const added = places.map(() => 0);
			const says = this.speakingFor(category, opinion);
			let place = 0;
			opinion.starts.forEach((start, word) => {
				while (start >= (places[place + 1]?.[0] ?? Infinity)) place++;
				added[place] = (added[place] ?? 0) + says[word];
			});
			return [...places.keys()].sort((a, b) => added[b] - added[a]).slice(0, SHOWN).flatMap((place) => {
				const [start, end] = places[place];
				const score = added[place];
				return score > 0 ? [{
					start,
					end,
					label: category.label,
					score: Math.round(score * 1e4) / 1e4
				}] : [];
			});
		}));
	}
	/** Give what each word adds to a category; of one answer, less what it adds to the mean of the others. */
	speakingFor({ task: name, label }, { starts, bias, added }) {
		const { task, first } = this.questions.find(({ task }) => task.name === name);
		const names = task.labels.map((each) => each.name);
		const chosen = names.indexOf(label);
		return starts.map((_, word) => {
			const own = [...added.subarray(word * bias.length + first, word * bias.length + first + names.length)];
			const mine = own[chosen];
			if (task.multiple || names.length === 1) return mine;
			return mine - (own.reduce((sum, value) => sum + value, 0) - mine) / (names.length - 1);
		});
	}
};
function softmax(sums) {
	const most = Math.max(...sums);
	const raised = sums.map((sum) => Math.exp(sum - most));
	const all = raised.reduce((sum, value) => sum + value, 0);
	return raised.map((value) => value / all);
}
function sigmoid(sum) {
	return 1 / (1 + Math.exp(-Math.max(-500, Math.min(500, sum))));
}
// runtime/src/words/clean.ts
/** Repair a text while keeping, for each character, where it came from: see wrangle/clean.py. */
var REPLACEMENTS = new Map({ replace: [
	["&amp;", "&"],
	["&lt;", "<"],
	["&gt;", ">"],
	["&quot;", "\""],
	["&apos;", "'"],
	["&#39;", "'"],
	["&#039;", "'"],
	["&nbsp;", " "],
	["&#160;", " "],
	["&pound;", "£"],
	["&#163;", "£"],
	["&euro;", "€"],
	["&ndash;", "–"],
	["&#8211;", "–"],
	["&mdash;", "—"],
	["&#8212;", "—"],
	["&rsquo;", "’"],
	["&#8217;", "’"],
	["&lsquo;", "‘"],
	["Â£", "£"],
	["Â ", " "],
	["Â\xA0", " "],
	["â‚¬", "€"],
	["â€“", "–"],
	["â€”", "—"],
	["â€™", "’"],
	["â€˜", "‘"],
	["Ã©", "é"],
	["Ã¨", "è"],
	["Ã¼", "ü"],
	["Ã¶", "ö"],
	["Ã¤", "ä"],
	["ï»¿", ""],
	["​", ""],
	["‌", ""],
	["‎", ""],
	["‏", ""],
	["‪", ""],
	["‫", ""],
	["‬", ""],
	["‭", ""],
	["‮", ""],
	["⁠", ""],
	["⁦", ""],
	["⁧", ""],
	["⁨", ""],
	["⁩", ""],
	["﻿", ""],
	["­", ""]
] }.replace.map(([old, made]) => [old, made]));
var SEARCH = new RegExp(longestFirst([...REPLACEMENTS.keys()]).map(escape$1).join("|"), "gu");
/** Repair entities and broken encodings and remove invisible characters. */
function clean(text) {
	const found = [...matches(SEARCH, text)];
	if (found.length === 0) return { text };
	const pieces = [];
	const starts = [];
	const ends = [];
	let done = 0;
	const keep = (until) => {
		pieces.push(text.slice(done, until));
		for (; done < until; done++) {
			starts.push(done);
			ends.push(done + 1);
		}
	};
	for (const match of found) {
		keep(match.index);
		const made = REPLACEMENTS.get(match[0]);
		pieces.push(made);
		done += match[0].length;
		for (let i = 0; i < made.length; i++) {
			starts.push(match.index);
			ends.push(done);
		}
	}
	keep(text.length);
	return {
		text: pieces.join(""),
		starts,
		ends
	};
}
/** Give the range of the raw text from which the units `[start, end)` came. */
function raw(mapped, start, end) {
	const { starts, ends } = mapped;
	if (starts === void 0 || ends === void 0) return [start, end];
	return [starts[start], ends[end - 1]];
}
function longestFirst(words) {
	return words.sort((a, b) => b.length - a.length);
}
function escape$1(word) {
	return word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
var unicode_default = {
	version: "14.0.0",
	white_space: "	\n\v\f\r \xA0            \u2028\u2029  　",
	letters: [
		[65, 90],
		[97, 122],
		[170, 170],
		[178, 179],
		[181, 181],
		[185, 186],
		[188, 190],
		[192, 214],
		[216, 246],
		[248, 705],
		[710, 721],
		[736, 740],
		[748, 748],
		[750, 750],
		[768, 884],
		[886, 887],
		[890, 893],
		[895, 895],
		[902, 902],
		[904, 906],
		[908, 908],
		[910, 929],
		[931, 1013],
		[1015, 1153],
		[1155, 1327],
		[1329, 1366],
		[1369, 1369],
		[1376, 1416],
		[1425, 1469],
		[1471, 1471],
		[1473, 1474],
		[1476, 1477],
		[1479, 1479],
		[1488, 1514],
		[1519, 1522],
		[1552, 1562],
		[1568, 1641],
		[1646, 1747],
		[1749, 1756],
		[1759, 1768],
		[1770, 1788],
		[1791, 1791],
		[1808, 1866],
		[1869, 1969],
		[1984, 2037],
		[2042, 2042],
		[2045, 2045],
		[2048, 2093],
		[2112, 2139],
		[2144, 2154],
		[2160, 2183],
		[2185, 2190],
		[2200, 2273],
		[2275, 2403],
		[2406, 2415],
		[2417, 2435],
		[2437, 2444],
		[2447, 2448],
		[2451, 2472],
		[2474, 2480],
		[2482, 2482],
		[2486, 2489],
		[2492, 2500],
		[2503, 2504],
		[2507, 2510],
		[2519, 2519],
		[2524, 2525],
		[2527, 2531],
		[2534, 2545],
		[2548, 2553],
		[2556, 2556],
		[2558, 2558],
		[2561, 2563],
		[2565, 2570],
		[2575, 2576],
		[2579, 2600],
		[2602, 2608],
		[2610, 2611],
		[2613, 2614],
		[2616, 2617],
		[2620, 2620],
		[2622, 2626],
		[2631, 2632],
		[2635, 2637],
		[2641, 2641],
		[2649, 2652],
		[2654, 2654],
		[2662, 2677],
		[2689, 2691],
		[2693, 2701],
		[2703, 2705],
		[2707, 2728],
		[2730, 2736],
		[2738, 2739],
		[2741, 2745],
		[2748, 2757],
		[2759, 2761],
		[2763, 2765],
		[2768, 2768],
		[2784, 2787],
		[2790, 2799],
		[2809, 2815],
		[2817, 2819],
		[2821, 2828],
		[2831, 2832],
		[2835, 2856],
		[2858, 2864],
		[2866, 2867],
		[2869, 2873],
		[2876, 2884],
		[2887, 2888],
		[2891, 2893],
		[2901, 2903],
		[2908, 2909],
		[2911, 2915],
		[2918, 2927],
		[2929, 2935],
		[2946, 2947],
		[2949, 2954],
		[2958, 2960],
		[2962, 2965],
		[2969, 2970],
		[2972, 2972],
		[2974, 2975],
		[2979, 2980],
		[2984, 2986],
		[2990, 3001],
		[3006, 3010],
		[3014, 3016],
		[3018, 3021],
		[3024, 3024],
		[3031, 3031],
		[3046, 3058],
		[3072, 3084],
		[3086, 3088],
		[3090, 3112],
		[3114, 3129],
		[3132, 3140],
		[3142, 3144],
		[3146, 3149],
		[3157, 3158],
		[3160, 3162],
		[3165, 3165],
		[3168, 3171],
		[3174, 3183],
		[3192, 3198],
		[3200, 3203],
		[3205, 3212],
		[3214, 3216],
		[3218, 3240],
		[3242, 3251],
		[3253, 3257],
		[3260, 3268],
		[3270, 3272],
		[3274, 3277],
		[3285, 3286],
		[3293, 3294],
		[3296, 3299],
		[3302, 3311],
		[3313, 3314],
		[3328, 3340],
		[3342, 3344],
		[3346, 3396],
		[3398, 3400],
		[3402, 3406],
		[3412, 3427],
		[3430, 3448],
		[3450, 3455],
		[3457, 3459],
		[3461, 3478],
		[3482, 3505],
		[3507, 3515],
		[3517, 3517],
		[3520, 3526],
		[3530, 3530],
		[3535, 3540],
		[3542, 3542],
		[3544, 3551],
		[3558, 3567],
		[3570, 3571],
		[3585, 3642],
		[3648, 3662],
		[3664, 3673],
		[3713, 3714],
		[3716, 3716],
		[3718, 3722],
		[3724, 3747],
		[3749, 3749],
		[3751, 3773],
		[3776, 3780],
		[3782, 3782],
		[3784, 3789],
		[3792, 3801],
		[3804, 3807],
		[3840, 3840],
		[3864, 3865],
		[3872, 3891],
		[3893, 3893],
		[3895, 3895],
		[3897, 3897],
		[3902, 3911],
		[3913, 3948],
		[3953, 3972],
		[3974, 3991],
		[3993, 4028],
		[4038, 4038],
		[4096, 4169],
		[4176, 4253],
		[4256, 4293],
		[4295, 4295],
		[4301, 4301],
		[4304, 4346],
		[4348, 4680],
		[4682, 4685],
		[4688, 4694],
		[4696, 4696],
		[4698, 4701],
		[4704, 4744],
		[4746, 4749],
		[4752, 4784],
		[4786, 4789],
		[4792, 4798],
		[4800, 4800],
		[4802, 4805],
		[4808, 4822],
		[4824, 4880],
		[4882, 4885],
		[4888, 4954],
		[4957, 4959],
		[4969, 4988],
		[4992, 5007],
		[5024, 5109],
		[5112, 5117],
		[5121, 5740],
		[5743, 5759],
		[5761, 5786],
		[5792, 5866],
		[5870, 5880],
		[5888, 5909],
		[5919, 5940],
		[5952, 5971],
		[5984, 5996],
		[5998, 6e3],
		[6002, 6003],
		[6016, 6099],
		[6103, 6103],
		[6108, 6109],
		[6112, 6121],
		[6128, 6137],
		[6155, 6157],
		[6159, 6169],
		[6176, 6264],
		[6272, 6314],
		[6320, 6389],
		[6400, 6430],
		[6432, 6443],
		[6448, 6459],
		[6470, 6509],
		[6512, 6516],
		[6528, 6571],
		[6576, 6601],
		[6608, 6618],
		[6656, 6683],
		[6688, 6750],
		[6752, 6780],
		[6783, 6793],
		[6800, 6809],
		[6823, 6823],
		[6832, 6862],
		[6912, 6988],
		[6992, 7001],
		[7019, 7027],
		[7040, 7155],
		[7168, 7223],
		[7232, 7241],
		[7245, 7293],
		[7296, 7304],
		[7312, 7354],
		[7357, 7359],
		[7376, 7378],
		[7380, 7418],
		[7424, 7957],
		[7960, 7965],
		[7968, 8005],
		[8008, 8013],
		[8016, 8023],
		[8025, 8025],
		[8027, 8027],
		[8029, 8029],
		[8031, 8061],
		[8064, 8116],
		[8118, 8124],
		[8126, 8126],
		[8130, 8132],
		[8134, 8140],
		[8144, 8147],
		[8150, 8155],
		[8160, 8172],
		[8178, 8180],
		[8182, 8188],
		[8304, 8305],
		[8308, 8313],
		[8319, 8329],
		[8336, 8348],
		[8400, 8432],
		[8450, 8450],
		[8455, 8455],
		[8458, 8467],
		[8469, 8469],
		[8473, 8477],
		[8484, 8484],
		[8486, 8486],
		[8488, 8488],
		[8490, 8493],
		[8495, 8505],
		[8508, 8511],
		[8517, 8521],
		[8526, 8526],
		[8528, 8585],
		[9312, 9371],
		[9450, 9471],
		[10102, 10131],
		[11264, 11492],
		[11499, 11507],
		[11517, 11517],
		[11520, 11557],
		[11559, 11559],
		[11565, 11565],
		[11568, 11623],
		[11631, 11631],
		[11647, 11670],
		[11680, 11686],
		[11688, 11694],
		[11696, 11702],
		[11704, 11710],
		[11712, 11718],
		[11720, 11726],
		[11728, 11734],
		[11736, 11742],
		[11744, 11775],
		[11823, 11823],
		[12293, 12295],
		[12321, 12335],
		[12337, 12341],
		[12344, 12348],
		[12353, 12438],
		[12441, 12442],
		[12445, 12447],
		[12449, 12538],
		[12540, 12543],
		[12549, 12591],
		[12593, 12686],
		[12690, 12693],
		[12704, 12735],
		[12784, 12799],
		[12832, 12841],
		[12872, 12879],
		[12881, 12895],
		[12928, 12937],
		[12977, 12991],
		[13312, 19903],
		[19968, 42124],
		[42192, 42237],
		[42240, 42508],
		[42512, 42539],
		[42560, 42610],
		[42612, 42621],
		[42623, 42737],
		[42775, 42783],
		[42786, 42888],
		[42891, 42954],
		[42960, 42961],
		[42963, 42963],
		[42965, 42969],
		[42994, 43047],
		[43052, 43052],
		[43056, 43061],
		[43072, 43123],
		[43136, 43205],
		[43216, 43225],
		[43232, 43255],
		[43259, 43259],
		[43261, 43309],
		[43312, 43347],
		[43360, 43388],
		[43392, 43456],
		[43471, 43481],
		[43488, 43518],
		[43520, 43574],
		[43584, 43597],
		[43600, 43609],
		[43616, 43638],
		[43642, 43714],
		[43739, 43741],
		[43744, 43759],
		[43762, 43766],
		[43777, 43782],
		[43785, 43790],
		[43793, 43798],
		[43808, 43814],
		[43816, 43822],
		[43824, 43866],
		[43868, 43881],
		[43888, 44010],
		[44012, 44013],
		[44016, 44025],
		[44032, 55203],
		[55216, 55238],
		[55243, 55291],
		[63744, 64109],
		[64112, 64217],
		[64256, 64262],
		[64275, 64279],
		[64285, 64296],
		[64298, 64310],
		[64312, 64316],
		[64318, 64318],
		[64320, 64321],
		[64323, 64324],
		[64326, 64433],
		[64467, 64829],
		[64848, 64911],
		[64914, 64967],
		[65008, 65019],
		[65024, 65039],
		[65056, 65071],
		[65136, 65140],
		[65142, 65276],
		[65296, 65305],
		[65313, 65338],
		[65345, 65370],
		[65382, 65470],
		[65474, 65479],
		[65482, 65487],
		[65490, 65495],
		[65498, 65500],
		[65536, 65547],
		[65549, 65574],
		[65576, 65594],
		[65596, 65597],
		[65599, 65613],
		[65616, 65629],
		[65664, 65786],
		[65799, 65843],
		[65856, 65912],
		[65930, 65931],
		[66045, 66045],
		[66176, 66204],
		[66208, 66256],
		[66272, 66299],
		[66304, 66339],
		[66349, 66378],
		[66384, 66426],
		[66432, 66461],
		[66464, 66499],
		[66504, 66511],
		[66513, 66517],
		[66560, 66717],
		[66720, 66729],
		[66736, 66771],
		[66776, 66811],
		[66816, 66855],
		[66864, 66915],
		[66928, 66938],
		[66940, 66954],
		[66956, 66962],
		[66964, 66965],
		[66967, 66977],
		[66979, 66993],
		[66995, 67001],
		[67003, 67004],
		[67072, 67382],
		[67392, 67413],
		[67424, 67431],
		[67456, 67461],
		[67463, 67504],
		[67506, 67514],
		[67584, 67589],
		[67592, 67592],
		[67594, 67637],
		[67639, 67640],
		[67644, 67644],
		[67647, 67669],
		[67672, 67702],
		[67705, 67742],
		[67751, 67759],
		[67808, 67826],
		[67828, 67829],
		[67835, 67867],
		[67872, 67897],
		[67968, 68023],
		[68028, 68047],
		[68050, 68099],
		[68101, 68102],
		[68108, 68115],
		[68117, 68119],
		[68121, 68149],
		[68152, 68154],
		[68159, 68168],
		[68192, 68222],
		[68224, 68255],
		[68288, 68295],
		[68297, 68326],
		[68331, 68335],
		[68352, 68405],
		[68416, 68437],
		[68440, 68466],
		[68472, 68497],
		[68521, 68527],
		[68608, 68680],
		[68736, 68786],
		[68800, 68850],
		[68858, 68903],
		[68912, 68921],
		[69216, 69246],
		[69248, 69289],
		[69291, 69292],
		[69296, 69297],
		[69376, 69415],
		[69424, 69460],
		[69488, 69509],
		[69552, 69579],
		[69600, 69622],
		[69632, 69702],
		[69714, 69749],
		[69759, 69818],
		[69826, 69826],
		[69840, 69864],
		[69872, 69881],
		[69888, 69940],
		[69942, 69951],
		[69956, 69959],
		[69968, 70003],
		[70006, 70006],
		[70016, 70084],
		[70089, 70092],
		[70094, 70106],
		[70108, 70108],
		[70113, 70132],
		[70144, 70161],
		[70163, 70199],
		[70206, 70206],
		[70272, 70278],
		[70280, 70280],
		[70282, 70285],
		[70287, 70301],
		[70303, 70312],
		[70320, 70378],
		[70384, 70393],
		[70400, 70403],
		[70405, 70412],
		[70415, 70416],
		[70419, 70440],
		[70442, 70448],
		[70450, 70451],
		[70453, 70457],
		[70459, 70468],
		[70471, 70472],
		[70475, 70477],
		[70480, 70480],
		[70487, 70487],
		[70493, 70499],
		[70502, 70508],
		[70512, 70516],
		[70656, 70730],
		[70736, 70745],
		[70750, 70753],
		[70784, 70853],
		[70855, 70855],
		[70864, 70873],
		[71040, 71093],
		[71096, 71104],
		[71128, 71133],
		[71168, 71232],
		[71236, 71236],
		[71248, 71257],
		[71296, 71352],
		[71360, 71369],
		[71424, 71450],
		[71453, 71467],
		[71472, 71483],
		[71488, 71494],
		[71680, 71738],
		[71840, 71922],
		[71935, 71942],
		[71945, 71945],
		[71948, 71955],
		[71957, 71958],
		[71960, 71989],
		[71991, 71992],
		[71995, 72003],
		[72016, 72025],
		[72096, 72103],
		[72106, 72151],
		[72154, 72161],
		[72163, 72164],
		[72192, 72254],
		[72263, 72263],
		[72272, 72345],
		[72349, 72349],
		[72368, 72440],
		[72704, 72712],
		[72714, 72758],
		[72760, 72768],
		[72784, 72812],
		[72818, 72847],
		[72850, 72871],
		[72873, 72886],
		[72960, 72966],
		[72968, 72969],
		[72971, 73014],
		[73018, 73018],
		[73020, 73021],
		[73023, 73031],
		[73040, 73049],
		[73056, 73061],
		[73063, 73064],
		[73066, 73102],
		[73104, 73105],
		[73107, 73112],
		[73120, 73129],
		[73440, 73462],
		[73648, 73648],
		[73664, 73684],
		[73728, 74649],
		[74752, 74862],
		[74880, 75075],
		[77712, 77808],
		[77824, 78894],
		[82944, 83526],
		[92160, 92728],
		[92736, 92766],
		[92768, 92777],
		[92784, 92862],
		[92864, 92873],
		[92880, 92909],
		[92912, 92916],
		[92928, 92982],
		[92992, 92995],
		[93008, 93017],
		[93019, 93025],
		[93027, 93047],
		[93053, 93071],
		[93760, 93846],
		[93952, 94026],
		[94031, 94087],
		[94095, 94111],
		[94176, 94177],
		[94179, 94180],
		[94192, 94193],
		[94208, 100343],
		[100352, 101589],
		[101632, 101640],
		[110576, 110579],
		[110581, 110587],
		[110589, 110590],
		[110592, 110882],
		[110928, 110930],
		[110948, 110951],
		[110960, 111355],
		[113664, 113770],
		[113776, 113788],
		[113792, 113800],
		[113808, 113817],
		[113821, 113822],
		[118528, 118573],
		[118576, 118598],
		[119141, 119145],
		[119149, 119154],
		[119163, 119170],
		[119173, 119179],
		[119210, 119213],
		[119362, 119364],
		[119520, 119539],
		[119648, 119672],
		[119808, 119892],
		[119894, 119964],
		[119966, 119967],
		[119970, 119970],
		[119973, 119974],
		[119977, 119980],
		[119982, 119993],
		[119995, 119995],
		[119997, 120003],
		[120005, 120069],
		[120071, 120074],
		[120077, 120084],
		[120086, 120092],
		[120094, 120121],
		[120123, 120126],
		[120128, 120132],
		[120134, 120134],
		[120138, 120144],
		[120146, 120485],
		[120488, 120512],
		[120514, 120538],
		[120540, 120570],
		[120572, 120596],
		[120598, 120628],
		[120630, 120654],
		[120656, 120686],
		[120688, 120712],
		[120714, 120744],
		[120746, 120770],
		[120772, 120779],
		[120782, 120831],
		[121344, 121398],
		[121403, 121452],
		[121461, 121461],
		[121476, 121476],
		[121499, 121503],
		[121505, 121519],
		[122624, 122654],
		[122880, 122886],
		[122888, 122904],
		[122907, 122913],
		[122915, 122916],
		[122918, 122922],
		[123136, 123180],
		[123184, 123197],
		[123200, 123209],
		[123214, 123214],
		[123536, 123566],
		[123584, 123641],
		[124896, 124902],
		[124904, 124907],
		[124909, 124910],
		[124912, 124926],
		[124928, 125124],
		[125127, 125142],
		[125184, 125259],
		[125264, 125273],
		[126065, 126123],
		[126125, 126127],
		[126129, 126132],
		[126209, 126253],
		[126255, 126269],
		[126464, 126467],
		[126469, 126495],
		[126497, 126498],
		[126500, 126500],
		[126503, 126503],
		[126505, 126514],
		[126516, 126519],
		[126521, 126521],
		[126523, 126523],
		[126530, 126530],
		[126535, 126535],
		[126537, 126537],
		[126539, 126539],
		[126541, 126543],
		[126545, 126546],
		[126548, 126548],
		[126551, 126551],
		[126553, 126553],
		[126555, 126555],
		[126557, 126557],
		[126559, 126559],
		[126561, 126562],
		[126564, 126564],
		[126567, 126570],
		[126572, 126578],
		[126580, 126583],
		[126585, 126588],
		[126590, 126590],
		[126592, 126601],
		[126603, 126619],
		[126625, 126627],
		[126629, 126633],
		[126635, 126651],
		[127232, 127244],
		[130032, 130041],
		[131072, 173791],
		[173824, 177976],
		[177984, 178205],
		[178208, 183969],
		[183984, 191456],
		[194560, 195101],
		[196608, 201546],
		[917760, 917999]
	],
	fold: /* @__PURE__ */ JSON.parse("{\"A\":\"a\",\"B\":\"b\",\"C\":\"c\",\"D\":\"d\",\"E\":\"e\",\"F\":\"f\",\"G\":\"g\",\"H\":\"h\",\"I\":\"i\",\"J\":\"j\",\"K\":\"k\",\"L\":\"l\",\"M\":\"m\",\"N\":\"n\",\"O\":\"o\",\"P\":\"p\",\"Q\":\"q\",\"R\":\"r\",\"S\":\"s\",\"T\":\"t\",\"U\":\"u\",\"V\":\"v\",\"W\":\"w\",\"X\":\"x\",\"Y\":\"y\",\"Z\":\"z\",\"À\":\"à\",\"Á\":\"á\",\"Â\":\"â\",\"Ã\":\"ã\",\"Ä\":\"ä\",\"Å\":\"å\",\"Æ\":\"æ\",\"Ç\":\"ç\",\"È\":\"è\",\"É\":\"é\",\"Ê\":\"ê\",\"Ë\":\"ë\",\"Ì\":\"ì\",\"Í\":\"í\",\"Î\":\"î\",\"Ï\":\"ï\",\"Ð\":\"ð\",\"Ñ\":\"ñ\",\"Ò\":\"ò\",\"Ó\":\"ó\",\"Ô\":\"ô\",\"Õ\":\"õ\",\"Ö\":\"ö\",\"Ø\":\"ø\",\"Ù\":\"ù\",\"Ú\":\"ú\",\"Û\":\"û\",\"Ü\":\"ü\",\"Ý\":\"ý\",\"Þ\":\"þ\",\"Ā\":\"ā\",\"Ă\":\"ă\",\"Ą\":\"ą\",\"Ć\":\"ć\",\"Ĉ\":\"ĉ\",\"Ċ\":\"ċ\",\"Č\":\"č\",\"Ď\":\"ď\",\"Đ\":\"đ\",\"Ē\":\"ē\",\"Ĕ\":\"ĕ\",\"Ė\":\"ė\",\"Ę\":\"ę\",\"Ě\":\"ě\",\"Ĝ\":\"ĝ\",\"Ğ\":\"ğ\",\"Ġ\":\"ġ\",\"Ģ\":\"ģ\",\"Ĥ\":\"ĥ\",\"Ħ\":\"ħ\",\"Ĩ\":\"ĩ\",\"Ī\":\"ī\",\"Ĭ\":\"ĭ\",\"Į\":\"į\",\"Ĳ\":\"ĳ\",\"Ĵ\":\"ĵ\",\"Ķ\":\"ķ\",\"Ĺ\":\"ĺ\",\"Ļ\":\"ļ\",\"Ľ\":\"ľ\",\"Ŀ\":\"ŀ\",\"Ł\":\"ł\",\"Ń\":\"ń\",\"Ņ\":\"ņ\",\"Ň\":\"ň\",\"Ŋ\":\"ŋ\",\"Ō\":\"ō\",\"Ŏ\":\"ŏ\",\"Ő\":\"ő\",\"Œ\":\"œ\",\"Ŕ\":\"ŕ\",\"Ŗ\":\"ŗ\",\"Ř\":\"ř\",\"Ś\":\"ś\",\"Ŝ\":\"ŝ\",\"Ş\":\"ş\",\"Š\":\"š\",\"Ţ\":\"ţ\",\"Ť\":\"ť\",\"Ŧ\":\"ŧ\",\"Ũ\":\"ũ\",\"Ū\":\"ū\",\"Ŭ\":\"ŭ\",\"Ů\":\"ů\",\"Ű\":\"ű\",\"Ų\":\"ų\",\"Ŵ\":\"ŵ\",\"Ŷ\":\"ŷ\",\"Ÿ\":\"ÿ\",\"Ź\":\"ź\",\"Ż\":\"ż\",\"Ž\":\"ž\",\"Ɓ\":\"ɓ\",\"Ƃ\":\"ƃ\",\"Ƅ\":\"ƅ\",\"Ɔ\":\"ɔ\",\"Ƈ\":\"ƈ\",\"Ɖ\":\"ɖ\",\"Ɗ\":\"ɗ\",\"Ƌ\":\"ƌ\",\"Ǝ\":\"ǝ\",\"Ə\":\"ə\",\"Ɛ\":\"ɛ\",\"Ƒ\":\"ƒ\",\"Ɠ\":\"ɠ\",\"Ɣ\":\"ɣ\",\"Ɩ\":\"ɩ\",\"Ɨ\":\"ɨ\",\"Ƙ\":\"ƙ\",\"Ɯ\":\"ɯ\",\"Ɲ\":\"ɲ\",\"Ɵ\":\"ɵ\",\"Ơ\":\"ơ\",\"Ƣ\":\"ƣ\",\"Ƥ\":\"ƥ\",\"Ʀ\":\"ʀ\",\"Ƨ\":\"ƨ\",\"Ʃ\":\"ʃ\",\"Ƭ\":\"ƭ\",\"Ʈ\":\"ʈ\",\"Ư\":\"ư\",\"Ʊ\":\"ʊ\",\"Ʋ\":\"ʋ\",\"Ƴ\":\"ƴ\",\"Ƶ\":\"ƶ\",\"Ʒ\":\"ʒ\",\"Ƹ\":\"ƹ\",\"Ƽ\":\"ƽ\",\"Ǆ\":\"ǆ\",\"ǅ\":\"ǆ\",\"Ǉ\":\"ǉ\",\"ǈ\":\"ǉ\",\"Ǌ\":\"ǌ\",\"ǋ\":\"ǌ\",\"Ǎ\":\"ǎ\",\"Ǐ\":\"ǐ\",\"Ǒ\":\"ǒ\",\"Ǔ\":\"ǔ\",\"Ǖ\":\"ǖ\",\"Ǘ\":\"ǘ\",\"Ǚ\":\"ǚ\",\"Ǜ\":\"ǜ\",\"Ǟ\":\"ǟ\",\"Ǡ\":\"ǡ\",\"Ǣ\":\"ǣ\",\"Ǥ\":\"ǥ\",\"Ǧ\":\"ǧ\",\"Ǩ\":\"ǩ\",\"Ǫ\":\"ǫ\",\"Ǭ\":\"ǭ\",\"Ǯ\":\"ǯ\",\"Ǳ\":\"ǳ\",\"ǲ\":\"ǳ\",\"Ǵ\":\"ǵ\",\"Ƕ\":\"ƕ\",\"Ƿ\":\"ƿ\",\"Ǹ\":\"ǹ\",\"Ǻ\":\"ǻ\",\"Ǽ\":\"ǽ\",\"Ǿ\":\"ǿ\",\"Ȁ\":\"ȁ\",\"Ȃ\":\"ȃ\",\"Ȅ\":\"ȅ\",\"Ȇ\":\"ȇ\",\"Ȉ\":\"ȉ\",\"Ȋ\":\"ȋ\",\"Ȍ\":\"ȍ\",\"Ȏ\":\"ȏ\",\"Ȑ\":\"ȑ\",\"Ȓ\":\"ȓ\",\"Ȕ\":\"ȕ\",\"Ȗ\":\"ȗ\",\"Ș\":\"ș\",\"Ț\":\"ț\",\"Ȝ\":\"ȝ\",\"Ȟ\":\"ȟ\",\"Ƞ\":\"ƞ\",\"Ȣ\":\"ȣ\",\"Ȥ\":\"ȥ\",\"Ȧ\":\"ȧ\",\"Ȩ\":\"ȩ\",\"Ȫ\":\"ȫ\",\"Ȭ\":\"ȭ\",\"Ȯ\":\"ȯ\",\"Ȱ\":\"ȱ\",\"Ȳ\":\"ȳ\",\"Ⱥ\":\"ⱥ\",\"Ȼ\":\"ȼ\",\"Ƚ\":\"ƚ\",\"Ⱦ\":\"ⱦ\",\"Ɂ\":\"ɂ\",\"Ƀ\":\"ƀ\",\"Ʉ\":\"ʉ\",\"Ʌ\":\"ʌ\",\"Ɇ\":\"ɇ\",\"Ɉ\":\"ɉ\",\"Ɋ\":\"ɋ\",\"Ɍ\":\"ɍ\",\"Ɏ\":\"ɏ\",\"Ͱ\":\"ͱ\",\"Ͳ\":\"ͳ\",\"Ͷ\":\"ͷ\",\"Ϳ\":\"ϳ\",\"Ά\":\"ά\",\"Έ\":\"έ\",\"Ή\":\"ή\",\"Ί\":\"ί\",\"Ό\":\"ό\",\"Ύ\":\"ύ\",\"Ώ\":\"ώ\",\"Α\":\"α\",\"Β\":\"β\",\"Γ\":\"γ\",\"Δ\":\"δ\",\"Ε\":\"ε\",\"Ζ\":\"ζ\",\"Η\":\"η\",\"Θ\":\"θ\",\"Ι\":\"ι\",\"Κ\":\"κ\",\"Λ\":\"λ\",\"Μ\":\"μ\",\"Ν\":\"ν\",\"Ξ\":\"ξ\",\"Ο\":\"ο\",\"Π\":\"π\",\"Ρ\":\"ρ\",\"Σ\":\"σ\",\"Τ\":\"τ\",\"Υ\":\"υ\",\"Φ\":\"φ\",\"Χ\":\"χ\",\"Ψ\":\"ψ\",\"Ω\":\"ω\",\"Ϊ\":\"ϊ\",\"Ϋ\":\"ϋ\",\"Ϗ\":\"ϗ\",\"Ϙ\":\"ϙ\",\"Ϛ\":\"ϛ\",\"Ϝ\":\"ϝ\",\"Ϟ\":\"ϟ\",\"Ϡ\":\"ϡ\",\"Ϣ\":\"ϣ\",\"Ϥ\":\"ϥ\",\"Ϧ\":\"ϧ\",\"Ϩ\":\"ϩ\",\"Ϫ\":\"ϫ\",\"Ϭ\":\"ϭ\",\"Ϯ\":\"ϯ\",\"ϴ\":\"θ\",\"Ϸ\":\"ϸ\",\"Ϲ\":\"ϲ\",\"Ϻ\":\"ϻ\",\"Ͻ\":\"ͻ\",\"Ͼ\":\"ͼ\",\"Ͽ\":\"ͽ\",\"Ѐ\":\"ѐ\",\"Ё\":\"ё\",\"Ђ\":\"ђ\",\"Ѓ\":\"ѓ\",\"Є\":\"є\",\"Ѕ\":\"ѕ\",\"І\":\"і\",\"Ї\":\"ї\",\"Ј\":\"ј\",\"Љ\":\"љ\",\"Њ\":\"њ\",\"Ћ\":\"ћ\",\"Ќ\":\"ќ\",\"Ѝ\":\"ѝ\",\"Ў\":\"ў\",\"Џ\":\"џ\",\"А\":\"а\",\"Б\":\"б\",\"В\":\"в\",\"Г\":\"г\",\"Д\":\"д\",\"Е\":\"е\",\"Ж\":\"ж\",\"З\":\"з\",\"И\":\"и\",\"Й\":\"й\",\"К\":\"к\",\"Л\":\"л\",\"М\":\"м\",\"Н\":\"н\",\"О\":\"о\",\"П\":\"п\",\"Р\":\"р\",\"С\":\"с\",\"Т\":\"т\",\"У\":\"у\",\"Ф\":\"ф\",\"Х\":\"х\",\"Ц\":\"ц\",\"Ч\":\"ч\",\"Ш\":\"ш\",\"Щ\":\"щ\",\"Ъ\":\"ъ\",\"Ы\":\"ы\",\"Ь\":\"ь\",\"Э\":\"э\",\"Ю\":\"ю\",\"Я\":\"я\",\"Ѡ\":\"ѡ\",\"Ѣ\":\"ѣ\",\"Ѥ\":\"ѥ\",\"Ѧ\":\"ѧ\",\"Ѩ\":\"ѩ\",\"Ѫ\":\"ѫ\",\"Ѭ\":\"ѭ\",\"Ѯ\":\"ѯ\",\"Ѱ\":\"ѱ\",\"Ѳ\":\"ѳ\",\"Ѵ\":\"ѵ\",\"Ѷ\":\"ѷ\",\"Ѹ\":\"ѹ\",\"Ѻ\":\"ѻ\",\"Ѽ\":\"ѽ\",\"Ѿ\":\"ѿ\",\"Ҁ\":\"ҁ\",\"Ҋ\":\"ҋ\",\"Ҍ\":\"ҍ\",\"Ҏ\":\"ҏ\",\"Ґ\":\"ґ\",\"Ғ\":\"ғ\",\"Ҕ\":\"ҕ\",\"Җ\":\"җ\",\"Ҙ\":\"ҙ\",\"Қ\":\"қ\",\"Ҝ\":\"ҝ\",\"Ҟ\":\"ҟ\",\"Ҡ\":\"ҡ\",\"Ң\":\"ң\",\"Ҥ\":\"ҥ\",\"Ҧ\":\"ҧ\",\"Ҩ\":\"ҩ\",\"Ҫ\":\"ҫ\",\"Ҭ\":\"ҭ\",\"Ү\":\"ү\",\"Ұ\":\"ұ\",\"Ҳ\":\"ҳ\",\"Ҵ\":\"ҵ\",\"Ҷ\":\"ҷ\",\"Ҹ\":\"ҹ\",\"Һ\":\"һ\",\"Ҽ\":\"ҽ\",\"Ҿ\":\"ҿ\",\"Ӏ\":\"ӏ\",\"Ӂ\":\"ӂ\",\"Ӄ\":\"ӄ\",\"Ӆ\":\"ӆ\",\"Ӈ\":\"ӈ\",\"Ӊ\":\"ӊ\",\"Ӌ\":\"ӌ\",\"Ӎ\":\"ӎ\",\"Ӑ\":\"ӑ\",\"Ӓ\":\"ӓ\",\"Ӕ\":\"ӕ\",\"Ӗ\":\"ӗ\",\"Ә\":\"ә\",\"Ӛ\":\"ӛ\",\"Ӝ\":\"ӝ\",\"Ӟ\":\"ӟ\",\"Ӡ\":\"ӡ\",\"Ӣ\":\"ӣ\",\"Ӥ\":\"ӥ\",\"Ӧ\":\"ӧ\",\"Ө\":\"ө\",\"Ӫ\":\"ӫ\",\"Ӭ\":\"ӭ\",\"Ӯ\":\"ӯ\",\"Ӱ\":\"ӱ\",\"Ӳ\":\"ӳ\",\"Ӵ\":\"ӵ\",\"Ӷ\":\"ӷ\",\"Ӹ\":\"ӹ\",\"Ӻ\":\"ӻ\",\"Ӽ\":\"ӽ\",\"Ӿ\":\"ӿ\",\"Ԁ\":\"ԁ\",\"Ԃ\":\"ԃ\",\"Ԅ\":\"ԅ\",\"Ԇ\":\"ԇ\",\"Ԉ\":\"ԉ\",\"Ԋ\":\"ԋ\",\"Ԍ\":\"ԍ\",\"Ԏ\":\"ԏ\",\"Ԑ\":\"ԑ\",\"Ԓ\":\"ԓ\",\"Ԕ\":\"ԕ\",\"Ԗ\":\"ԗ\",\"Ԙ\":\"ԙ\",\"Ԛ\":\"ԛ\",\"Ԝ\":\"ԝ\",\"Ԟ\":\"ԟ\",\"Ԡ\":\"ԡ\",\"Ԣ\":\"ԣ\",\"Ԥ\":\"ԥ\",\"Ԧ\":\"ԧ\",\"Ԩ\":\"ԩ\",\"Ԫ\":\"ԫ\",\"Ԭ\":\"ԭ\",\"Ԯ\":\"ԯ\",\"Ա\":\"ա\",\"Բ\":\"բ\",\"Գ\":\"գ\",\"Դ\":\"դ\",\"Ե\":\"ե\",\"Զ\":\"զ\",\"Է\":\"է\",\"Ը\":\"ը\",\"Թ\":\"թ\",\"Ժ\":\"ժ\",\"Ի\":\"ի\",\"Լ\":\"լ\",\"Խ\":\"խ\",\"Ծ\":\"ծ\",\"Կ\":\"կ\",\"Հ\":\"հ\",\"Ձ\":\"ձ\",\"Ղ\":\"ղ\",\"Ճ\":\"ճ\",\"Մ\":\"մ\",\"Յ\":\"յ\",\"Ն\":\"ն\",\"Շ\":\"շ\",\"Ո\":\"ո\",\"Չ\":\"չ\",\"Պ\":\"պ\",\"Ջ\":\"ջ\",\"Ռ\":\"ռ\",\"Ս\":\"ս\",\"Վ\":\"վ\",\"Տ\":\"տ\",\"Ր\":\"ր\",\"Ց\":\"ց\",\"Ւ\":\"ւ\",\"Փ\":\"փ\",\"Ք\":\"ք\",\"Օ\":\"օ\",\"Ֆ\":\"ֆ\",\"Ⴀ\":\"ⴀ\",\"Ⴁ\":\"ⴁ\",\"Ⴂ\":\"ⴂ\",\"Ⴃ\":\"ⴃ\",\"Ⴄ\":\"ⴄ\",\"Ⴅ\":\"ⴅ\",\"Ⴆ\":\"ⴆ\",\"Ⴇ\":\"ⴇ\",\"Ⴈ\":\"ⴈ\",\"Ⴉ\":\"ⴉ\",\"Ⴊ\":\"ⴊ\",\"Ⴋ\":\"ⴋ\",\"Ⴌ\":\"ⴌ\",\"Ⴍ\":\"ⴍ\",\"Ⴎ\":\"ⴎ\",\"Ⴏ\":\"ⴏ\",\"Ⴐ\":\"ⴐ\",\"Ⴑ\":\"ⴑ\",\"Ⴒ\":\"ⴒ\",\"Ⴓ\":\"ⴓ\",\"Ⴔ\":\"ⴔ\",\"Ⴕ\":\"ⴕ\",\"Ⴖ\":\"ⴖ\",\"Ⴗ\":\"ⴗ\",\"Ⴘ\":\"ⴘ\",\"Ⴙ\":\"ⴙ\",\"Ⴚ\":\"ⴚ\",\"Ⴛ\":\"ⴛ\",\"Ⴜ\":\"ⴜ\",\"Ⴝ\":\"ⴝ\",\"Ⴞ\":\"ⴞ\",\"Ⴟ\":\"ⴟ\",\"Ⴠ\":\"ⴠ\",\"Ⴡ\":\"ⴡ\",\"Ⴢ\":\"ⴢ\",\"Ⴣ\":\"ⴣ\",\"Ⴤ\":\"ⴤ\",\"Ⴥ\":\"ⴥ\",\"Ⴧ\":\"ⴧ\",\"Ⴭ\":\"ⴭ\",\"Ꭰ\":\"ꭰ\",\"Ꭱ\":\"ꭱ\",\"Ꭲ\":\"ꭲ\",\"Ꭳ\":\"ꭳ\",\"Ꭴ\":\"ꭴ\",\"Ꭵ\":\"ꭵ\",\"Ꭶ\":\"ꭶ\",\"Ꭷ\":\"ꭷ\",\"Ꭸ\":\"ꭸ\",\"Ꭹ\":\"ꭹ\",\"Ꭺ\":\"ꭺ\",\"Ꭻ\":\"ꭻ\",\"Ꭼ\":\"ꭼ\",\"Ꭽ\":\"ꭽ\",\"Ꭾ\":\"ꭾ\",\"Ꭿ\":\"ꭿ\",\"Ꮀ\":\"ꮀ\",\"Ꮁ\":\"ꮁ\",\"Ꮂ\":\"ꮂ\",\"Ꮃ\":\"ꮃ\",\"Ꮄ\":\"ꮄ\",\"Ꮅ\":\"ꮅ\",\"Ꮆ\":\"ꮆ\",\"Ꮇ\":\"ꮇ\",\"Ꮈ\":\"ꮈ\",\"Ꮉ\":\"ꮉ\",\"Ꮊ\":\"ꮊ\",\"Ꮋ\":\"ꮋ\",\"Ꮌ\":\"ꮌ\",\"Ꮍ\":\"ꮍ\",\"Ꮎ\":\"ꮎ\",\"Ꮏ\":\"ꮏ\",\"Ꮐ\":\"ꮐ\",\"Ꮑ\":\"ꮑ\",\"Ꮒ\":\"ꮒ\",\"Ꮓ\":\"ꮓ\",\"Ꮔ\":\"ꮔ\",\"Ꮕ\":\"ꮕ\",\"Ꮖ\":\"ꮖ\",\"Ꮗ\":\"ꮗ\",\"Ꮘ\":\"ꮘ\",\"Ꮙ\":\"ꮙ\",\"Ꮚ\":\"ꮚ\",\"Ꮛ\":\"ꮛ\",\"Ꮜ\":\"ꮜ\",\"Ꮝ\":\"ꮝ\",\"Ꮞ\":\"ꮞ\",\"Ꮟ\":\"ꮟ\",\"Ꮠ\":\"ꮠ\",\"Ꮡ\":\"ꮡ\",\"Ꮢ\":\"ꮢ\",\"Ꮣ\":\"ꮣ\",\"Ꮤ\":\"ꮤ\",\"Ꮥ\":\"ꮥ\",\"Ꮦ\":\"ꮦ\",\"Ꮧ\":\"ꮧ\",\"Ꮨ\":\"ꮨ\",\"Ꮩ\":\"ꮩ\",\"Ꮪ\":\"ꮪ\",\"Ꮫ\":\"ꮫ\",\"Ꮬ\":\"ꮬ\",\"Ꮭ\":\"ꮭ\",\"Ꮮ\":\"ꮮ\",\"Ꮯ\":\"ꮯ\",\"Ꮰ\":\"ꮰ\",\"Ꮱ\":\"ꮱ\",\"Ꮲ\":\"ꮲ\",\"Ꮳ\":\"ꮳ\",\"Ꮴ\":\"ꮴ\",\"Ꮵ\":\"ꮵ\",\"Ꮶ\":\"ꮶ\",\"Ꮷ\":\"ꮷ\",\"Ꮸ\":\"ꮸ\",\"Ꮹ\":\"ꮹ\",\"Ꮺ\":\"ꮺ\",\"Ꮻ\":\"ꮻ\",\"Ꮼ\":\"ꮼ\",\"Ꮽ\":\"ꮽ\",\"Ꮾ\":\"ꮾ\",\"Ꮿ\":\"ꮿ\",\"Ᏸ\":\"ᏸ\",\"Ᏹ\":\"ᏹ\",\"Ᏺ\":\"ᏺ\",\"Ᏻ\":\"ᏻ\",\"Ᏼ\":\"ᏼ\",\"Ᏽ\":\"ᏽ\",\"Ა\":\"ა\",\"Ბ\":\"ბ\",\"Გ\":\"გ\",\"Დ\":\"დ\",\"Ე\":\"ე\",\"Ვ\":\"ვ\",\"Ზ\":\"ზ\",\"Თ\":\"თ\",\"Ი\":\"ი\",\"Კ\":\"კ\",\"Ლ\":\"ლ\",\"Მ\":\"მ\",\"Ნ\":\"ნ\",\"Ო\":\"ო\",\"Პ\":\"პ\",\"Ჟ\":\"ჟ\",\"Რ\":\"რ\",\"Ს\":\"ს\",\"Ტ\":\"ტ\",\"Უ\":\"უ\",\"Ფ\":\"ფ\",\"Ქ\":\"ქ\",\"Ღ\":\"ღ\",\"Ყ\":\"ყ\",\"Შ\":\"შ\",\"Ჩ\":\"ჩ\",\"Ც\":\"ც\",\"Ძ\":\"ძ\",\"Წ\":\"წ\",\"Ჭ\":\"ჭ\",\"Ხ\":\"ხ\",\"Ჯ\":\"ჯ\",\"Ჰ\":\"ჰ\",\"Ჱ\":\"ჱ\",\"Ჲ\":\"ჲ\",\"Ჳ\":\"ჳ\",\"Ჴ\":\"ჴ\",\"Ჵ\":\"ჵ\",\"Ჶ\":\"ჶ\",\"Ჷ\":\"ჷ\",\"Ჸ\":\"ჸ\",\"Ჹ\":\"ჹ\",\"Ჺ\":\"ჺ\",\"Ჽ\":\"ჽ\",\"Ჾ\":\"ჾ\",\"Ჿ\":\"ჿ\",\"Ḁ\":\"ḁ\",\"Ḃ\":\"ḃ\",\"Ḅ\":\"ḅ\",\"Ḇ\":\"ḇ\",\"Ḉ\":\"ḉ\",\"Ḋ\":\"ḋ\",\"Ḍ\":\"ḍ\",\"Ḏ\":\"ḏ\",\"Ḑ\":\"ḑ\",\"Ḓ\":\"ḓ\",\"Ḕ\":\"ḕ\",\"Ḗ\":\"ḗ\",\"Ḙ\":\"ḙ\",\"Ḛ\":\"ḛ\",\"Ḝ\":\"ḝ\",\"Ḟ\":\"ḟ\",\"Ḡ\":\"ḡ\",\"Ḣ\":\"ḣ\",\"Ḥ\":\"ḥ\",\"Ḧ\":\"ḧ\",\"Ḩ\":\"ḩ\",\"Ḫ\":\"ḫ\",\"Ḭ\":\"ḭ\",\"Ḯ\":\"ḯ\",\"Ḱ\":\"ḱ\",\"Ḳ\":\"ḳ\",\"Ḵ\":\"ḵ\",\"Ḷ\":\"ḷ\",\"Ḹ\":\"ḹ\",\"Ḻ\":\"ḻ\",\"Ḽ\":\"ḽ\",\"Ḿ\":\"ḿ\",\"Ṁ\":\"ṁ\",\"Ṃ\":\"ṃ\",\"Ṅ\":\"ṅ\",\"Ṇ\":\"ṇ\",\"Ṉ\":\"ṉ\",\"Ṋ\":\"ṋ\",\"Ṍ\":\"ṍ\",\"Ṏ\":\"ṏ\",\"Ṑ\":\"ṑ\",\"Ṓ\":\"ṓ\",\"Ṕ\":\"ṕ\",\"Ṗ\":\"ṗ\",\"Ṙ\":\"ṙ\",\"Ṛ\":\"ṛ\",\"Ṝ\":\"ṝ\",\"Ṟ\":\"ṟ\",\"Ṡ\":\"ṡ\",\"Ṣ\":\"ṣ\",\"Ṥ\":\"ṥ\",\"Ṧ\":\"ṧ\",\"Ṩ\":\"ṩ\",\"Ṫ\":\"ṫ\",\"Ṭ\":\"ṭ\",\"Ṯ\":\"ṯ\",\"Ṱ\":\"ṱ\",\"Ṳ\":\"ṳ\",\"Ṵ\":\"ṵ\",\"Ṷ\":\"ṷ\",\"Ṹ\":\"ṹ\",\"Ṻ\":\"ṻ\",\"Ṽ\":\"ṽ\",\"Ṿ\":\"ṿ\",\"Ẁ\":\"ẁ\",\"Ẃ\":\"ẃ\",\"Ẅ\":\"ẅ\",\"Ẇ\":\"ẇ\",\"Ẉ\":\"ẉ\",\"Ẋ\":\"ẋ\",\"Ẍ\":\"ẍ\",\"Ẏ\":\"ẏ\",\"Ẑ\":\"ẑ\",\"Ẓ\":\"ẓ\",\"Ẕ\":\"ẕ\",\"ẞ\":\"ß\",\"Ạ\":\"ạ\",\"Ả\":\"ả\",\"Ấ\":\"ấ\",\"Ầ\":\"ầ\",\"Ẩ\":\"ẩ\",\"Ẫ\":\"ẫ\",\"Ậ\":\"ậ\",\"Ắ\":\"ắ\",\"Ằ\":\"ằ\",\"Ẳ\":\"ẳ\",\"Ẵ\":\"ẵ\",\"Ặ\":\"ặ\",\"Ẹ\":\"ẹ\",\"Ẻ\":\"ẻ\",\"Ẽ\":\"ẽ\",\"Ế\":\"ế\",\"Ề\":\"ề\",\"Ể\":\"ể\",\"Ễ\":\"ễ\",\"Ệ\":\"ệ\",\"Ỉ\":\"ỉ\",\"Ị\":\"ị\",\"Ọ\":\"ọ\",\"Ỏ\":\"ỏ\",\"Ố\":\"ố\",\"Ồ\":\"ồ\",\"Ổ\":\"ổ\",\"Ỗ\":\"ỗ\",\"Ộ\":\"ộ\",\"Ớ\":\"ớ\",\"Ờ\":\"ờ\",\"Ở\":\"ở\",\"Ỡ\":\"ỡ\",\"Ợ\":\"ợ\",\"Ụ\":\"ụ\",\"Ủ\":\"ủ\",\"Ứ\":\"ứ\",\"Ừ\":\"ừ\",\"Ử\":\"ử\",\"Ữ\":\"ữ\",\"Ự\":\"ự\",\"Ỳ\":\"ỳ\",\"Ỵ\":\"ỵ\",\"Ỷ\":\"ỷ\",\"Ỹ\":\"ỹ\",\"Ỻ\":\"ỻ\",\"Ỽ\":\"ỽ\",\"Ỿ\":\"ỿ\",\"Ἀ\":\"ἀ\",\"Ἁ\":\"ἁ\",\"Ἂ\":\"ἂ\",\"Ἃ\":\"ἃ\",\"Ἄ\":\"ἄ\",\"Ἅ\":\"ἅ\",\"Ἆ\":\"ἆ\",\"Ἇ\":\"ἇ\",\"Ἐ\":\"ἐ\",\"Ἑ\":\"ἑ\",\"Ἒ\":\"ἒ\",\"Ἓ\":\"ἓ\",\"Ἔ\":\"ἔ\",\"Ἕ\":\"ἕ\",\"Ἠ\":\"ἠ\",\"Ἡ\":\"ἡ\",\"Ἢ\":\"ἢ\",\"Ἣ\":\"ἣ\",\"Ἤ\":\"ἤ\",\"Ἥ\":\"ἥ\",\"Ἦ\":\"ἦ\",\"Ἧ\":\"ἧ\",\"Ἰ\":\"ἰ\",\"Ἱ\":\"ἱ\",\"Ἲ\":\"ἲ\",\"Ἳ\":\"ἳ\",\"Ἴ\":\"ἴ\",\"Ἵ\":\"ἵ\",\"Ἶ\":\"ἶ\",\"Ἷ\":\"ἷ\",\"Ὀ\":\"ὀ\",\"Ὁ\":\"ὁ\",\"Ὂ\":\"ὂ\",\"Ὃ\":\"ὃ\",\"Ὄ\":\"ὄ\",\"Ὅ\":\"ὅ\",\"Ὑ\":\"ὑ\",\"Ὓ\":\"ὓ\",\"Ὕ\":\"ὕ\",\"Ὗ\":\"ὗ\",\"Ὠ\":\"ὠ\",\"Ὡ\":\"ὡ\",\"Ὢ\":\"ὢ\",\"Ὣ\":\"ὣ\",\"Ὤ\":\"ὤ\",\"Ὥ\":\"ὥ\",\"Ὦ\":\"ὦ\",\"Ὧ\":\"ὧ\",\"ᾈ\":\"ᾀ\",\"ᾉ\":\"ᾁ\",\"ᾊ\":\"ᾂ\",\"ᾋ\":\"ᾃ\",\"ᾌ\":\"ᾄ\",\"ᾍ\":\"ᾅ\",\"ᾎ\":\"ᾆ\",\"ᾏ\":\"ᾇ\",\"ᾘ\":\"ᾐ\",\"ᾙ\":\"ᾑ\",\"ᾚ\":\"ᾒ\",\"ᾛ\":\"ᾓ\",\"ᾜ\":\"ᾔ\",\"ᾝ\":\"ᾕ\",\"ᾞ\":\"ᾖ\",\"ᾟ\":\"ᾗ\",\"ᾨ\":\"ᾠ\",\"ᾩ\":\"ᾡ\",\"ᾪ\":\"ᾢ\",\"ᾫ\":\"ᾣ\",\"ᾬ\":\"ᾤ\",\"ᾭ\":\"ᾥ\",\"ᾮ\":\"ᾦ\",\"ᾯ\":\"ᾧ\",\"Ᾰ\":\"ᾰ\",\"Ᾱ\":\"ᾱ\",\"Ὰ\":\"ὰ\",\"Ά\":\"ά\",\"ᾼ\":\"ᾳ\",\"Ὲ\":\"ὲ\",\"Έ\":\"έ\",\"Ὴ\":\"ὴ\",\"Ή\":\"ή\",\"ῌ\":\"ῃ\",\"Ῐ\":\"ῐ\",\"Ῑ\":\"ῑ\",\"Ὶ\":\"ὶ\",\"Ί\":\"ί\",\"Ῠ\":\"ῠ\",\"Ῡ\":\"ῡ\",\"Ὺ\":\"ὺ\",\"Ύ\":\"ύ\",\"Ῥ\":\"ῥ\",\"Ὸ\":\"ὸ\",\"Ό\":\"ό\",\"Ὼ\":\"ὼ\",\"Ώ\":\"ώ\",\"ῼ\":\"ῳ\",\"Ω\":\"ω\",\"K\":\"k\",\"Å\":\"å\",\"Ⅎ\":\"ⅎ\",\"Ⅰ\":\"ⅰ\",\"Ⅱ\":\"ⅱ\",\"Ⅲ\":\"ⅲ\",\"Ⅳ\":\"ⅳ\",\"Ⅴ\":\"ⅴ\",\"Ⅵ\":\"ⅵ\",\"Ⅶ\":\"ⅶ\",\"Ⅷ\":\"ⅷ\",\"Ⅸ\":\"ⅸ\",\"Ⅹ\":\"ⅹ\",\"Ⅺ\":\"ⅺ\",\"Ⅻ\":\"ⅻ\",\"Ⅼ\":\"ⅼ\",\"Ⅽ\":\"ⅽ\",\"Ⅾ\":\"ⅾ\",\"Ⅿ\":\"ⅿ\",\"Ↄ\":\"ↄ\",\"Ⓐ\":\"ⓐ\",\"Ⓑ\":\"ⓑ\",\"Ⓒ\":\"ⓒ\",\"Ⓓ\":\"ⓓ\",\"Ⓔ\":\"ⓔ\",\"Ⓕ\":\"ⓕ\",\"Ⓖ\":\"ⓖ\",\"Ⓗ\":\"ⓗ\",\"Ⓘ\":\"ⓘ\",\"Ⓙ\":\"ⓙ\",\"Ⓚ\":\"ⓚ\",\"Ⓛ\":\"ⓛ\",\"Ⓜ\":\"ⓜ\",\"Ⓝ\":\"ⓝ\",\"Ⓞ\":\"ⓞ\",\"Ⓟ\":\"ⓟ\",\"Ⓠ\":\"ⓠ\",\"Ⓡ\":\"ⓡ\",\"Ⓢ\":\"ⓢ\",\"Ⓣ\":\"ⓣ\",\"Ⓤ\":\"ⓤ\",\"Ⓥ\":\"ⓥ\",\"Ⓦ\":\"ⓦ\",\"Ⓧ\":\"ⓧ\",\"Ⓨ\":\"ⓨ\",\"Ⓩ\":\"ⓩ\",\"Ⰰ\":\"ⰰ\",\"Ⰱ\":\"ⰱ\",\"Ⰲ\":\"ⰲ\",\"Ⰳ\":\"ⰳ\",\"Ⰴ\":\"ⰴ\",\"Ⰵ\":\"ⰵ\",\"Ⰶ\":\"ⰶ\",\"Ⰷ\":\"ⰷ\",\"Ⰸ\":\"ⰸ\",\"Ⰹ\":\"ⰹ\",\"Ⰺ\":\"ⰺ\",\"Ⰻ\":\"ⰻ\",\"Ⰼ\":\"ⰼ\",\"Ⰽ\":\"ⰽ\",\"Ⰾ\":\"ⰾ\",\"Ⰿ\":\"ⰿ\",\"Ⱀ\":\"ⱀ\",\"Ⱁ\":\"ⱁ\",\"Ⱂ\":\"ⱂ\",\"Ⱃ\":\"ⱃ\",\"Ⱄ\":\"ⱄ\",\"Ⱅ\":\"ⱅ\",\"Ⱆ\":\"ⱆ\",\"Ⱇ\":\"ⱇ\",\"Ⱈ\":\"ⱈ\",\"Ⱉ\":\"ⱉ\",\"Ⱊ\":\"ⱊ\",\"Ⱋ\":\"ⱋ\",\"Ⱌ\":\"ⱌ\",\"Ⱍ\":\"ⱍ\",\"Ⱎ\":\"ⱎ\",\"Ⱏ\":\"ⱏ\",\"Ⱐ\":\"ⱐ\",\"Ⱑ\":\"ⱑ\",\"Ⱒ\":\"ⱒ\",\"Ⱓ\":\"ⱓ\",\"Ⱔ\":\"ⱔ\",\"Ⱕ\":\"ⱕ\",\"Ⱖ\":\"ⱖ\",\"Ⱗ\":\"ⱗ\",\"Ⱘ\":\"ⱘ\",\"Ⱙ\":\"ⱙ\",\"Ⱚ\":\"ⱚ\",\"Ⱛ\":\"ⱛ\",\"Ⱜ\":\"ⱜ\",\"Ⱝ\":\"ⱝ\",\"Ⱞ\":\"ⱞ\",\"Ⱟ\":\"ⱟ\",\"Ⱡ\":\"ⱡ\",\"Ɫ\":\"ɫ\",\"Ᵽ\":\"ᵽ\",\"Ɽ\":\"ɽ\",\"Ⱨ\":\"ⱨ\",\"Ⱪ\":\"ⱪ\",\"Ⱬ\":\"ⱬ\",\"Ɑ\":\"ɑ\",\"Ɱ\":\"ɱ\",\"Ɐ\":\"ɐ\",\"Ɒ\":\"ɒ\",\"Ⱳ\":\"ⱳ\",\"Ⱶ\":\"ⱶ\",\"Ȿ\":\"ȿ\",\"Ɀ\":\"ɀ\",\"Ⲁ\":\"ⲁ\",\"Ⲃ\":\"ⲃ\",\"Ⲅ\":\"ⲅ\",\"Ⲇ\":\"ⲇ\",\"Ⲉ\":\"ⲉ\",\"Ⲋ\":\"ⲋ\",\"Ⲍ\":\"ⲍ\",\"Ⲏ\":\"ⲏ\",\"Ⲑ\":\"ⲑ\",\"Ⲓ\":\"ⲓ\",\"Ⲕ\":\"ⲕ\",\"Ⲗ\":\"ⲗ\",\"Ⲙ\":\"ⲙ\",\"Ⲛ\":\"ⲛ\",\"Ⲝ\":\"ⲝ\",\"Ⲟ\":\"ⲟ\",\"Ⲡ\":\"ⲡ\",\"Ⲣ\":\"ⲣ\",\"Ⲥ\":\"ⲥ\",\"Ⲧ\":\"ⲧ\",\"Ⲩ\":\"ⲩ\",\"Ⲫ\":\"ⲫ\",\"Ⲭ\":\"ⲭ\",\"Ⲯ\":\"ⲯ\",\"Ⲱ\":\"ⲱ\",\"Ⲳ\":\"ⲳ\",\"Ⲵ\":\"ⲵ\",\"Ⲷ\":\"ⲷ\",\"Ⲹ\":\"ⲹ\",\"Ⲻ\":\"ⲻ\",\"Ⲽ\":\"ⲽ\",\"Ⲿ\":\"ⲿ\",\"Ⳁ\":\"ⳁ\",\"Ⳃ\":\"ⳃ\",\"Ⳅ\":\"ⳅ\",\"Ⳇ\":\"ⳇ\",\"Ⳉ\":\"ⳉ\",\"Ⳋ\":\"ⳋ\",\"Ⳍ\":\"ⳍ\",\"Ⳏ\":\"ⳏ\",\"Ⳑ\":\"ⳑ\",\"Ⳓ\":\"ⳓ\",\"Ⳕ\":\"ⳕ\",\"Ⳗ\":\"ⳗ\",\"Ⳙ\":\"ⳙ\",\"Ⳛ\":\"ⳛ\",\"Ⳝ\":\"ⳝ\",\"Ⳟ\":\"ⳟ\",\"Ⳡ\":\"ⳡ\",\"Ⳣ\":\"ⳣ\",\"Ⳬ\":\"ⳬ\",\"Ⳮ\":\"ⳮ\",\"Ⳳ\":\"ⳳ\",\"Ꙁ\":\"ꙁ\",\"Ꙃ\":\"ꙃ\",\"Ꙅ\":\"ꙅ\",\"Ꙇ\":\"ꙇ\",\"Ꙉ\":\"ꙉ\",\"Ꙋ\":\"ꙋ\",\"Ꙍ\":\"ꙍ\",\"Ꙏ\":\"ꙏ\",\"Ꙑ\":\"ꙑ\",\"Ꙓ\":\"ꙓ\",\"Ꙕ\":\"ꙕ\",\"Ꙗ\":\"ꙗ\",\"Ꙙ\":\"ꙙ\",\"Ꙛ\":\"ꙛ\",\"Ꙝ\":\"ꙝ\",\"Ꙟ\":\"ꙟ\",\"Ꙡ\":\"ꙡ\",\"Ꙣ\":\"ꙣ\",\"Ꙥ\":\"ꙥ\",\"Ꙧ\":\"ꙧ\",\"Ꙩ\":\"ꙩ\",\"Ꙫ\":\"ꙫ\",\"Ꙭ\":\"ꙭ\",\"Ꚁ\":\"ꚁ\",\"Ꚃ\":\"ꚃ\",\"Ꚅ\":\"ꚅ\",\"Ꚇ\":\"ꚇ\",\"Ꚉ\":\"ꚉ\",\"Ꚋ\":\"ꚋ\",\"Ꚍ\":\"ꚍ\",\"Ꚏ\":\"ꚏ\",\"Ꚑ\":\"ꚑ\",\"Ꚓ\":\"ꚓ\",\"Ꚕ\":\"ꚕ\",\"Ꚗ\":\"ꚗ\",\"Ꚙ\":\"ꚙ\",\"Ꚛ\":\"ꚛ\",\"Ꜣ\":\"ꜣ\",\"Ꜥ\":\"ꜥ\",\"Ꜧ\":\"ꜧ\",\"Ꜩ\":\"ꜩ\",\"Ꜫ\":\"ꜫ\",\"Ꜭ\":\"ꜭ\",\"Ꜯ\":\"ꜯ\",\"Ꜳ\":\"ꜳ\",\"Ꜵ\":\"ꜵ\",\"Ꜷ\":\"ꜷ\",\"Ꜹ\":\"ꜹ\",\"Ꜻ\":\"ꜻ\",\"Ꜽ\":\"ꜽ\",\"Ꜿ\":\"ꜿ\",\"Ꝁ\":\"ꝁ\",\"Ꝃ\":\"ꝃ\",\"Ꝅ\":\"ꝅ\",\"Ꝇ\":\"ꝇ\",\"Ꝉ\":\"ꝉ\",\"Ꝋ\":\"ꝋ\",\"Ꝍ\":\"ꝍ\",\"Ꝏ\":\"ꝏ\",\"Ꝑ\":\"ꝑ\",\"Ꝓ\":\"ꝓ\",\"Ꝕ\":\"ꝕ\",\"Ꝗ\":\"ꝗ\",\"Ꝙ\":\"ꝙ\",\"Ꝛ\":\"ꝛ\",\"Ꝝ\":\"ꝝ\",\"Ꝟ\":\"ꝟ\",\"Ꝡ\":\"ꝡ\",\"Ꝣ\":\"ꝣ\",\"Ꝥ\":\"ꝥ\",\"Ꝧ\":\"ꝧ\",\"Ꝩ\":\"ꝩ\",\"Ꝫ\":\"ꝫ\",\"Ꝭ\":\"ꝭ\",\"Ꝯ\":\"ꝯ\",\"Ꝺ\":\"ꝺ\",\"Ꝼ\":\"ꝼ\",\"Ᵹ\":\"ᵹ\",\"Ꝿ\":\"ꝿ\",\"Ꞁ\":\"ꞁ\",\"Ꞃ\":\"ꞃ\",\"Ꞅ\":\"ꞅ\",\"Ꞇ\":\"ꞇ\",\"Ꞌ\":\"ꞌ\",\"Ɥ\":\"ɥ\",\"Ꞑ\":\"ꞑ\",\"Ꞓ\":\"ꞓ\",\"Ꞗ\":\"ꞗ\",\"Ꞙ\":\"ꞙ\",\"Ꞛ\":\"ꞛ\",\"Ꞝ\":\"ꞝ\",\"Ꞟ\":\"ꞟ\",\"Ꞡ\":\"ꞡ\",\"Ꞣ\":\"ꞣ\",\"Ꞥ\":\"ꞥ\",\"Ꞧ\":\"ꞧ\",\"Ꞩ\":\"ꞩ\",\"Ɦ\":\"ɦ\",\"Ɜ\":\"ɜ\",\"Ɡ\":\"ɡ\",\"Ɬ\":\"ɬ\",\"Ɪ\":\"ɪ\",\"Ʞ\":\"ʞ\",\"Ʇ\":\"ʇ\",\"Ʝ\":\"ʝ\",\"Ꭓ\":\"ꭓ\",\"Ꞵ\":\"ꞵ\",\"Ꞷ\":\"ꞷ\",\"Ꞹ\":\"ꞹ\",\"Ꞻ\":\"ꞻ\",\"Ꞽ\":\"ꞽ\",\"Ꞿ\":\"ꞿ\",\"Ꟁ\":\"ꟁ\",\"Ꟃ\":\"ꟃ\",\"Ꞔ\":\"ꞔ\",\"Ʂ\":\"ʂ\",\"Ᶎ\":\"ᶎ\",\"Ꟈ\":\"ꟈ\",\"Ꟊ\":\"ꟊ\",\"Ꟑ\":\"ꟑ\",\"Ꟗ\":\"ꟗ\",\"Ꟙ\":\"ꟙ\",\"Ꟶ\":\"ꟶ\",\"Ａ\":\"ａ\",\"Ｂ\":\"ｂ\",\"Ｃ\":\"ｃ\",\"Ｄ\":\"ｄ\",\"Ｅ\":\"ｅ\",\"Ｆ\":\"ｆ\",\"Ｇ\":\"ｇ\",\"Ｈ\":\"ｈ\",\"Ｉ\":\"ｉ\",\"Ｊ\":\"ｊ\",\"Ｋ\":\"ｋ\",\"Ｌ\":\"ｌ\",\"Ｍ\":\"ｍ\",\"Ｎ\":\"ｎ\",\"Ｏ\":\"ｏ\",\"Ｐ\":\"ｐ\",\"Ｑ\":\"ｑ\",\"Ｒ\":\"ｒ\",\"Ｓ\":\"ｓ\",\"Ｔ\":\"ｔ\",\"Ｕ\":\"ｕ\",\"Ｖ\":\"ｖ\",\"Ｗ\":\"ｗ\",\"Ｘ\":\"ｘ\",\"Ｙ\":\"ｙ\",\"Ｚ\":\"ｚ\",\"𐐀\":\"𐐨\",\"𐐁\":\"𐐩\",\"𐐂\":\"𐐪\",\"𐐃\":\"𐐫\",\"𐐄\":\"𐐬\",\"𐐅\":\"𐐭\",\"𐐆\":\"𐐮\",\"𐐇\":\"𐐯\",\"𐐈\":\"𐐰\",\"𐐉\":\"𐐱\",\"𐐊\":\"𐐲\",\"𐐋\":\"𐐳\",\"𐐌\":\"𐐴\",\"𐐍\":\"𐐵\",\"𐐎\":\"𐐶\",\"𐐏\":\"𐐷\",\"𐐐\":\"𐐸\",\"𐐑\":\"𐐹\",\"𐐒\":\"𐐺\",\"𐐓\":\"𐐻\",\"𐐔\":\"𐐼\",\"𐐕\":\"𐐽\",\"𐐖\":\"𐐾\",\"𐐗\":\"𐐿\",\"𐐘\":\"𐑀\",\"𐐙\":\"𐑁\",\"𐐚\":\"𐑂\",\"𐐛\":\"𐑃\",\"𐐜\":\"𐑄\",\"𐐝\":\"𐑅\",\"𐐞\":\"𐑆\",\"𐐟\":\"𐑇\",\"𐐠\":\"𐑈\",\"𐐡\":\"𐑉\",\"𐐢\":\"𐑊\",\"𐐣\":\"𐑋\",\"𐐤\":\"𐑌\",\"𐐥\":\"𐑍\",\"𐐦\":\"𐑎\",\"𐐧\":\"𐑏\",\"𐒰\":\"𐓘\",\"𐒱\":\"𐓙\",\"𐒲\":\"𐓚\",\"𐒳\":\"𐓛\",\"𐒴\":\"𐓜\",\"𐒵\":\"𐓝\",\"𐒶\":\"𐓞\",\"𐒷\":\"𐓟\",\"𐒸\":\"𐓠\",\"𐒹\":\"𐓡\",\"𐒺\":\"𐓢\",\"𐒻\":\"𐓣\",\"𐒼\":\"𐓤\",\"𐒽\":\"𐓥\",\"𐒾\":\"𐓦\",\"𐒿\":\"𐓧\",\"𐓀\":\"𐓨\",\"𐓁\":\"𐓩\",\"𐓂\":\"𐓪\",\"𐓃\":\"𐓫\",\"𐓄\":\"𐓬\",\"𐓅\":\"𐓭\",\"𐓆\":\"𐓮\",\"𐓇\":\"𐓯\",\"𐓈\":\"𐓰\",\"𐓉\":\"𐓱\",\"𐓊\":\"𐓲\",\"𐓋\":\"𐓳\",\"𐓌\":\"𐓴\",\"𐓍\":\"𐓵\",\"𐓎\":\"𐓶\",\"𐓏\":\"𐓷\",\"𐓐\":\"𐓸\",\"𐓑\":\"𐓹\",\"𐓒\":\"𐓺\",\"𐓓\":\"𐓻\",\"𐕰\":\"𐖗\",\"𐕱\":\"𐖘\",\"𐕲\":\"𐖙\",\"𐕳\":\"𐖚\",\"𐕴\":\"𐖛\",\"𐕵\":\"𐖜\",\"𐕶\":\"𐖝\",\"𐕷\":\"𐖞\",\"𐕸\":\"𐖟\",\"𐕹\":\"𐖠\",\"𐕺\":\"𐖡\",\"𐕼\":\"𐖣\",\"𐕽\":\"𐖤\",\"𐕾\":\"𐖥\",\"𐕿\":\"𐖦\",\"𐖀\":\"𐖧\",\"𐖁\":\"𐖨\",\"𐖂\":\"𐖩\",\"𐖃\":\"𐖪\",\"𐖄\":\"𐖫\",\"𐖅\":\"𐖬\",\"𐖆\":\"𐖭\",\"𐖇\":\"𐖮\",\"𐖈\":\"𐖯\",\"𐖉\":\"𐖰\",\"𐖊\":\"𐖱\",\"𐖌\":\"𐖳\",\"𐖍\":\"𐖴\",\"𐖎\":\"𐖵\",\"𐖏\":\"𐖶\",\"𐖐\":\"𐖷\",\"𐖑\":\"𐖸\",\"𐖒\":\"𐖹\",\"𐖔\":\"𐖻\",\"𐖕\":\"𐖼\",\"𐲀\":\"𐳀\",\"𐲁\":\"𐳁\",\"𐲂\":\"𐳂\",\"𐲃\":\"𐳃\",\"𐲄\":\"𐳄\",\"𐲅\":\"𐳅\",\"𐲆\":\"𐳆\",\"𐲇\":\"𐳇\",\"𐲈\":\"𐳈\",\"𐲉\":\"𐳉\",\"𐲊\":\"𐳊\",\"𐲋\":\"𐳋\",\"𐲌\":\"𐳌\",\"𐲍\":\"𐳍\",\"𐲎\":\"𐳎\",\"𐲏\":\"𐳏\",\"𐲐\":\"𐳐\",\"𐲑\":\"𐳑\",\"𐲒\":\"𐳒\",\"𐲓\":\"𐳓\",\"𐲔\":\"𐳔\",\"𐲕\":\"𐳕\",\"𐲖\":\"𐳖\",\"𐲗\":\"𐳗\",\"𐲘\":\"𐳘\",\"𐲙\":\"𐳙\",\"𐲚\":\"𐳚\",\"𐲛\":\"𐳛\",\"𐲜\":\"𐳜\",\"𐲝\":\"𐳝\",\"𐲞\":\"𐳞\",\"𐲟\":\"𐳟\",\"𐲠\":\"𐳠\",\"𐲡\":\"𐳡\",\"𐲢\":\"𐳢\",\"𐲣\":\"𐳣\",\"𐲤\":\"𐳤\",\"𐲥\":\"𐳥\",\"𐲦\":\"𐳦\",\"𐲧\":\"𐳧\",\"𐲨\":\"𐳨\",\"𐲩\":\"𐳩\",\"𐲪\":\"𐳪\",\"𐲫\":\"𐳫\",\"𐲬\":\"𐳬\",\"𐲭\":\"𐳭\",\"𐲮\":\"𐳮\",\"𐲯\":\"𐳯\",\"𐲰\":\"𐳰\",\"𐲱\":\"𐳱\",\"𐲲\":\"𐳲\",\"𑢠\":\"𑣀\",\"𑢡\":\"𑣁\",\"𑢢\":\"𑣂\",\"𑢣\":\"𑣃\",\"𑢤\":\"𑣄\",\"𑢥\":\"𑣅\",\"𑢦\":\"𑣆\",\"𑢧\":\"𑣇\",\"𑢨\":\"𑣈\",\"𑢩\":\"𑣉\",\"𑢪\":\"𑣊\",\"𑢫\":\"𑣋\",\"𑢬\":\"𑣌\",\"𑢭\":\"𑣍\",\"𑢮\":\"𑣎\",\"𑢯\":\"𑣏\",\"𑢰\":\"𑣐\",\"𑢱\":\"𑣑\",\"𑢲\":\"𑣒\",\"𑢳\":\"𑣓\",\"𑢴\":\"𑣔\",\"𑢵\":\"𑣕\",\"𑢶\":\"𑣖\",\"𑢷\":\"𑣗\",\"𑢸\":\"𑣘\",\"𑢹\":\"𑣙\",\"𑢺\":\"𑣚\",\"𑢻\":\"𑣛\",\"𑢼\":\"𑣜\",\"𑢽\":\"𑣝\",\"𑢾\":\"𑣞\",\"𑢿\":\"𑣟\",\"𖹀\":\"𖹠\",\"𖹁\":\"𖹡\",\"𖹂\":\"𖹢\",\"𖹃\":\"𖹣\",\"𖹄\":\"𖹤\",\"𖹅\":\"𖹥\",\"𖹆\":\"𖹦\",\"𖹇\":\"𖹧\",\"𖹈\":\"𖹨\",\"𖹉\":\"𖹩\",\"𖹊\":\"𖹪\",\"𖹋\":\"𖹫\",\"𖹌\":\"𖹬\",\"𖹍\":\"𖹭\",\"𖹎\":\"𖹮\",\"𖹏\":\"𖹯\",\"𖹐\":\"𖹰\",\"𖹑\":\"𖹱\",\"𖹒\":\"𖹲\",\"𖹓\":\"𖹳\",\"𖹔\":\"𖹴\",\"𖹕\":\"𖹵\",\"𖹖\":\"𖹶\",\"𖹗\":\"𖹷\",\"𖹘\":\"𖹸\",\"𖹙\":\"𖹹\",\"𖹚\":\"𖹺\",\"𖹛\":\"𖹻\",\"𖹜\":\"𖹼\",\"𖹝\":\"𖹽\",\"𖹞\":\"𖹾\",\"𖹟\":\"𖹿\",\"𞤀\":\"𞤢\",\"𞤁\":\"𞤣\",\"𞤂\":\"𞤤\",\"𞤃\":\"𞤥\",\"𞤄\":\"𞤦\",\"𞤅\":\"𞤧\",\"𞤆\":\"𞤨\",\"𞤇\":\"𞤩\",\"𞤈\":\"𞤪\",\"𞤉\":\"𞤫\",\"𞤊\":\"𞤬\",\"𞤋\":\"𞤭\",\"𞤌\":\"𞤮\",\"𞤍\":\"𞤯\",\"𞤎\":\"𞤰\",\"𞤏\":\"𞤱\",\"𞤐\":\"𞤲\",\"𞤑\":\"𞤳\",\"𞤒\":\"𞤴\",\"𞤓\":\"𞤵\",\"𞤔\":\"𞤶\",\"𞤕\":\"𞤷\",\"𞤖\":\"𞤸\",\"𞤗\":\"𞤹\",\"𞤘\":\"𞤺\",\"𞤙\":\"𞤻\",\"𞤚\":\"𞤼\",\"𞤛\":\"𞤽\",\"𞤜\":\"𞤾\",\"𞤝\":\"𞤿\",\"𞤞\":\"𞥀\",\"𞤟\":\"𞥁\",\"𞤠\":\"𞥂\",\"𞤡\":\"𞥃\",\"’\":\"'\"}")
};
var HYPHENS = /* @__PURE__ */ new Set("-‐‑");
var DASHES = /* @__PURE__ */ new Set("-‐‑‒–—―−");
var WHITE_SPACE = new Set(unicode_default.white_space);
var ASCII = /^[\x00-\x7f]*$/;
var FOLD = new Map(Object.entries(unicode_default.fold));
/** The lower-case characters that some other character folds to. */
var LOWER = new Set([...FOLD.values()].filter((char) => char !== "'"));
var LETTERS = unicode_default.letters.map(([first, last]) => `${escape(first)}-${escape(last)}`).join("");
var SPACE$1 = [...unicode_default.white_space].map((char) => escape(char.codePointAt(0))).join("");
var WORD = `(?:(?<![${LETTERS}0-9.])\\.)?[${LETTERS}]+(?:['’][${LETTERS}]+)*(?:(?:\\+\\+|#)(?![${LETTERS}0-9]))?`;
var WHOLE_WORD = new RegExp(`^(?:${WORD})$`, "u");
var PIECE = new RegExp(`${WORD}|[0-9]+(?:[.,][0-9]+)*|\\*+|[^${SPACE$1}]|(?<gap>[${SPACE$1}]{2,}|[\\t-\\r\\x85\\u2028\\u2029])`, "gu");
function escape(code) {
	return `\\u{${code.toString(16)}}`;
}
/** Say whether a piece of `cut` is a word, and not a number, symbol or gap. */
function isWord(surface) {
	return WHOLE_WORD.test(surface);
}
/** Lower-case a word, character by character. */
function fold(word) {
	if (ASCII.test(word)) return word.toLowerCase();
	let folded = "";
	for (const char of word) folded += FOLD.get(char) ?? char;
	return folded;
}
/** Cut a text into words. */
function cut(text) {
	const words = {
		surfaces: [],
		starts: [],
		ends: [],
		glued: []
	};
	let last = -1;
	for (const match of matches(PIECE, text)) {
		const start = match.index;
		const end = start + match[0].length;
		if (match.groups?.["gap"] !== void 0) {
			if (words.surfaces.length === 0 || end === text.length) continue;
			last = add(words, "\n", start, start, last);
		} else last = add(words, DASHES.has(match[0]) ? dash(text, start, end) : match[0], start, end, last);
	}
	return words;
}
/** Add a word; return its end. */
function add(words, surface, start, end, last) {
	words.surfaces.push(surface);
	words.starts.push(start);
	words.ends.push(end);
	words.glued.push(start === last);
	return end;
}
/** Tell a hyphen, which joins two characters, from a dash. */
function dash(text, start, end) {
	const before = text.charAt(start - 1);
	const after = text.charAt(end);
	return before !== "" && after !== "" && !WHITE_SPACE.has(before) && !WHITE_SPACE.has(after) && HYPHENS.has(text.slice(start, end)) ? "-" : "–";
}
// runtime/src/networks/features.ts
/**
* Turn a text into words with hashed features, the input of a network: see predictors/features.py.
*
* Everything is an integer of 32 bits, so that Python gives the same rows. Places are UTF-16 units.
*/
var FNV_OFFSET = 2166136261;
var FNV_PRIME = 16777619;
var REMEMBERED = 2e4;
var WHOLE_NUMBERS = [
	"rows",
	"width",
	"word_hashes",
	"affixes"
];
/** Read the settings of a `config.json`. Throw `ModelError` when one is missing, unknown or no number. */
function featuresFromData(data) {
	const found = data ?? {};
	const whole = (value) => Number.isSafeInteger(value) && value >= 0;
	const known = [...WHOLE_NUMBERS, "ngrams"];
	if (Object.keys(found).every((key) => known.includes(key)) && WHOLE_NUMBERS.every((key) => whole(found[key])) && Array.isArray(found["ngrams"]) && found["ngrams"].every(whole)) return found;
	throw new ModelError(`the features ${JSON.stringify(data)} are not those of this version: ${known.join(", ")}`);
}
/** Cut a text into words and number their features. */
function encode(text, number) {
	const words = networkWords(text);
	return {
		starts: words.map(({ start }) => start),
		ends: words.map(({ end }) => end),
		rows: words.map(({ surface, glued }) => number(surface, glued))
	};
}
/** Clean and cut a text; cut words that were run together, `ChefLondon`, once more. */
function networkWords(text) {
	const mapped = clean(text);
	const { surfaces, starts, ends, glued } = cut(mapped.text);
	return surfaces.flatMap((surface, i) => {
		const start = starts[i];
		const joined = glued[i];
		if (start === ends[i]) {
			const at = raw(mapped, start, start + 1)[0];
			return [{
				surface,
				start: at,
				end: at,
				glued: joined
			}];
		}
		const edges = seams(surface);
		return edges.slice(1).map((last, piece) => {
			const first = edges[piece];
			const [from, to] = raw(mapped, start + first, start + last);
			return {
				surface: surface.slice(first, last),
				start: from,
				end: to,
				glued: joined || first > 0
			};
		});
	});
}
/** Give the places between which a word lies in one piece: `ab|Cd`. */
function seams(surface) {
	const whole = [0, surface.length];
	if (surface.length < 4 || fold(surface) === surface.replaceAll("’", "'")) return whole;
	const chars = [...surface];
	const shape = chars.map(kindOf$1);
	const inner = [];
	let place = 0;
	chars.forEach((char, i) => {
		if (i >= 2 && shape.slice(i - 2, i + 2).join() === "x,x,X,x") inner.push(place);
		place += char.length;
	});
	return [
		0,
		...inner,
		surface.length
	];
}
/** Give the function that numbers a word's features; it remembers the words that it has seen. */
function numbering(features) {
	const seen = /* @__PURE__ */ new Map();
	return (surface, glued) => {
		const key = (glued ? "1" : "0") + surface;
		let rows = seen.get(key);
		if (rows === void 0) {
			rows = rowsOf(surface, glued, features);
			if (seen.size >= REMEMBERED) seen.clear();
			seen.set(key, rows);
		}
		return rows;
	};
}
function rowsOf(surface, glued, features) {
	const rows = new Int32Array(features.width);
	let count = 0;
	for (const code of codesOf([...surface].slice(0, 40), glued, features)) {
		if (count === features.width) break;
		rows[count++] = 1 + code % features.rows;
	}
	return rows;
}
/** Hash every feature of a word, the most telling first. */
function* codesOf(surface, glued, features) {
	const word = [...fold(surface.join(""))];
	const code = hashText(["w", ...word]);
	for (let again = 0; again < features.word_hashes; again++) yield mix(code + again);
	yield mix(hashText(["h", ...shapeOf$1(surface)]));
	yield mix(hashText(["b", glued ? "1" : "0"]));
	for (let size = 1; size <= Math.min(features.affixes, word.length - 1); size++) {
		yield mix(hashText(["p", ...word.slice(0, size)]));
		yield mix(hashText(["s", ...word.slice(-size)]));
	}
	const bounded = [
		"<",
		...word,
		">"
	];
	for (const size of features.ngrams) for (let i = 0; i + size <= bounded.length; i++) yield mix(hashText(["g", ...bounded.slice(i, i + size)]));
}
/** Hash characters: FNV-1a with 32 bits over their code points. */
function hashText(chars) {
	let code = FNV_OFFSET;
	for (const char of chars) code = Math.imul(code ^ char.codePointAt(0), FNV_PRIME);
	return code >>> 0;
}
/** Spread the bits of a hash (the finish of MurmurHash3), so that its remainder is even. */
function mix(code) {
	let mixed = code | 0;
	mixed = Math.imul(mixed ^ mixed >>> 16, 2246822507);
	mixed = Math.imul(mixed ^ mixed >>> 13, 3266489909);
	return (mixed ^ mixed >>> 16) >>> 0;
}
/** Give a word's shape: X, x and 0 for upper, lower and digit; longer runs are cut to two. */
function shapeOf$1(chars) {
	const shape = [];
	for (const kind of chars.map(kindOf$1)) if (shape.at(-1) !== kind || shape.at(-2) !== kind) shape.push(kind);
	return shape;
}
function kindOf$1(char) {
	if (char >= "0" && char <= "9" && char.length === 1) return "0";
	if (fold(char) !== char) return "X";
	return LOWER.has(char) ? "x" : char;
}
// runtime/src/networks/text_features.ts
/** Turn a whole text into words with hashed features, each also paired with the next: see predictors/text_features.py. */
/** What the code of a word is multiplied with before that of the next is added. */
var TURN = 2654435761;
/** Read the settings of a `config.json`. */
function textFeaturesFromData(data) {
	const { words, pairs, ...others } = data ?? {};
	if (typeof pairs === "boolean" && Object.keys(others).length === 0) return {
		words: featuresFromData(words),
		pairs
	};
	throw new ModelError(`the features ${JSON.stringify(data)} are not those of this version: words, pairs`);
}
/** How many numbers each word has. */
function widthOf({ words, pairs }) {
	return words.width + Number(pairs);
}
/** Cut a text into words, leave the gaps out, and number the features of each. */
function encodeText(text, features, number) {
	const words = networkWords(text).filter(({ start, end }) => start < end);
	const width = widthOf(features);
	const rows = new Int32Array(words.length * width);
	words.forEach(({ surface, glued }, i) => rows.set(number(surface, glued), i * width));
	if (features.pairs) {
		const codes = words.map(({ surface }) => wordCode(surface));
		codes.forEach((code, i) => {
			rows[(i + 1) * width - 1] = 1 + mix(Math.imul(code, TURN) + (codes[i + 1] ?? 0)) % features.words.rows;
		});
	}
	return {
		starts: words.map(({ start }) => start),
		rows
	};
}
/** Hash a word in lower case. */
function wordCode(surface) {
	return hashText(["w", ...fold([...surface].slice(0, 40).join(""))]);
}
// runtime/src/networks/text.ts
/** A network for whole texts, which gives each word's say for each category: see predictors/text.py. */
var VERSION$2 = 1;
/** Words that are read at once; a longer text is read in pieces of equal length. */
var MOST_WORDS = 8192;
/** A model of whole texts: it asks for an opinion of each, and its reader makes the answer. */
var WholeTextModel = class {
	reader;
	features;
	schema;
	number;
	constructor(reader, features) {
		this.reader = reader;
		this.features = features;
		this.schema = reader.schema;
		this.number = numbering(features.words);
	}
	async predict(texts) {
		return this.each(texts, (opinion) => this.reader.annotation(opinion));
	}
	async score(texts) {
		return this.each(texts, (opinion) => this.reader.scores(opinion));
	}
	async evidence(texts) {
		return this.each(texts, (opinion, text) => this.reader.evidence(text, opinion));
	}
	async each(texts, answer) {
		const found = [];
		for (const text of texts) found.push(answer(await this.opinion(encodeText(text, this.features, this.number)), text));
		return found;
	}
	/** Take what a graph gave for so many words. Throw `ModelError` when that is not one number for each label. */
	counted(given, words) {
		const expected = words * this.reader.topics;
		if (given?.data.length === expected) return given.data;
		throw new ModelError(`the graph gave ${given?.data.length ?? "no"} numbers, expected ${expected}: one for each of ${this.reader.topics} labels`);
	}
};
/** A network for whole texts. */
var TextModel = class extends WholeTextModel {
	window;
	graph;
	constructor(reader, features, window, graph) {
		super(reader, features);
		this.window = window;
		this.graph = graph;
	}
	/** Ask the network in pieces of at most `window` words that count by their length. */
	async opinion({ starts, rows }) {
		const width = widthOf(this.features);
		const added = new Float32Array(starts.length * this.reader.topics);
		const pieces = Math.max(1, Math.ceil(starts.length / this.window));
		let bias = /* @__PURE__ */ new Float32Array();
		let done = 0;
		for (let piece = 0; piece < pieces; piece++) {
			const size = Math.floor(starts.length / pieces) + Number(piece < starts.length % pieces);
			const said = await this.ask(rows.subarray(done * width, (done + size) * width), size);
			if (piece === 0) bias = said.bias;
			const share = pieces === 1 ? 1 : Math.fround(size / starts.length);
			added.set(said.added.map((value) => value * share), done * this.reader.topics);
			done += size;
		}
		return {
			starts,
			bias,
			added
		};
	}
	/** Run the graph. A text without a word is read as one word without a feature, which adds nothing. */
	async ask(rows, words) {
		const width = widthOf(this.features);
		const given = words > 0 ? rows : new Int32Array(width);
		const { bias, added } = await this.graph.run({ rows: {
			data: given,
			dims: [
				1,
				Math.max(words, 1),
				width
			]
		} });
		const said = this.counted(added, Math.max(words, 1));
		return {
			bias: this.counted(bias, 1),
			added: said.subarray(0, words * this.reader.topics)
		};
	}
};
/** Open a model folder of the kind `text_network`. */
async function openText(folder, { wasm }) {
	checkVersion(folder, VERSION$2);
	const [reader, features, window] = within(`${folder.address}config.json`, () => {
		const window = folder.config["window"] ?? MOST_WORDS;
		if (!Number.isSafeInteger(window) || window < 1) throw new ModelError(`the window is ${String(window)}, expected a number of words`);
		return [
			Reader$1.of(folder),
			textFeaturesFromData(folder.config["features"]),
			window
		];
	});
	return new TextModel(reader, features, window, await openGraph(folder.readBytes(GRAPH), wasm));
}
// runtime/src/networks/linear.ts
/** A linear model of whole texts: each feature adds something to each category. See predictors/linear.py. */
var VERSION$1 = 1;
/** Adds up what the words say, in no order. */
var LinearModel = class extends WholeTextModel {
	graph;
	constructor(reader, features, graph) {
		super(reader, features);
		this.graph = graph;
	}
	/** Ask the model of one text, and share out what a feature adds among the words that have it. */
	async opinion({ starts, rows }) {
		const counts = /* @__PURE__ */ new Map();
		for (const row of rows) if (row > 0) counts.set(row, (counts.get(row) ?? 0) + 1);
		const [bias, said] = await this.ask([...counts].sort(([a], [b]) => a - b));
		const topics = this.reader.topics;
		const place = new Map([...counts.keys()].sort((a, b) => a - b).map((row, i) => [row, i * topics]));
		const added = new Float32Array(starts.length * topics);
		rows.forEach((row, i) => {
			const from = place.get(row);
			if (from === void 0) return;
			const word = Math.floor(i / widthOf(this.features)) * topics;
			for (let topic = 0; topic < topics; topic++) {
				const share = Math.fround(said[from + topic] / counts.get(row));
				added[word + topic] = added[word + topic] + share;
			}
		});
		return {
			starts,
			bias,
			added
		};
	}
	/** Run the graph. Of a text without a feature only the bias is asked, with one that then counts for nothing. */
	async ask(counted) {
		const given = counted.length > 0 ? counted : [[1, 1]];
		const { bias, added } = await this.graph.run({
			rows: {
				data: Int32Array.from(given, ([row]) => row),
				dims: [given.length]
			},
			counts: {
				data: Float32Array.from(given, ([, count]) => count),
				dims: [given.length]
			}
		});
		return [this.counted(bias, 1), this.counted(added, given.length)];
	}
};
/** Open a model folder of the kind `linear`. */
async function openLinear(folder, { wasm }) {
	checkVersion(folder, VERSION$1);
	const [reader, features] = within(`${folder.address}config.json`, () => {
		return [Reader$1.of(folder), textFeaturesFromData(folder.config["features"])];
	});
	return new LinearModel(reader, features, await openGraph(folder.readBytes(GRAPH), wasm));
}
// runtime/src/networks/lattice.ts
/**
* From a network's scores for every span of words to candidates and probabilities: see predictors/lattice.py.
*
* Scores stand in rows, [labels, words, words]: one for the span from word i up to and with word j.
*/
var NEVER$1 = -(10 ** 7);
/** Round scores to integer weights. */
function weightsOf(scores) {
	const weights = new Int32Array(scores.length);
	for (let place = 0; place < weights.length; place++) weights[place] = weightOf(scores[place]);
	return weights;
}
/** Rule out spans that end before they begin, and those that begin or end with a gap. */
function withoutImpossible(weights, { starts, ends }) {
	const words = starts.length;
	const isWord = starts.map((start, i) => start < ends[i]);
	const possible = new Int32Array(weights.length).fill(NEVER$1);
	for (let row = 0; row < weights.length / words; row++) {
		const first = row % words;
		if (isWord[first] !== true) continue;
		for (let last = first; last < words; last++) {
			const place = row * words + last;
			if (isWord[last] === true) possible[place] = weights[place];
		}
	}
	return possible;
}
/** Add up the weights of a text; [labels, words, words]. */
function latticeOf(weights, words, nesting) {
	const byLabel = squares(withoutImpossible(weights, words), nesting);
	const totals = new Map([...nesting.keys()].map((label) => [label, totalOf(label, byLabel, nesting)]));
	return {
		words,
		totals,
		nesting,
		roots: rootsOf(nesting).flatMap((label) => rootCandidates(label, totals.get(label), words))
	};
}
function rootCandidates(label, total, { starts, ends }) {
	const found = [];
	total.forEach((weight, place) => {
		if (weight <= 0) return;
		const start = starts[Math.floor(place / starts.length)];
		found.push({
			start,
			end: ends[place % starts.length],
			label,
			weight
		});
	});
	return found;
}
/** Cut [labels, words, words] into a square for each label. */
function squares(values, nesting) {
	const size = values.length / nesting.size;
	return new Map([...nesting.keys()].map((label, i) => [label, values.subarray(i * size, (i + 1) * size)]));
}
/** Add to a label's weights those of the best spans that each may hold. */
function totalOf(label, byLabel, nesting) {
	let total = byLabel.get(label);
	for (const inner of nesting.get(label) ?? []) {
		const held = totalOf(inner, byLabel, nesting).slice();
		gather(held, Math.max, INSIDE);
		total = total.map((weight, place) => weight + held[place]);
	}
	return total;
}
/** Give the place of a span and of those that it holds: the best, of equals the leftmost, the shortest. */
function withHeld({ words, totals, nesting }, span) {
	const { starts, ends } = words;
	return held(span.label, starts.indexOf(span.start), ends.indexOf(span.end)).map(([label, first, last]) => {
		return {
			start: starts[first],
			end: ends[last],
			label
		};
	});
	function held(label, first, last) {
		const inside = (nesting.get(label) ?? []).flatMap((inner) => held(inner, ...bestInside(inner, first, last)));
		return [[
			label,
			first,
			last
		], ...inside];
	}
	function bestInside(label, first, last) {
		const total = totals.get(label);
		let best = [first, first];
		let most = -Infinity;
		for (let i = first; i <= last; i++) for (let j = first; j <= last; j++) {
			const weight = total[i * starts.length + j];
			if (weight > most) [most, best] = [weight, [i, j]];
		}
		return best;
	}
}
/** Which way sums run along the first and the last word of a span: to those inside a range, or to those around it. */
var INSIDE = {
	first: -1,
	last: 1
};
var AROUND = {
	first: 1,
	last: -1
};
/** Put into each range what `both` makes of all spans inside it, or of all around it. */
function gather(square, both, { first, last }) {
	const words = Math.sqrt(square.length);
	const add = (place, from) => {
		square[place] = both(square[from], square[place]);
	};
	const order = (step) => [...Array(words).keys()].map((i) => step > 0 ? i : words - 1 - i).slice(1);
	for (const j of order(last)) for (let i = 0; i < words; i++) add(i * words + j, i * words + j - last);
	for (const i of order(first)) for (let j = 0; j < words; j++) add(i * words + j, (i - first) * words + j);
}
/**
* Give the probability of each span of one text; [labels, words, words] in and out.
*
* The sum runs over all sets of spans that the rules allow, by the forward and backward sums of a semi-Markov
* chain (Sarawagi and Cohen 2004).
*/
function marginals(scores, nesting) {
	const byLabel = squares(scores, nesting);
	const found = /* @__PURE__ */ new Map();
	for (const root of rootsOf(nesting)) shareOut(root, chainMarginals(logTotal(root, byLabel, nesting)), byLabel, nesting, found);
	const chances = new Float64Array(scores.length);
	[...nesting.keys()].forEach((label, i) => {
		const shares = found.get(label);
		chances.set(shares.map((share) => Math.exp(Math.min(0, share))), i * shares.length);
	});
	return chances;
}
function logTotal(label, byLabel, nesting) {
	let total = byLabel.get(label);
	for (const inner of nesting.get(label) ?? []) total = plus(total, logSums(logTotal(inner, byLabel, nesting), INSIDE));
	return total;
}
/** Give, for each range, the log-sum over all spans inside it or around it. */
function logSums(square, where) {
	const sums = square.slice();
	gather(sums, logAdd, where);
	return sums;
}
function plus(a, b) {
	return a.map((value, place) => value + b[place]);
}
function logAdd(a, b) {
	if (a === b) return a + Math.LN2;
	return Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
}
/** Give the log-probability of each span among all sequences of spans that do not overlap. */
function chainMarginals(whole) {
	const words = Math.sqrt(whole.length);
	const at = (first, last) => whole[first * words + last];
	const before = new Float64Array(words + 1);
	const after = new Float64Array(words + 1);
	for (let end = 0; end < words; end++) {
		let sum = -Infinity;
		for (let first = 0; first <= end; first++) sum = logAdd(sum, before[first] + at(first, end));
		before[end + 1] = logAdd(before[end], sum);
	}
	for (let start = words - 1; start >= 0; start--) {
		let sum = -Infinity;
		for (let last = start; last < words; last++) sum = logAdd(sum, at(start, last) + after[last + 1]);
		after[start] = logAdd(after[start + 1], sum);
	}
	return whole.map((score, place) => {
		const [first, last] = [Math.floor(place / words), place % words];
		return before[first] + score + after[last + 1] - before[words];
	});
}
/** Keep a label's log-probabilities and hand them down to the spans that it holds. */
function shareOut(label, logShares, byLabel, nesting, found) {
	found.set(label, logShares);
	for (const inner of nesting.get(label) ?? []) {
		const total = logTotal(inner, byLabel, nesting);
		const inside = logSums(total, INSIDE);
		shareOut(inner, plus(total, logSums(logShares.map((share, place) => share - inside[place]), AROUND)), byLabel, nesting, found);
	}
}
// runtime/src/networks/windows.ts
/** Read texts in parts that a network sees at once, and put together what it says of them: see predictors/windows.py. */
/** Words that a network sees at once, so that memory stays small however many texts are asked. */
var WORDS_AT_ONCE = 2048;
/** Probabilities below this are not listed as candidates. */
var UNLIKELY = .001;
/** The score, for sums of probabilities, of a span that cannot be. */
var IMPOSSIBLE = -1e4;
/** Read what `config.json` says under `window`. */
function windowFromData(data) {
	const { words, stride, reach } = {
		words: 192,
		stride: 128,
		reach: 8,
		...data
	};
	if ([
		words,
		stride,
		reach
	].every(Number.isSafeInteger) && words > 0 && stride > 0 && reach >= 0) return {
		words,
		stride,
		reach
	};
	throw new ModelError(`the window ${JSON.stringify(data)} is none: words, stride and reach are whole numbers`);
}
/** Yield [begin, end, first, stop]: read the words [begin, end), take spans that start in [first, stop). */
function* partsOf(words, window) {
	let [begin, first] = [0, 0];
	for (; begin + window.words < words; begin += window.stride) {
		const stop = begin + window.stride + window.reach;
		yield [
			begin,
			begin + window.words,
			first,
			stop
		];
		first = stop;
	}
	yield [
		begin,
		words,
		first,
		words
	];
}
/** Yield parts with equally many words together, so that none is padded. */
function* partBatches(texts, window) {
	const byLength = /* @__PURE__ */ new Map();
	texts.forEach((text, place) => {
		for (const part of cutUp(place, text, window)) {
			const length = part.words.starts.length;
			const others = byLength.get(length);
			if (others === void 0) byLength.set(length, [part]);
			else others.push(part);
		}
	});
	for (const [length, parts] of byLength) {
		const size = Math.max(1, Math.floor(WORDS_AT_ONCE / length));
		for (let i = 0; i < parts.length; i += size) yield parts.slice(i, i + size);
	}
}
/** Cut a text's words into parts; a text without words has none. */
function cutUp(place, text, window) {
	if (text.starts.length === 0) return [];
	const cuts = [...partsOf(text.starts.length, window)];
	return cuts.map(([begin, end, first, stop]) => ({
		text: place,
		of: cuts.length,
		words: {
			starts: text.starts.slice(begin, end),
			ends: text.ends.slice(begin, end),
			rows: text.rows.slice(begin, end)
		},
		first: text.starts[first],
		stop: text.ends[stop - 1]
	}));
}
function counts({ first, stop }, start) {
	return first <= start && start < stop;
}
/** Choose the best set of spans for each text. */
async function annotationsOf(scored, texts, nesting) {
	const found = Array.from({ length: texts }, () => ({
		spans: [],
		categories: null
	}));
	const read = /* @__PURE__ */ new Map();
	for await (const [parts, scores] of scored) parts.forEach((part, i) => {
		const lattices = [...read.get(part.text) ?? []];
		lattices.push([part, latticeOf(weightsOf(scores[i]), part.words, nesting)]);
		read.set(part.text, lattices);
		if (lattices.length < part.of) return;
		found[part.text] = {
			spans: inOrder(chosen(lattices, nesting)),
			categories: null
		};
		read.delete(part.text);
	});
	return found;
}
/** Choose the spans of a text from the lattices of its parts. */
function chosen(read, nesting) {
	const roots = /* @__PURE__ */ new Map();
	for (const [part, lattice] of read) for (const span of lattice.roots) if (counts(part, span.start)) roots.set(span, lattice);
	const flat = new Map(rootsOf(nesting).map((label) => [label, []]));
	return bestSpans(roots.keys(), flat).flatMap((span) => withHeld(roots.get(span), span));
}
/** Give the spans with a probability of at least `UNLIKELY`, for each text; a higher temperature doubts more. */
async function scoresOf(scored, texts, nesting, temperature) {
	const found = Array.from({ length: texts }, () => []);
	for await (const [parts, scores] of scored) parts.forEach((part, i) => {
		const tempered = scores[i].map((score) => score / temperature);
		found[part.text]?.push(...likely(part, tempered, nesting));
	});
	return found.map((spans) => ({
		spans: inOrder(spans),
		categories: []
	}));
}
function likely(part, scores, nesting) {
	const possible = withoutImpossible(weightsOf(scores), part.words);
	const chances = marginals(Float64Array.from(scores, (score, i) => possible[i] > NEVER$1 ? score : IMPOSSIBLE), nesting);
	const words = part.words.starts.length;
	const labels = [...nesting.keys()];
	const spans = [];
	chances.forEach((score, i) => {
		if (score < UNLIKELY) return;
		const start = part.words.starts[Math.floor(i / words) % words];
		const end = part.words.ends[i % words];
		const label = labels[Math.floor(i / words / words)];
		if (counts(part, start)) spans.push({
			start,
			end,
			label,
			score
		});
	});
	return spans;
}
// runtime/src/networks/network.ts
/** A network that scores every span of words; the best set of them is chosen. See predictors/onnx.py. */
var VERSION = 1;
/** Marks what the network says. It never fails for a text. */
var NetworkModel = class {
	settings;
	graph;
	schema;
	number;
	constructor(settings, graph) {
		this.settings = settings;
		this.graph = graph;
		this.schema = settings.schema;
		this.number = numbering(settings.features);
	}
	async predict(texts) {
		return annotationsOf(this.scored(texts), texts.length, this.settings.nesting);
	}
	async score(texts) {
		const { nesting, temperature } = this.settings;
		return scoresOf(this.scored(texts), texts.length, nesting, temperature);
	}
	async *scored(texts) {
		const encoded = texts.map((text) => encode(text, this.number));
		for (const parts of partBatches(encoded, this.settings.window)) yield [parts, await this.ask(parts)];
	}
	/** Run the graph for parts with equally many words. */
	async ask(parts) {
		const words = parts[0]?.words.starts.length ?? 0;
		const { width } = this.settings.features;
		const data = new Int32Array(parts.length * words * width);
		parts.forEach((part, i) => part.words.rows.forEach((rows, j) => data.set(rows, (i * words + j) * width)));
		const { scores } = await this.graph.run({ rows: {
			data,
			dims: [
				parts.length,
				words,
				width
			]
		} });
		const size = this.settings.nesting.size * words * words;
		if (scores?.data.length !== parts.length * size) throw new ModelError(`the graph's scores are [${scores?.dims.join(", ")}], expected one for each of ${this.settings.nesting.size} labels`);
		return parts.map((_, i) => scores.data.subarray(i * size, (i + 1) * size));
	}
};
/** Open a model folder of the kind `network`. */
async function openNetwork(folder, { wasm }) {
	checkVersion(folder, VERSION);
	const { config } = folder;
	return new NetworkModel(within(`${folder.address}config.json`, () => {
		const schema = schemaFromData(config["schema"]);
		return {
			schema,
			nesting: nestingOf(schema),
			features: featuresFromData(config["features"]),
			window: windowFromData(config["window"]),
			temperature: temperatureOf(config, "spans")
		};
	}), await openGraph(folder.readBytes(GRAPH), wasm));
}
// node_modules/smol-toml/dist/error.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function getLineColFromPtr(string, ptr) {
	let lines = string.slice(0, ptr).split(/\r?\n/);
	return [lines.length, lines.pop().length + 1];
}
function makeCodeBlock(string, line, column) {
	let lines = string.split(/\r?\n/);
	let codeblock = "";
	let numberLen = (Math.log10(line + 1) | 0) + 1;
	for (let i = line - 1; i <= line + 1; i++) {
		let l = lines[i - 1];
		if (!l) continue;
		codeblock += i.toString().padEnd(numberLen, " ");
		codeblock += ":  ";
		codeblock += l;
		codeblock += "\n";
		if (i === line) {
			codeblock += " ".repeat(numberLen + column + 2);
			codeblock += "^\n";
		}
	}
	return codeblock;
}
var TomlError = class TomlError extends Error {
	line;
	column;
	codeblock;
	constructor(message, options) {
		const [line, column] = getLineColFromPtr(options.toml, options.ptr);
		const codeblock = makeCodeBlock(options.toml, line, column);
		super(`Invalid TOML document: ${message}\n\n${codeblock}`, options);
		this.line = line;
		this.column = column;
		this.codeblock = codeblock;
	}
	/** @internal */
	static x(message, ctx, ptr) {
		throw new TomlError(message, {
			toml: ctx.s,
			ptr: ptr ?? ctx.p
		});
	}
};
// node_modules/smol-toml/dist/primitive.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseString(ctx) {
	let startPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p++);
	let first = c;
	let isLiteral = c === 39;
	let isMultiline = c === ctx.s.charCodeAt(ctx.p) && c === ctx.s.charCodeAt(ctx.p + 1);
	if (isMultiline) {
		if ((c = ctx.s.charCodeAt(ctx.p += 2)) === 10) ctx.p++;
		else if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) ctx.p += 2;
	}
	let parsed = "";
	let sliceStart = ctx.p;
	let state = 0;
	for (; ctx.p < ctx.s.length; ctx.p++) {
		c = ctx.s.charCodeAt(ctx.p);
		if (isMultiline && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10)) state = state && 3;
		else if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in strings", ctx);
		else if ((!state || state === 3) && c === first && (!isMultiline || ctx.s.charCodeAt(ctx.p + 1) === first && ctx.s.charCodeAt(ctx.p + 2) === first)) {
			if (isMultiline) {
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
				if (ctx.s.charCodeAt(ctx.p + 3) === first) ctx.p++;
			}
			if (!state) {
				let s = ctx.s.slice(sliceStart, ctx.p);
				parsed = parsed ? parsed + s : s;
			}
			ctx.p += isMultiline ? 3 : 1;
			return parsed;
		} else if (!state) {
			if (!isLiteral && c === 92) {
				parsed += ctx.s.slice(sliceStart, sliceStart = ctx.p);
				state = 1;
			}
		} else if (state === 1) {
			if (c === 120 || c === 117 || c === 85) {
				let errPtr = ctx.p++ - 1;
				let value = 0;
				let len = c === 120 ? 2 : c === 117 ? 4 : 8;
				for (let j = 0; j < len; j++, ctx.p++) {
					let hex = ctx.s.charCodeAt(ctx.p);
					let digit = hex >= 48 && hex <= 57 ? hex - 48 : hex >= 65 && hex <= 70 ? hex - 65 + 10 : hex >= 97 && hex <= 102 ? hex - 97 + 10 : -1;
					if (digit < 0) TomlError.x("invalid non-hex character in unicode escape", ctx);
					value = value << 4 | digit;
				}
				if (value < 0 || value > 1114111 || value >= 55296 && value <= 57343) TomlError.x("invalid unicode escape", ctx, errPtr);
				parsed += String.fromCodePoint(value);
				sliceStart = ctx.p--;
				state = 0;
			} else if (isMultiline && (c === 32 || c === 9)) state = 2;
			else {
				if (c === 98) parsed += "\b";
				else if (c === 116) parsed += "	";
				else if (c === 110) parsed += "\n";
				else if (c === 102) parsed += "\f";
				else if (c === 114) parsed += "\r";
				else if (c === 101) parsed += "\x1B";
				else if (c === 34) parsed += "\"";
				else if (c === 92) parsed += "\\";
				else TomlError.x("unrecognised escape sequence", ctx);
				sliceStart = ctx.p + 1;
				state = 0;
			}
		} else if (c !== 32 && c !== 9) {
			if (state === 2) TomlError.x("invalid escape: only line-ending whitespace may be escaped", ctx, sliceStart);
			state = !isLiteral && c === 92 ? 1 : 0;
			sliceStart = ctx.p;
		}
	}
	TomlError.x("unfinished string", ctx, startPtr);
}
// node_modules/smol-toml/dist/date.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
var DATE_TIME_RE = /^(\d{4}-\d{2}-\d{2})?[Tt ]?(?:(\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|z|[-+]\d{2}:\d{2})?$/i;
var TomlDate = class TomlDate extends Date {
	#hasDate = false;
	#hasTime = false;
	#offset = null;
	constructor(date, fasttype, unsafeDelim) {
		let hasDate = true;
		let hasTime = true;
		let offset = "Z";
		let c;
		if (typeof date === "string") {
			if (fasttype) prep: {
				if (fasttype < 3) {
					if (+date.slice(11, 13) > 23) {
						date = "";
						break prep;
					}
					if (fasttype === 2) {
						offset = null;
						date += "Z";
					} else if ((c = date.charCodeAt(date.length - 1)) !== 90 && c !== 122) offset = date.slice(date.length - 6);
					if (unsafeDelim) date = date.slice(0, 10) + "T" + date.slice(11);
				} else if (fasttype === 4) date = +date.slice(0, 2) > 23 ? "" : `0000-01-01T${date}Z`;
				hasDate = fasttype !== 4;
				hasTime = fasttype !== 3;
			}
			else {
				let match = date.match(DATE_TIME_RE);
				if (match) {
					if (!match[1]) {
						hasDate = false;
						date = `0000-01-01T${date}`;
					}
					hasTime = !!match[2];
					hasTime && date[10] === " " && (date = date.replace(" ", "T"));
					if (match[2] && +match[2] > 23) date = "";
					else {
						offset = match[3] || null;
						if (!offset && hasTime) date += "Z";
					}
				} else date = "";
			}
		}
		super(date);
		if (!isNaN(this.getTime())) {
			this.#hasDate = hasDate;
			this.#hasTime = hasTime;
			this.#offset = offset;
		}
	}
	isDateTime() {
		return this.#hasDate && this.#hasTime;
	}
	isLocal() {
		return !this.#hasDate || !this.#hasTime || !this.#offset;
	}
	isDate() {
		return this.#hasDate && !this.#hasTime;
	}
	isTime() {
		return this.#hasTime && !this.#hasDate;
	}
	isValid() {
		return this.#hasDate || this.#hasTime;
	}
	toISOString() {
		let iso = super.toISOString();
		if (this.isDate()) return iso.slice(0, 10);
		if (this.isTime()) return iso.slice(11, 23);
		if (this.#offset === null) return iso.slice(0, -1);
		if (this.#offset === "Z" || this.#offset === "z") return iso;
		let offset = +this.#offset.slice(1, 3) * 60 + +this.#offset.slice(4, 6);
		offset = this.#offset[0] === "-" ? offset : -offset;
		return (/* @__PURE__ */ new Date(this.getTime() - offset * 6e4)).toISOString().slice(0, -1) + this.#offset;
	}
	static wrapAsOffsetDateTime(jsDate, offset = "Z") {
		let date = new TomlDate(jsDate);
		date.#offset = offset;
		return date;
	}
	static wrapAsLocalDateTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#offset = null;
		return date;
	}
	static wrapAsLocalDate(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasTime = false;
		date.#offset = null;
		return date;
	}
	static wrapAsLocalTime(jsDate) {
		let date = new TomlDate(jsDate);
		date.#hasDate = false;
		date.#offset = null;
		return date;
	}
};
// node_modules/smol-toml/dist/extract.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function isDigit(char, base = 10) {
	return base === 16 ? char > 47 && char < 58 || char > 64 && char < 71 || char > 96 && char < 103 : char > 47 && char < 48 + base;
}
function isEndOfValue(char, delim) {
	return char === 32 || char === 9 || char === 10 || char === 13 || delim && (char === delim || char === 44) || char === 35;
}
/** @internal */
function extractValue(ctx, end) {
	let errPtr = ctx.p;
	let c = ctx.s.charCodeAt(ctx.p);
	if (c === 91 || c === 123) {
		ctx.d-- || TomlError.x("document contains excessively nested structures. aborting.", ctx);
		let value = c === 91 ? parseArray(ctx) : parseInlineTable(ctx);
		ctx.d++;
		return value;
	}
	if (c === 34 || c === 39) return parseString(ctx);
	if (c === 116) {
		if (ctx.s.charCodeAt(++ctx.p) !== 114 || ctx.s.charCodeAt(++ctx.p) !== 117 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, true;
	}
	if (c === 102) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 108 || ctx.s.charCodeAt(++ctx.p) !== 115 || ctx.s.charCodeAt(++ctx.p) !== 101) TomlError.x("invalid value", ctx, errPtr);
		return ctx.p++, false;
	}
	if (c === 43 || c === 45) return parseNumber(ctx, ctx.p, ctx.s.charCodeAt(++ctx.p), 44 - c, end);
	if (ctx.s.charCodeAt(ctx.p + 4) === 45 && ctx.s.charCodeAt(ctx.p + 7) === 45) return parseDate(ctx, c, end);
	if (ctx.s.charCodeAt(ctx.p + 2) === 58) return parseTime(ctx, c, end);
	return parseNumber(ctx, ctx.p, c, 0, end);
}
function parseNumber(ctx, startPtr, startChr, sign, endChr) {
	let c = startChr;
	let state = 0;
	let hasUnderscores = false;
	if (c === 105) {
		if (ctx.s.charCodeAt(++ctx.p) !== 110 || ctx.s.charCodeAt(++ctx.p) !== 102) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, (sign || 1) / 0;
	}
	if (c === 110) {
		if (ctx.s.charCodeAt(++ctx.p) !== 97 || ctx.s.charCodeAt(++ctx.p) !== 110) TomlError.x("invalid value", ctx, startPtr);
		return ctx.p++, NaN;
	}
	if (c === 48) {
		if (++ctx.p >= ctx.s.length || isEndOfValue(c = ctx.s.charCodeAt(ctx.p), endChr)) return ctx.bi === true ? 0n : 0;
		if (!sign) {
			if (c === 120) return parseIntegerBaseN(ctx, startPtr, 16, endChr);
			else if (c === 98) return parseIntegerBaseN(ctx, startPtr, 2, endChr);
			else if (c === 111) return parseIntegerBaseN(ctx, startPtr, 8, endChr);
		}
		if (c === 46) state = 2;
		else if (c === 101 || c === 69) state = 4;
		else TomlError.x("illegal leading zero", ctx, startPtr);
	} else if (!isDigit(c)) TomlError.x("invalid value", ctx, startPtr);
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) {
		if (!state) state = 1;
		if (c === 95) {
			if (!(state & 1)) TomlError.x("illegal underscore", ctx);
			state += 11;
			hasUnderscores = true;
		} else if (state === 1 && c === 46) state = 2;
		else if ((state === 1 || state === 3) && (c === 101 || c === 69)) state = 4;
		else if (state === 4 && (c === 43 || c === 45)) state = 6;
		else if (!isDigit(c)) TomlError.x(`illegal character in numeric literal`, ctx);
		else if (state > 9) state -= 11;
		else if (!(state & 1)) state++;
	}
	if (!state) {
		let val = (startChr - 48) * (sign || 1);
		return ctx.bi === true ? BigInt(val) : val;
	}
	if (!(state & 1)) TomlError.x("unfinished numeric value", ctx, startPtr);
	let str = ctx.s.slice(startPtr, ctx.p);
	if (hasUnderscores) str = str.replaceAll("_", "");
	return state > 1 ? parseFloat(str) : parseInteger(ctx, str, 10, startPtr);
}
function parseIntegerBaseN(ctx, startPtr, base, endChr) {
	let c, underscore = 1;
	while (++ctx.p < ctx.s.length && (c = ctx.s.charCodeAt(ctx.p), !isEndOfValue(c, endChr))) if (c === 95) {
		if (underscore & 1) TomlError.x("illegal underscore", ctx);
		underscore = 3;
	} else if (!isDigit(c, base)) TomlError.x(`illegal character in numeric literal`, ctx);
	else if (underscore & 1) underscore--;
	if (underscore & 1) TomlError.x("unfinished numeric value", ctx);
	let str = ctx.s.slice(startPtr + 2, ctx.p);
	if (underscore) str = str.replaceAll("_", "");
	return parseInteger(ctx, str, base, startPtr);
}
function parseInteger(ctx, str, base, startPtr) {
	if (ctx.bi !== true) int: {
		let val = parseInt(str, base);
		if (!Number.isSafeInteger(val)) {
			if (ctx.bi) break int;
			TomlError.x("integer value cannot be represented losslessly", ctx, startPtr);
		}
		return val;
	}
	return base === 10 ? BigInt(str) : BigInt((base === 2 ? "0b" : base === 8 ? "0o" : "0x") + str);
}
function parseDate(ctx, c, endChr) {
	let startPtr = ctx.p++, unsafeSeparator;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++)) || !isDigit(ctx.s.charCodeAt(ctx.p++))) return parseNumber(ctx, ctx.p = startPtr, c, 0, endChr);
	ctx.p += 5;
	if (!isDigit(ctx.s.charCodeAt(ctx.p++))) TomlError.x("invalid date-time: date part is malformed", ctx, startPtr);
	if (ctx.p >= ctx.s.length || ((c = ctx.s.charCodeAt(ctx.p)) !== 32 || (unsafeSeparator = true, !isDigit(ctx.s.charCodeAt(ctx.p + 1)))) && c !== 84 && c !== 116) return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 3, false, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) !== 58) TomlError.x("invalid date-time: time part is malformed", ctx, startPtr);
	if (ctx.s.charCodeAt(ctx.p += 3) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	if (c = ctx.s.charCodeAt(ctx.p)) {
		if (c === 90 || c === 122) return readDate(ctx, ctx.s.slice(startPtr, ++ctx.p), 1, unsafeSeparator, startPtr, "[+00:00]");
		if (c === 43 || c === 45) return readDate(ctx, ctx.s.slice(startPtr, ctx.p += 6), 1, unsafeSeparator, startPtr, !ctx.ld && "[" + ctx.s.slice(ctx.p - 6, ctx.p) + "]");
	}
	return readDate(ctx, ctx.s.slice(startPtr, ctx.p), 2, unsafeSeparator, startPtr);
}
function parseTime(ctx, c, endChr) {
	let start = ctx.p;
	if (!isDigit(c) || !isDigit(ctx.s.charCodeAt(++ctx.p))) return parseNumber(ctx, --ctx.p, c, 0, endChr);
	if (ctx.s.charCodeAt(ctx.p += 4) === 58) ctx.p += 3;
	if (ctx.s.charCodeAt(ctx.p) === 46) while (isDigit(ctx.s.charCodeAt(++ctx.p)));
	return readDate(ctx, ctx.s.slice(start, ctx.p), 4, false, start);
}
function readDate(ctx, str, type, unsafeDelim, errPtr, temporalSuffix) {
	if (ctx.ld) {
		let date = new TomlDate(str, type, unsafeDelim);
		if (!date.isValid()) TomlError.x("invalid date", ctx, errPtr);
		return date;
	}
	try {
		if (temporalSuffix) str += temporalSuffix;
		switch (type) {
			case 1: return Temporal.ZonedDateTime.from(str);
			case 2: return Temporal.PlainDateTime.from(str);
			case 3: return Temporal.PlainDate.from(str);
			case 4: return Temporal.PlainTime.from(str);
		}
	} catch (e) {
		TomlError.x(e instanceof Error ? e.message : "" + e, ctx, errPtr);
	}
}
// node_modules/smol-toml/dist/util.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function skipComment(ctx) {
	for (; ctx.p < ctx.s.length; ctx.p++) {
		let c = ctx.s.charCodeAt(ctx.p);
		if (c === 10) break;
		if (c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10) {
			ctx.p++;
			break;
		}
		if (c < 32 && c !== 9 || c === 127) TomlError.x("control characters are not allowed in comments", ctx);
	}
}
/** @internal */
function skipVoid(ctx, banNewLines, banComments) {
	let c;
	while (ctx.p < ctx.s.length) {
		while (ctx.p < ctx.s.length && ((c = ctx.s.charCodeAt(ctx.p)) === 32 || c === 9 || !banNewLines && (c === 10 || c === 13 && ctx.s.charCodeAt(ctx.p + 1) === 10))) ctx.p++;
		if (banComments || c !== 35) break;
		skipComment(ctx);
	}
}
// node_modules/smol-toml/dist/struct.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
/** @internal */
function parseKey(ctx, end = 61) {
	let startPtr;
	let state = 0;
	let parsed = [];
	let sliceStart;
	let c = ctx.s.charCodeAt(startPtr = ctx.p);
	do
		if (c === end) {
			if (!state) TomlError.x("unexpected end of key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			return ctx.p++, parsed;
		} else if (c === 46) {
			if (!state) TomlError.x("illegal empty bare key", ctx);
			if (state === 1) parsed.push(ctx.s.slice(sliceStart, ctx.p));
			state = 0;
		} else if (!state && (c === 34 || c === 39)) {
			if (c === ctx.s.charCodeAt(ctx.p + 1) && c === ctx.s.charCodeAt(ctx.p + 2)) TomlError.x("illegal quoted key: multiline strings are not allowed", ctx);
			parsed.push(parseString(ctx));
			state = 2;
			ctx.p--;
		} else if (c === 32 || c === 9) {
			if (state === 1) {
				parsed.push(ctx.s.slice(sliceStart, ctx.p));
				state = 2;
			}
		} else if (state === 2 || c < 48 && c !== 45 || c > 57 && c < 65 || c > 90 && c < 97 && c !== 95 || c > 122) TomlError.x("illegal character in key", ctx);
		else if (!state) {
			state = 1;
			sliceStart = ctx.p;
		}
	while (c = ctx.s.charCodeAt(++ctx.p));
	TomlError.x("incomplete key-value: cannot find end of key", ctx, startPtr);
}
/** @internal */
function parseInlineTable(ctx) {
	let startPtr = ctx.p++;
	let res = Object.create(null);
	let seen = /* @__PURE__ */ new Set();
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 125) {
			ctx.p++;
			return res;
		}
		let k;
		let t = res;
		let hasOwn = false;
		let errPtr = ctx.p;
		let key = parseKey(ctx);
		for (let i = 0; i < key.length; i++) {
			if (i) t = hasOwn ? t[k] : t[k] = Object.create(null);
			k = key[i];
			if ((hasOwn = Object.hasOwn(t, k)) && (typeof t[k] !== "object" || seen.has(t[k]))) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) {
				t = ctx.uk !== 1 && TomlError.x("document contains an unsafe property", ctx, errPtr);
				break;
			}
			if (!hasOwn && unsafe) Object.defineProperty(t, k, {
				enumerable: true,
				configurable: true,
				writable: true
			});
		}
		if (hasOwn) TomlError.x("trying to redefine an already defined value", ctx, errPtr);
		skipVoid(ctx, true, true);
		let value = extractValue(ctx, 125);
		if (t && typeof (t[k] = value) === "object") seen.add(value);
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 125) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished table", ctx, startPtr);
}
/** @internal */
function parseArray(ctx) {
	let startPtr = ctx.p++;
	let res = [];
	let c;
	while (ctx.p < ctx.s.length) {
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p)) === 93) {
			ctx.p++;
			return res;
		}
		res.push(extractValue(ctx, 93));
		skipVoid(ctx);
		if ((c = ctx.s.charCodeAt(ctx.p++)) === 93) return res;
		if (c !== 44) TomlError.x("expected comma or end of structure", ctx, ctx.p - 1);
	}
	TomlError.x("unfinished array", ctx, startPtr);
}
// node_modules/smol-toml/dist/parse.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
function peekTable(ctx, key, table, meta, type) {
	let t = table;
	let m = meta;
	let k;
	let hasOwn = false;
	let state;
	for (let i = 0; i < key.length; i++) {
		if (i) {
			t = hasOwn ? t[k] : t[k] = Object.create(null);
			m = (state = m[k]).c;
			if (type === 0 && (state.t === 1 || state.t === 2)) return null;
			if (state.t === 2) {
				let l = t.length - 1;
				t = t[l];
				m = m[l].c;
			}
		}
		k = key[i];
		if ((hasOwn = Object.hasOwn(t, k)) && m[k]?.t === 0 && m[k]?.d) return null;
		if (!hasOwn) {
			let unsafe = k === "__proto__";
			if (ctx.uk && (unsafe || k === "constructor")) return false;
			if (unsafe) {
				Object.defineProperty(t, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
				Object.defineProperty(m, k, {
					enumerable: true,
					configurable: true,
					writable: true
				});
			}
			m[k] = {
				t: i < key.length - 1 && type === 2 ? 3 : type,
				d: false,
				i: 0,
				c: Object.create(null)
			};
		}
	}
	state = m[k];
	if (state.t !== type && !(type === 1 && state.t === 3)) return null;
	if (type === 2) {
		if (!state.d) {
			state.d = true;
			t[k] = [];
		}
		t[k].push(t = Object.create(null));
		state.c[state.i++] = state = {
			t: 1,
			d: false,
			i: 0,
			c: Object.create(null)
		};
	}
	if (state.d) return null;
	state.d = true;
	if (type === 1) t = hasOwn ? t[k] : t[k] = Object.create(null);
	else if (type === 0 && hasOwn) return null;
	return [
		k,
		t,
		state.c
	];
}
function validateTablePeek(ctx, peek, ptr) {
	if (peek === null || ctx.uk === 2) TomlError.x(peek === null ? "trying to redefine an already defined table or value" : "document contains an unsafe property", ctx, ptr);
}
function parse(toml, options = {}) {
	let ctx = {
		s: toml,
		p: 0,
		d: options.maxDepth ?? 1e3,
		bi: options.integersAsBigInt ?? false,
		ld: options.useLegacyDate ?? true,
		uk: options.unsafeKeyBehaviour === "throw" ? 2 : options.unsafeKeyBehaviour === "drop" ? 1 : 0
	};
	let res = Object.create(null);
	let meta = Object.create(null);
	let tmp;
	let skipping = false;
	let tbl = res;
	let m = meta;
	if (toml.charCodeAt(0) === 65279) ctx.p++;
	skipVoid(ctx);
	while (ctx.p < toml.length) {
		if (toml.charCodeAt(ctx.p) === 91) {
			let isTableArray = toml.charCodeAt(++ctx.p) === 91;
			tmp = ctx.p += +isTableArray;
			skipping = false;
			let k = parseKey(ctx, 93);
			if (isTableArray) {
				if (toml.charCodeAt(ctx.p) !== 93) TomlError.x("expected end of table array declaration", ctx);
				ctx.p++;
			}
			let p = peekTable(ctx, k, res, meta, isTableArray ? 2 : 1);
			if (!p) {
				validateTablePeek(ctx, p, tmp);
				skipping = true;
			} else {
				m = p[2];
				tbl = p[1];
			}
		} else {
			tmp = ctx.p;
			let p = peekTable(ctx, parseKey(ctx), tbl, m, 0);
			if (!p && !skipping) validateTablePeek(ctx, p, tmp);
			skipVoid(ctx, true, true);
			let v = extractValue(ctx, void 0);
			if (p && !skipping) p[1][p[0]] = v;
		}
		skipVoid(ctx, true);
		if (ctx.p < toml.length && (tmp = toml.charCodeAt(ctx.p)) !== 10 && (tmp !== 13 || toml.charCodeAt(ctx.p + 1) !== 10)) TomlError.x("each key-value declaration must be followed by an end-of-line", ctx);
		skipVoid(ctx);
	}
	return res;
}
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
"".isWellFormed;
// node_modules/smol-toml/dist/index.js
/*!
* Copyright (c) Squirrel Chat et al., All rights reserved.
* SPDX-License-Identifier: BSD-3-Clause
*
* Redistribution and use in source and binary forms, with or without
* modification, are permitted provided that the following conditions are met:
*
* 1. Redistributions of source code must retain the above copyright notice, this
*    list of conditions and the following disclaimer.
* 2. Redistributions in binary form must reproduce the above copyright notice,
*    this list of conditions and the following disclaimer in the
*    documentation and/or other materials provided with the distribution.
* 3. Neither the name of the copyright holder nor the names of its contributors
*    may be used to endorse or promote products derived from this software without
*    specific prior written permission.
*
* THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
* ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
* WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
* DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE
* FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
* DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR
* SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
* CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY,
* OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE
* OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/
// runtime/src/words/codes.ts
/**
* Give each word one character, its code, so that a pattern over words is a pattern over a string:
* see predictors/rules/codes.py. A code says in which lists a word stands (its signature), its shape,
* and whether white space stands before it.
*/
var FIRST_CODE = 256;
var FIRST_TAG$1 = 57344;
var SHAPES = [
	"lower",
	"Capital",
	"UPPER",
	"mixed",
	"small",
	"LARGE",
	"1",
	"2",
	"3",
	"4",
	"number",
	"symbol",
	"gap"
];
var STRIDE = 16;
/** The shapes of each built-in kind. */
var KINDS = /* @__PURE__ */ new Map([
	["word", [
		"lower",
		"Capital",
		"UPPER",
		"mixed",
		"small",
		"LARGE"
	]],
	["lower", ["lower", "small"]],
	["Capital", ["Capital", "LARGE"]],
	["UPPER", ["UPPER"]],
	["mixed", ["mixed"]],
	["letter", ["small", "LARGE"]],
	["number", [
		"1",
		"2",
		"3",
		"4",
		"number"
	]],
	["number:1", ["1"]],
	["number:2", ["2"]],
	["number:3", ["3"]],
	["number:4", ["4"]],
	["symbol", ["symbol"]],
	["gap", ["gap"]],
	["any", SHAPES]
]);
/** Name the shape of a word, number, symbol or gap. */
function shapeOf(surface, form) {
	if (surface === "\n") return "gap";
	if (/^[0-9]/.test(surface)) return /^[0-9]{1,4}$/.test(surface) ? `${surface.length}` : "number";
	if (!isWord(surface)) return "symbol";
	const chars = [...surface.replaceAll("’", "'")];
	const lowered = [...form];
	const capitals = chars.map((char, i) => char !== lowered[i]);
	if (chars.length === 1) return capitals[0] ? "LARGE" : "small";
	if (!capitals.includes(true)) return "lower";
	if (capitals.lastIndexOf(true) === 0) return "Capital";
	return chars.some((char) => LOWER.has(char)) ? "mixed" : "UPPER";
}
/** Turns words into codes. */
var Coder = class {
	parts;
	tags;
	seen = /* @__PURE__ */ new Map();
	constructor(parts) {
		this.parts = parts;
		this.tags = parts.tags;
	}
	/** Return one character for each word. */
	encode(surfaces, glued) {
		const half = this.parts.count * STRIDE;
		let codes = "";
		surfaces.forEach((surface, i) => {
			const code = this.seen.get(surface) ?? this.learn(surface);
			codes += String.fromCharCode(code + (glued[i] ? half : 0));
		});
		return codes;
	}
	learn(surface) {
		if (this.seen.size > 1e5) this.seen.clear();
		const form = fold(surface);
		const code = FIRST_CODE + (this.parts.signatures.get(form) ?? 0) * STRIDE + SHAPES.indexOf(shapeOf(surface, form));
		this.seen.set(surface, code);
		return code;
	}
	/** Return the code of a word that a lookup or `as` made. */
	tag(name, glued) {
		return String.fromCharCode(FIRST_TAG$1 + 2 * this.tags.get(name) + (glued ? 1 : 0));
	}
	/** Return the pairs of a built-in kind. */
	kind(name) {
		if (name === "dash") return this.literal("–");
		const shapes = KINDS.get(name).map((shape) => SHAPES.indexOf(shape));
		return pairs(Array.from({ length: this.parts.count }, (_, signature) => signature), shapes);
	}
	/** Return the pairs of a word in any shape. */
	literal(form) {
		return this.list(`=${form}`);
	}
	/** Return the pairs of the single-word entries of a list. */
	list(name) {
		return pairs(this.parts.members.get(name) ?? [], SHAPES.map((_, number) => number));
	}
	/** Write the inside of a character class. */
	characters(accepted, gluedOnly = false) {
		const half = this.parts.count * STRIDE;
		const runs = runsOf(accepted.pairs).map(([first, last]) => {
			const glued = range(FIRST_CODE + first + half, FIRST_CODE + last + half);
			return gluedOnly ? glued : range(FIRST_CODE + first, FIRST_CODE + last) + glued;
		});
		const tags = [...accepted.tags].map((tag) => (gluedOnly ? "" : this.tag(tag, false)) + this.tag(tag, true));
		return [...runs, ...tags].join("");
	}
};
function pairs(signatures, shapes) {
	return new Set(signatures.flatMap((signature) => shapes.map((shape) => signature * STRIDE + shape)));
}
function range(first, last) {
	return `${String.fromCharCode(first)}-${String.fromCharCode(last)}`;
}
/** Join numbers that follow each other. */
function runsOf(numbers) {
	const runs = [];
	for (const number of [...numbers].sort((a, b) => a - b)) {
		const last = runs.at(-1);
		if (last?.[1] === number - 1) last[1] = number;
		else runs.push([number, number]);
	}
	return runs;
}
/** Number the signatures: the distinct sets of lists that some word belongs to. */
function makeCoder(members, tags) {
	const listsOf = /* @__PURE__ */ new Map();
	for (const name of [...members.keys()].sort()) for (const form of members.get(name) ?? []) append(listsOf, form, name);
	const numbers = /* @__PURE__ */ new Map([["", 0]]);
	const signatures = /* @__PURE__ */ new Map();
	const byList = /* @__PURE__ */ new Map();
	for (const [form, lists] of listsOf) {
		const key = lists.join("\n");
		if (!numbers.has(key)) {
			for (const name of lists) append(byList, name, numbers.size);
			numbers.set(key, numbers.size);
		}
		signatures.set(form, numbers.get(key));
	}
	const tagNumbers = new Map([...new Set(tags)].sort().map((name, number) => [name, number]));
	checkRoom(numbers.size, tagNumbers.size);
	return new Coder({
		signatures,
		members: byList,
		tags: tagNumbers,
		count: numbers.size
	});
}
function append(lists, key, value) {
	const list = lists.get(key);
	if (list === void 0) lists.set(key, [value]);
	else list.push(value);
}
function checkRoom(signatures, tags) {
	const most = Math.floor(55039 / 32);
	if (signatures > most) throw new ModelError(`the patterns and lists tell ${signatures} kinds of word apart, at most ${most} can be. Use a \`lookup\` phase for the lists with many entries of several words`);
	if (tags > 6399 / 2) throw new ModelError(`${tags} different tags are too many`);
}
// runtime/src/rules/language.ts
/** Read patterns of the rule language into a small tree: see predictors/rules/language.py. */
var MOST_HYPHENS = 5;
var MOST_DEEP = 50;
/** White space in rule files: what Python calls so, written out because JavaScript's `\s` differs. */
var SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
var TOKEN = new RegExp(`[${SPACE}]+|(?<quoted>"[^"]*")|(?<list>\\{[^{}<>${SPACE}]+\\})|(?<kind><[^<>{}${SPACE}]+>)|(?<mark>\\[[^${SPACE}\\[\\]:"{}<>]+:)|(?<sign>[()\\]|?*+~])|(?<word>[^${SPACE}"{}<>\\[\\]()|?*+~]+)|(?<bad>.)`, "gsu");
var CLASS_TOKEN = new RegExp(`"[^"]*"|[^${SPACE}]+`, "gu");
var EDGES = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
/** Read a pattern. Throw `ModelError` that shows where it went wrong. */
function parsePattern(pattern) {
	const reader = new Reader(pattern);
	const tree = reader.choice();
	const left = reader.peek();
	if (left !== void 0) throw reader.error(`'${left}' has no beginning`);
	return tree;
}
/** Read what a class is made of. Throw `ModelError` for a sign out of place. */
function parseClass(kinds) {
	const parts = [];
	let sign = "+";
	for (const [token] of kinds.matchAll(CLASS_TOKEN)) {
		if (token === "+" || token === "-") {
			if (sign !== void 0) throw new ModelError(`found '${token}', expected a word, {list} or <kind>. The sign itself is "${token}"`);
			sign = token;
			continue;
		}
		if (sign === void 0) throw new ModelError(`expected + or - before '${token}'`);
		parts.push({
			sign,
			tree: "{<\"".includes(token.charAt(0)) ? parsePattern(token) : literal(token)
		});
		sign = void 0;
	}
	if (sign === void 0) return parts;
	throw new ModelError(`'${kinds}' ends where a word, {list} or <kind> was expected`);
}
/** Take the white space off the ends of a line. */
function strip(line) {
	return line.replace(EDGES, "");
}
/** Make the tree of a word or entry; a hyphen between words may also be a space or nothing. */
function literal(words) {
	if (words.length === 1 && HYPHENS.has(words)) return literalOf("-");
	const forms = cut(words).surfaces.filter((surface) => surface !== "\n").map(fold);
	if (forms.length === 0) throw new ModelError(`'${words}' holds no word`);
	if (forms.filter((form) => form === "-").length > MOST_HYPHENS) throw new ModelError(`'${words}' has more than ${MOST_HYPHENS} hyphens; write its ways as entries of a list`);
	return joined("choice", hyphenWays(forms).map((way) => joined("sequence", way.map(literalOf))));
}
function literalOf(form) {
	return {
		type: "literal",
		form
	};
}
function joined(type, items) {
	return items.length === 1 ? items[0] : {
		type,
		items
	};
}
/** Spell out each way to write a hyphenated entry: `a - b`, `a b`, `ab`. */
function hyphenWays(forms) {
	const i = forms.findIndex((form, place) => form === "-" && place > 0 && place < forms.length - 1);
	if (i < 0) return [[...forms]];
	const before = forms.slice(0, i - 1);
	const [left, right] = [forms[i - 1], forms[i + 1]];
	const after = forms.slice(i + 2);
	const rest = hyphenWays([right, ...after]);
	return [
		...rest.map((way) => [
			...before,
			left,
			"-",
			...way
		]),
		...rest.map((way) => [
			...before,
			left,
			...way
		]),
		...hyphenWays([left + right, ...after]).map((way) => [...before, ...way])
	];
}
function tokens(pattern) {
	return [...pattern.matchAll(TOKEN)].flatMap((match) => {
		const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== void 0)?.[0];
		return kind === void 0 ? [] : [{
			kind,
			text: match[0],
			at: match.index
		}];
	});
}
/** Reads a pattern by recursive descent. */
var Reader = class {
	pattern;
	tokens;
	place = 0;
	depth = 0;
	constructor(pattern) {
		this.pattern = pattern;
		this.tokens = tokens(pattern);
	}
	peek() {
		return this.tokens[this.place]?.text;
	}
	error(reason) {
		const at = this.tokens[this.place]?.at ?? this.pattern.length;
		return new ModelError(`pattern '${this.pattern}', character ${at + 1}: ${reason}`);
	}
	choice() {
		const items = [this.sequence()];
		while (this.peek() === "|") {
			this.place++;
			items.push(this.sequence());
		}
		return joined("choice", items);
	}
	sequence() {
		const items = [];
		while (![
			void 0,
			"|",
			")",
			"]"
		].includes(this.peek())) items.push(this.repeated());
		if (items.length === 0) throw this.error("expected a word, {list}, <kind>, ( or [");
		return joined("sequence", items);
	}
	repeated() {
		const item = this.item();
		const sign = this.peek();
		if (sign !== "?" && sign !== "*" && sign !== "+") return item;
		this.place++;
		return {
			type: "repeat",
			item,
			sign
		};
	}
	item() {
		const { kind, text } = this.tokens[this.place];
		if (text === "~") return this.glued();
		if (text === "(" || kind === "mark") return this.group(text);
		if (kind === "bad" || kind === "sign") throw this.error(`found '${text}', expected a word, {list}, <kind>, ( or [`);
		this.place++;
		if (kind === "list" || kind === "kind") return {
			type: kind,
			name: text.slice(1, -1)
		};
		return literal(kind === "quoted" ? text.slice(1, -1) : text);
	}
	group(opening) {
		const closing = opening === "(" ? ")" : "]";
		if (this.depth === MOST_DEEP) throw this.error(`more than ${MOST_DEEP} brackets inside each other`);
		this.place++;
		this.depth++;
		const item = this.choice();
		this.depth--;
		if (this.peek() !== closing) throw this.error(`'${opening}' is not closed by '${closing}'`);
		this.place++;
		return opening === "(" ? item : {
			type: "mark",
			label: opening.slice(1, -1),
			item
		};
	}
	glued() {
		this.place++;
		if (this.peek() === void 0) throw this.error("expected a single word after ~");
		const item = this.item();
		if (item.type === "literal" || item.type === "list" || item.type === "kind") return {
			type: "glued",
			item
		};
		throw this.error("only a single word, {list} or <kind> may follow ~");
	}
};
// runtime/src/rules/lookup.ts
/** Find the entries of a long list in a text, the longest at each place: see predictors/rules/lookup.py. */
var ROOT = 0;
/** A trie over words whose branches lie in one map, keyed by state and word together. */
var Lookup = class {
	numbers = /* @__PURE__ */ new Map();
	branches = /* @__PURE__ */ new Map();
	ends = /* @__PURE__ */ new Set();
	constructor(entries) {
		const cutEntries = [...entries].map(formsOf).filter((forms) => forms.length > 0);
		for (const form of cutEntries.flat()) this.number(form);
		let states = 1;
		for (const forms of cutEntries) {
			let state = ROOT;
			for (const form of forms) {
				const key = this.key(state, this.number(form));
				const next = this.branches.get(key) ?? states++;
				this.branches.set(key, next);
				state = next;
			}
			this.ends.add(state);
		}
	}
	/** Return the ranges `[first, last)` of words that are entries; hyphens are not seen. */
	find(forms) {
		const kept = [...forms.keys()].filter((i) => forms[i] !== "-");
		const numbers = kept.map((i) => this.numbers.get(forms[i]) ?? -1);
		const found = [];
		for (let first = 0; first < numbers.length;) {
			const last = this.longest(numbers, first);
			if (last > first) found.push([kept[first], kept[last - 1] + 1]);
			first = Math.max(last, first + 1);
		}
		return found;
	}
	/** Return the end of the longest entry that begins at `first`, or `first` when there is none. */
	longest(numbers, first) {
		let end = first;
		let state = ROOT;
		for (let i = first; i < numbers.length; i++) {
			const number = numbers[i];
			state = number < 0 ? void 0 : this.branches.get(this.key(state, number));
			if (state === void 0) break;
			if (this.ends.has(state)) end = i + 1;
		}
		return end;
	}
	number(form) {
		const known = this.numbers.get(form);
		if (known !== void 0) return known;
		this.numbers.set(form, this.numbers.size);
		return this.numbers.size - 1;
	}
	key(state, word) {
		return state * this.numbers.size + word;
	}
};
/** Return the folded words of an entry without its hyphens. */
function formsOf(entry) {
	if (/^[A-Za-z ]+$/.test(entry)) return entry.toLowerCase().split(" ").filter(Boolean);
	return cut(entry).surfaces.filter((surface) => surface !== "-" && surface !== "\n").map(fold);
}
// runtime/src/rules/ruleset.ts
/** Read the files of a rule set into plain values: see predictors/rules/ruleset.py. */
var LANGUAGE = 1;
var CONTEXTS = [
	"after",
	"not_after",
	"before",
	"not_before"
];
/** Name the files that hold the lists of a rule set. */
function listFiles(data) {
	const files = (isTable(data["lists"]) ? Object.values(data["lists"]) : []).map((value) => isTable(value) ? value["file"] : value);
	return [...new Set(files.filter((file) => typeof file === "string"))];
}
/** Build a rule set from decoded TOML and the content of each file that `listFiles` names. */
function ruleSetOf(data, files) {
	if (data["language"] !== LANGUAGE) throw new ModelError(`language = ${String(data["language"])}, this version reads language = ${LANGUAGE}`);
	within("the rule set", () => checkKeys(data, [
		"language",
		"lists",
		"classes",
		"phases",
		"examples"
	]));
	within("examples", () => texts(data["examples"] ?? []));
	return {
		lists: within("lists", () => readLists$1(table(data["lists"] ?? {}), files)),
		classes: within("classes", () => readClasses(table(data["classes"] ?? {}))),
		phases: within("phases", () => readPhases(array(data["phases"] ?? [])))
	};
}
function readLists$1(data, files) {
	const lists = /* @__PURE__ */ new Map();
	for (const [name, value] of Object.entries(data)) lists.set(name, within(`list '${name}'`, () => entriesOf(value, files)));
	for (const [name, value] of Object.entries(data)) {
		if (!isTable(value) || value["except"] === void 0) continue;
		lists.set(name, within(`list '${name}', except`, () => without(lists.get(name) ?? [], texts(value["except"]), lists)));
	}
	return lists;
}
function entriesOf(value, files) {
	if (typeof value === "string") return readEntries(files, value);
	if (Array.isArray(value)) return texts(value);
	if (!isTable(value)) throw new ModelError(`found ${kindOf(value)}, expected entries, a file's name or a table`);
	checkKeys(value, [
		"file",
		"entries",
		"except"
	]);
	return [...value["file"] === void 0 ? [] : readEntries(files, text(value["file"])), ...texts(value["entries"] ?? [])];
}
function readEntries(files, name) {
	return withoutMark(files.get(name)).split("\n").map(strip).filter((line) => line !== "" && line !== "#" && !line.startsWith("# "));
}
/** Take off the byte order mark that some editors write. */
function withoutMark(content) {
	return content.replace(/^\ufeff/, "");
}
function without(entries, others, lists) {
	const unknown = others.find((other) => !lists.has(other));
	if (unknown !== void 0) throw new ModelError(`unknown list '${unknown}'. Known lists: ${[...lists.keys()].sort().join(", ")}`);
	const dropped = new Set(others.flatMap((other) => lists.get(other) ?? []).map(fold));
	return entries.filter((entry) => !dropped.has(fold(entry)));
}
function readClasses(data) {
	return new Map(Object.entries(data).map(([name, kinds]) => [name, within(`class '${name}'`, () => text(kinds))]));
}
function readPhases(data) {
	const phases = data.map((each, i) => within(`phase ${nameOf(each, i + 1)}`, () => phaseOf(`phase ${i + 1}`, table(each))));
	const names = phases.flatMap((phase) => phase.rules.map((rule) => rule.name));
	const doubled = names.find((name, i) => names.indexOf(name) !== i);
	if (doubled === void 0) return phases;
	throw new ModelError(`two rules are called '${doubled}'; a rule's name says which rule made a span`);
}
/** Name a phase or rule for a person, by its number when it has no name. */
function nameOf(data, number) {
	return isTable(data) && data["name"] !== void 0 ? `'${String(data["name"])}'` : String(number);
}
function phaseOf(name, data) {
	checkKeys(data, [
		"name",
		"lookup",
		"as",
		"inside",
		"rules"
	]);
	if ("lookup" in data === "rules" in data) throw new ModelError("needs either lookup or rules");
	if ("rules" in data && "as" in data) throw new ModelError("as belongs to a lookup or to a rule, not to a phase with rules");
	if ("lookup" in data && "inside" in data) throw new ModelError("inside goes with rules, not with lookup");
	const rules = array(data["rules"] ?? []).map((each, i) => within(`rule ${nameOf(each, i + 1)}`, () => ruleOf$1(table(each), "inside" in data)));
	const settings = {
		...setting(data, "lookup"),
		...setting(data, "as", "tag"),
		...setting(data, "inside")
	};
	return {
		name: text(data["name"] ?? name),
		rules,
		...settings
	};
}
function ruleOf$1(data, inside) {
	checkKeys(data, [
		"name",
		"match",
		"as",
		"examples",
		...CONTEXTS
	]);
	const [name, match] = [data["name"], data["match"]];
	if (typeof name !== "string") throw new ModelError("needs name = a text");
	if (typeof match !== "string") throw new ModelError("needs match = a text");
	if (inside && "as" in data) throw new ModelError("as has no use in a phase with inside, which makes no words");
	texts(data["examples"] ?? []);
	return Object.assign({
		name,
		match
	}, setting(data, "as", "tag"), ...CONTEXTS.map((part) => setting(data, part)));
}
function isTable(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
function kindOf(value) {
	if (Array.isArray(value)) return "a list";
	return isTable(value) ? "a table" : typeof value === "string" ? "text" : `a ${typeof value}`;
}
function table(value) {
	if (isTable(value)) return value;
	throw new ModelError(`found ${kindOf(value)}, expected a table`);
}
function array(value) {
	if (Array.isArray(value)) return value;
	throw new ModelError(`found ${kindOf(value)}, expected a list`);
}
function text(value) {
	if (typeof value === "string") return value;
	throw new ModelError(`found ${kindOf(value)}, expected a text`);
}
function texts(value) {
	return array(value).map(text);
}
/** Take the text called `key`, where there is one, under our own name for it. */
function setting(data, key, name = key) {
	const value = data[key];
	if (value === void 0) return {};
	if (typeof value !== "string") throw new ModelError(`${key} is ${kindOf(value)}, expected a text`);
	return { [name]: value };
}
function checkKeys(data, known) {
	const unknown = Object.keys(data).sort().find((key) => !known.includes(key));
	if (unknown === void 0) return;
	throw new ModelError(`unknown key '${unknown}'. Known keys: ${[...known].sort().join(", ")}`);
}
// runtime/src/rules/trees.ts
/** Yield a tree and everything in it. */
function* walk(tree) {
	yield tree;
	if ("items" in tree) for (const item of tree.items) yield* walk(item);
	if ("item" in tree) yield* walk(tree.item);
}
/** Return the least number of words that a tree finds; the text's start and end are no words. */
function least(tree) {
	switch (tree.type) {
		case "sequence": return tree.items.map(least).reduce((a, b) => a + b, 0);
		case "choice": return Math.min(...tree.items.map(least));
		case "repeat": return tree.sign === "+" ? least(tree.item) : 0;
		case "mark": return least(tree.item);
		case "kind": return tree.name === "start" || tree.name === "end" ? 0 : 1;
		default: return 1;
	}
}
/** List the ways of writing a parsed entry, each as its words. */
function ways(tree) {
	if (tree.type === "literal") return [[tree.form]];
	if (tree.type === "sequence") return [tree.items.map((item) => item.form)];
	return tree.type === "choice" ? tree.items.flatMap(ways) : [];
}
// runtime/src/rules/compiler.ts
/** Compile a rule set into one regular expression a phase: see predictors/rules/compiler.py. */
var QUANTIFIERS = {
	"?": "?",
	"*": "{0,30}",
	"+": "{1,30}"
};
var NEVER = "(?!)";
var BUILT_IN = [
	...KINDS.keys(),
	"dash",
	"start",
	"end"
];
/** Compile a rule set. Throw `ModelError` that names the phase and rule. */
function compileRules(rules) {
	const compiler = new Compiler(rules);
	const phases = rules.phases.map((phase) => compiler.phase(phase));
	const marks = phases.flatMap((phase) => "rules" in phase ? phase.rules.flatMap((rule) => rule.marks) : []);
	return {
		coder: compiler.coder,
		phases,
		labels: [...new Set(marks.map((mark) => mark.label))].sort()
	};
}
/** Holds what all patterns of a rule set share while they are compiled. */
var Compiler = class {
	rules;
	coder;
	trees;
	parts;
	entries;
	literals = /* @__PURE__ */ new Map();
	classes = /* @__PURE__ */ new Map();
	constructor(rules) {
		this.rules = rules;
		this.trees = new Map(patternsOf(rules).map(([place, text]) => [text, within(place, () => parsePattern(text))]));
		this.parts = new Map([...rules.classes].map(([name, kinds]) => [name, within(`class '${name}'`, () => parseClass(kinds))]));
		this.entries = new Map(this.usedLists().map((name) => [name, this.entriesOf(name)]));
		this.coder = makeCoder(this.members(), tagsOf(rules));
		this.checkNames();
		for (const [name, parts] of this.parts) this.classes.set(name, within(`class '${name}'`, () => this.classOf(parts)));
	}
	*nodes() {
		for (const tree of this.trees.values()) yield* walk(tree);
		for (const { tree } of [...this.parts.values()].flat()) yield* walk(tree);
	}
	usedLists() {
		return [...new Set([...this.nodes()].flatMap((node) => node.type === "list" ? [node.name] : []))];
	}
	entriesOf(name) {
		return within(`list '${name}'`, () => (this.rules.lists.get(name) ?? []).map(literal));
	}
	/** Say which words each list and each literal holds. */
	members() {
		const spelled = [...this.entries].map(([name, trees]) => [name, trees.flatMap(ways)]);
		const single = spelled.map(([name, all]) => [name, new Set(all.filter((way) => way.length === 1).flat())]);
		const inPatterns = [...this.nodes()].flatMap((node) => node.type === "literal" ? [node.form] : []);
		const inEntries = spelled.flatMap(([, all]) => all.filter((way) => way.length > 1).flat());
		const words = /* @__PURE__ */ new Set([
			"–",
			...inPatterns,
			...inEntries
		]);
		return new Map([...single, ...[...words].map((form) => [`=${form}`, /* @__PURE__ */ new Set([form])])]);
	}
	checkNames() {
		const classes = [...this.rules.classes.keys()];
		const builtIn = classes.find((name) => BUILT_IN.includes(name));
		if (builtIn !== void 0) throw new ModelError(`class '${builtIn}' has the name of a built-in kind`);
		const taken = [...this.coder.tags.keys()].find((name) => [...BUILT_IN, ...classes].includes(name));
		if (taken === void 0) return;
		throw new ModelError(`a lookup or rule makes <${taken}>, which is ${BUILT_IN.includes(taken) ? "a built-in kind" : "a class"}; give it another name with as`);
	}
	classOf(parts) {
		const pairs = /* @__PURE__ */ new Set();
		const tags = /* @__PURE__ */ new Set();
		for (const { sign, tree } of parts) {
			const more = this.accepted(tree);
			change(pairs, sign, more.pairs);
			change(tags, sign, more.tags);
		}
		return {
			pairs,
			tags
		};
	}
	/** Return what a tree for one single word accepts. */
	accepted(tree) {
		if (tree.type === "literal") return {
			pairs: this.coder.literal(tree.form),
			tags: /* @__PURE__ */ new Set()
		};
		if (tree.type === "list") return {
			pairs: this.coder.list(this.known(tree.name)),
			tags: /* @__PURE__ */ new Set()
		};
		if (tree.type === "kind") return this.kind(tree.name);
		throw new ModelError("expected a single word, a {list} or a <kind>");
	}
	kind(name) {
		const ready = this.classes.get(name);
		if (ready !== void 0) return ready;
		if (this.coder.tags.has(name)) return {
			pairs: /* @__PURE__ */ new Set(),
			tags: /* @__PURE__ */ new Set([name])
		};
		if (KINDS.has(name) || name === "dash") return {
			pairs: this.coder.kind(name),
			tags: new Set(name === "any" ? this.coder.tags.keys() : [])
		};
		if (name === "start" || name === "end") throw new ModelError(`<${name}> is no word`);
		if (this.rules.classes.has(name)) throw new ModelError(`class <${name}> cannot be used here: it stands further down`);
		throw new ModelError(`unknown kind <${name}>. Known kinds: ${[
			...BUILT_IN,
			...this.rules.classes.keys(),
			...this.coder.tags.keys()
		].sort().join(", ")}`);
	}
	/** Return the name of a list after checking that there is one. */
	known(name) {
		if (this.rules.lists.has(name)) return name;
		throw new ModelError(`unknown list {${name}}. Known lists: ${[...this.rules.lists.keys()].sort().join(", ") || "none"}`);
	}
	/** Write the inside of the character class for a tree of one single word, or of `<start>` or `<end>`. */
	inside(tree) {
		if (tree.type === "kind" && tree.name === "start") return "";
		if (tree.type === "kind" && tree.name === "end") return "";
		if (tree.type === "glued") return this.coder.characters(this.accepted(tree.item), true);
		return tree.type === "literal" ? this.insideOf(tree.form) : this.coder.characters(this.accepted(tree));
	}
	insideOf(form) {
		const ready = this.literals.get(form);
		if (ready !== void 0) return ready;
		const made = this.coder.characters({
			pairs: this.coder.literal(form),
			tags: /* @__PURE__ */ new Set()
		});
		this.literals.set(form, made);
		return made;
	}
	phase(phase) {
		const { name, lookup, inside } = phase;
		if (lookup !== void 0) return {
			name,
			lookup: new Lookup(this.lookedUp(name, lookup)),
			tag: phase.tag ?? lookup
		};
		let groups = 0;
		const sources = [];
		const rules = [];
		for (const rule of phase.rules) {
			const [source, compiled] = within(`phase '${name}', rule '${rule.name}'`, () => this.rule(rule, groups + 1));
			sources.push(source);
			rules.push(compiled);
			groups += 1 + compiled.marks.length;
		}
		const joined = sources.join("|") || NEVER;
		if (inside === void 0) return {
			name,
			pattern: new RegExp(joined, "dg"),
			rules
		};
		return {
			name,
			pattern: new RegExp(`^?(?:${joined})?$`, "d"),
			rules,
			inside
		};
	}
	lookedUp(phase, list) {
		return within(`phase '${phase}'`, () => this.rules.lists.get(this.known(list)));
	}
	rule(rule, group) {
		const tree = this.tree(rule.match);
		if (least(tree) === 0) throw new ModelError("match may find nothing at all; at least one word must be needed");
		const marks = [];
		const body = this.source(tree, group, marks);
		return [`(${this.behind(rule.after, "(?<=") + this.behind(rule.not_after, "(?<!")}${body}${this.ahead(rule.before, "(?=") + this.ahead(rule.not_before, "(?!")})`, {
			rule,
			group,
			marks
		}];
	}
	tree(pattern) {
		return this.trees.get(pattern);
	}
	/** Compile what must stand before: alternatives of one word each, so one character wide. */
	behind(pattern, opening) {
		if (pattern === void 0) return "";
		const tree = this.tree(pattern);
		return `${opening}${oneOf((tree.type === "choice" ? tree.items : [tree]).map((item) => this.one(item)).join(""))})`;
	}
	one(tree) {
		if (tree.type === "list" && this.entries.get(tree.name)?.some((entry) => entry.type !== "literal")) throw new ModelError(`list {${tree.name}} has entries of several words and cannot stand in after or not_after`);
		return this.inside(tree);
	}
	ahead(pattern, opening) {
		if (pattern === void 0) return "";
		const marks = [];
		const source = this.source(this.tree(pattern), 0, marks);
		if (marks.length > 0) throw new ModelError("before and not_before may not mark anything");
		return `${opening}${source})`;
	}
	source(tree, group, marks) {
		switch (tree.type) {
			case "sequence": return tree.items.map((item) => this.source(item, group, marks)).join("");
			case "choice": return `(?:${tree.items.map((item) => this.source(item, group, marks)).join("|")})`;
			case "repeat": return this.repeat(tree.item, tree.sign, group, marks);
			case "mark":
				marks.push({
					group: group + marks.length + 1,
					label: tree.label
				});
				return `(${this.source(tree.item, group, marks)})`;
			case "list": return this.listSource(tree.name);
			default: return tree.type === "glued" && tree.item.type === "list" ? this.gluedList(tree.item.name) : oneOf(this.inside(tree));
		}
	}
	/** JavaScript's `?` tries again when it has found nothing, Python's does not; a choice of nothing is one in both. */
	repeat(item, sign, group, marks) {
		if (sign !== "?") checkRepeated(item);
		const source = this.source(item, group, marks);
		return sign === "?" && least(item) === 0 ? `(?:${source}|)` : `(?:${source})${QUANTIFIERS[sign]}`;
	}
	/** Try the entries of several words, the longest first, then the single words. */
	listSource(name) {
		const single = oneOf(this.inside({
			type: "list",
			name
		}));
		const several = this.waysOf(name).filter((way) => way.length > 1);
		if (several.length === 0) return single;
		return `(?:(?=[${[...new Set(several.map(([form]) => form))].map((form) => this.insideOf(form)).join("")}])(?:${this.branches(several)})|${single})`;
	}
	waysOf(name) {
		return (this.entries.get(this.known(name)) ?? []).flatMap(ways);
	}
	/** Bind the first word of an entry to the word before it. */
	gluedList(name) {
		const several = this.waysOf(name).filter((way) => way.length > 1);
		const firsts = [...new Set(several.map(([form]) => form))].map((form) => ({
			type: "literal",
			form
		}));
		return `(?=${oneOf([{
			type: "list",
			name
		}, ...firsts].map((item) => this.inside({
			type: "glued",
			item
		})).join(""))})${this.listSource(name)}`;
	}
	/** Write a tree of entries by their first words, so that each word is looked at once. */
	branches(entries) {
		const firsts = /* @__PURE__ */ new Map();
		for (const [form, rests] of byFirst(entries)) {
			const rest = this.rest(rests);
			firsts.set(rest, [...firsts.get(rest) ?? [], form]);
		}
		return [...firsts].map(([rest, forms]) => `[${forms.map((form) => this.insideOf(form)).join("")}]${rest}`).join("|");
	}
	rest(entries) {
		const longer = entries.filter((entry) => entry.length > 0);
		if (longer.length === 0) return "";
		return `(?:${this.branches(longer)})${longer.length < entries.length ? "?" : ""}`;
	}
};
function oneOf(inside) {
	return inside === "" ? NEVER : `[${inside}]`;
}
function change(set, sign, values) {
	for (const value of values) if (sign === "+") set.add(value);
	else set.delete(value);
}
/** Gather, for each first word, what may follow it. */
function byFirst(entries) {
	const rests = /* @__PURE__ */ new Map();
	for (const [form, ...rest] of entries) {
		const known = rests.get(form);
		if (known === void 0) rests.set(form, [rest]);
		else known.push(rest);
	}
	return rests;
}
function checkRepeated(item) {
	const inner = [...walk(item)];
	if (inner.some((node) => node.type === "repeat" && node.sign !== "?")) throw new ModelError("a repetition stands inside a repetition");
	if (inner.some((node) => node.type === "mark")) throw new ModelError("a mark stands inside a repetition, where only its last turn would be marked");
	if (least(item) === 0) throw new ModelError("what is repeated may find nothing at all");
}
/** List each pattern with its place. */
function patternsOf(rules) {
	return rules.phases.flatMap((phase) => phase.rules.flatMap((rule) => ["match", ...CONTEXTS].flatMap((part) => {
		const pattern = rule[part];
		return pattern === void 0 ? [] : [[`phase '${phase.name}', rule '${rule.name}', ${part}`, pattern]];
	})));
}
function tagsOf(rules) {
	return rules.phases.flatMap(({ lookup, tag, rules: inPhase }) => {
		return [...lookup === void 0 ? [] : [tag ?? lookup], ...inPhase.flatMap((rule) => rule.tag === void 0 ? [] : [rule.tag])];
	});
}
// runtime/src/rules/engine.ts
/** Run a compiled rule set over one text: see predictors/rules/engine.py. */
var FIRST_TAG = "";
var TAKEN = "";
/** Run every phase over a text and return the marks in words, with the way back to the text. */
function find(program, text) {
	const mapped = clean(text);
	const words = cut(mapped.text);
	const plain = program.coder.encode(words.surfaces, words.glued);
	let units = {
		codes: plain,
		edges: [...Array(plain.length + 1).keys()]
	};
	const found = [];
	for (const phase of program.phases) if ("lookup" in phase) units = merge(program, units, lookUp(phase.lookup, phase.tag, units, words), words);
	else if (phase.inside !== void 0) found.push(...inside(phase, plain, found, words));
	else {
		const [marks, merges] = everywhere(phase, units, words);
		found.push(...marks);
		units = merge(program, units, merges, words);
	}
	return {
		found,
		words,
		mapped
	};
}
/** Return the spans that the rules mark, sorted, in UTF-16 units of the text as it is. */
function spansOf(program, text) {
	return explanationsOf(program, text).map((explanation) => explanation.span);
}
/** Return each span with the rule that made it; the first rule to make a span is named. */
function explanationsOf(program, text) {
	const { found, words, mapped } = find(program, text);
	const place = ([first, last]) => raw(mapped, words.starts[first], words.ends[last - 1]);
	const first = /* @__PURE__ */ new Map();
	for (const mark of found) {
		const [start, end] = place(mark.words);
		const [from, to] = place(mark.whole);
		const key = `${start} ${end} ${mark.label}`;
		const span = {
			start,
			end,
			label: mark.label
		};
		if (!first.has(key)) first.set(key, {
			span,
			phase: mark.phase,
			rule: mark.rule,
			start: from,
			end: to
		});
	}
	const bySpan = new Map([...first.values()].map((explanation) => [explanation.span, explanation]));
	return inOrder([...bySpan.keys()]).map((span) => bySpan.get(span));
}
/** Find a phase's rules from left to right; words that a rule names with `as` become one unit. */
function everywhere(phase, { codes, edges }, words) {
	const found = [];
	const merges = [];
	const bounds = [
		0,
		...edges,
		edges.at(-1)
	];
	for (const match of matches(phase.pattern, "" + codes + "")) {
		const compiled = ruleOf(phase, match);
		found.push(...marksOf(phase, compiled, match, bounds, words));
		const range = [Math.max(match.index - 1, 0), Math.min(match.index + match[0].length - 1, codes.length)];
		if (compiled.rule.tag !== void 0) merges.push({
			range,
			tag: compiled.rule.tag
		});
	}
	return [found, merges];
}
/** Match a phase's rules against the whole of each span of its label. */
function inside(phase, plain, found, words) {
	return [...new Map(found.filter(({ label }) => label === phase.inside).map((mark) => [mark.words.join(), mark.words])).values()].flatMap(([first, last]) => {
		const match = phase.pattern.exec("" + plain.slice(first, last) + "");
		if (match === null) return [];
		const bounds = [
			first,
			...Array.from({ length: last - first + 1 }, (_, i) => first + i),
			last
		];
		return marksOf(phase, ruleOf(phase, match), match, bounds, words);
	});
}
function ruleOf(phase, match) {
	return phase.rules.find((rule) => match[rule.group] !== void 0);
}
/** List the marks of a rule, without gaps at their ends. `bounds` tells the word at a place of the match. */
function marksOf(phase, { rule, marks }, match, bounds, words) {
	const range = ([start, end]) => [bounds[start], bounds[end]];
	const places = match.indices;
	const whole = range(places[0]);
	return marks.flatMap(({ group, label }) => {
		const place = places[group];
		if (place === void 0) return [];
		const inner = withoutGaps(words.surfaces, range(place));
		return inner[0] < inner[1] ? [{
			words: inner,
			label,
			phase: phase.name,
			rule: rule.name,
			whole
		}] : [];
	});
}
function withoutGaps(surfaces, [first, last]) {
	while (first < last && surfaces[first] === "\n") first++;
	while (first < last && surfaces[last - 1] === "\n") last--;
	return [first, last];
}
/** Find a list's entries among the words that no earlier phase has taken. */
function lookUp(lookup, tag, { codes, edges }, words) {
	const forms = [...Array(codes.length).keys()].map((i) => {
		const first = edges[i];
		return edges[i + 1] - first === 1 && codes.charAt(i) < FIRST_TAG ? fold(words.surfaces[first]) : TAKEN;
	});
	return lookup.find(forms).map((range) => ({
		range,
		tag
	}));
}
/** Make one unit of each range of units. */
function merge(program, units, merges, words) {
	if (merges.length === 0) return units;
	let codes = "";
	let done = 0;
	const edges = [];
	for (const { range, tag } of merges) {
		const [first, last] = range;
		codes += units.codes.slice(done, first) + program.coder.tag(tag, words.glued[units.edges[first]]);
		edges.push(...units.edges.slice(done, first + 1));
		done = last;
	}
	return {
		codes: codes + units.codes.slice(done),
		edges: [...edges, ...units.edges.slice(done)]
	};
}
// runtime/src/rules/rules.ts
/** The rules predictor: lists and patterns that a person writes. See docs/rules.md. */
/** Marks what the rules say. It never fails for a text. */
var RulesModel = class {
	schema;
	program;
	/** Compile the rules. Throw `ModelError` that names the phase and rule at fault. */
	constructor(rules, schema) {
		this.program = compileRules(rules);
		this.schema = schema ?? schemaOf(this.program.labels);
		const known = this.schema.labels.map((label) => label.name);
		const unknown = this.program.labels.find((label) => !known.includes(label));
		if (unknown === void 0 || this.schema.open) return;
		throw new ModelError(`the rules mark '${unknown}', which the schema does not know. Known labels: ${known.join(", ")}`);
	}
	async predict(texts) {
		return texts.map((text) => ({
			spans: spansOf(this.program, text),
			categories: null
		}));
	}
	async explain(text) {
		return explanationsOf(this.program, text);
	}
};
/** Make a model from the text of `rules.toml` and of each file that it names, as an editor of rules needs it. */
function rulesModel(toml, files = {}) {
	const data = decoded("rules.toml", toml);
	const missing = listFiles(data).find((name) => !Object.hasOwn(files, name));
	if (missing !== void 0) throw new ModelError(`rules.toml names the file ${missing}, which was not given`);
	return new RulesModel(ruleSetOf(data, new Map(Object.entries(files))));
}
/** Open a model folder of the kind `rules`. */
async function openRules(folder) {
	const { rules, schema } = folder.config;
	if (typeof rules !== "string") throw new ModelError(`${folder.address}config.json: 'rules' must name a file`);
	const place = `${folder.address}${rules}`;
	const data = decoded(place, await folder.read(rules));
	const files = await readLists(folder, rules.slice(0, rules.lastIndexOf("/") + 1), listFiles(data));
	const known = await schemaIn(folder, schema);
	return within(place, () => new RulesModel(ruleSetOf(data, files), known));
}
/** Read the files of lists, which lie beside the rules. */
async function readLists(folder, beside, names) {
	const outside = names.find((name) => name.startsWith("/") || name.split(/[\\/]/).includes(".."));
	if (outside !== void 0) throw new ModelError(`${outside}: outside the folder of the rule set; a rule set is one folder`);
	const contents = await Promise.all(names.map((name) => folder.read(beside + name)));
	return new Map(names.map((name, i) => [name, contents[i]]));
}
async function schemaIn(folder, schema) {
	if (schema === void 0) return void 0;
	if (typeof schema !== "string") return schemaFromData(schema);
	const text = await folder.read(schema);
	return schemaFromData(schema.endsWith(".toml") ? decoded(schema, text) : JSON.parse(text));
}
function decoded(where, text) {
	try {
		return parse(withoutMark(text));
	} catch (error) {
		throw new ModelError(`${where}: ${error.message}`);
	}
}
// runtime/src/loading/load.ts
var OPENERS = {
	joint: (folder, options) => openJoint(folder, (part) => openKind(part, options)),
	linear: openLinear,
	network: openNetwork,
	rules: openRules,
	text_network: openText
};
/**
* Load a model folder from its URL; in Node also from its path.
*
* ```js
* const model = await load("/models/job_titles/");
* const [annotation] = await model.predict(["Senior UX Researcher"]);
* ```
*/
async function load(folder, options = {}) {
	return openKind(await openFolder(folder), options);
}
async function openKind(folder, options) {
	const kind = String(folder.config["kind"]);
	const open = Object.hasOwn(OPENERS, kind) ? OPENERS[kind] : void 0;
	if (open !== void 0) return open(folder, options);
	const known = Object.keys(OPENERS).join(", ");
	throw new ModelError(`${folder.address}config.json: unknown kind '${kind}'. This version runs: ${known}`);
}
// runtime/src/words/tokens.ts
/** The words of a text as the rules see them, with their places in the raw text. */
/** Clean a text and cut it into words, numbers, symbols and gaps. */
function wordsOf(text) {
	const mapped = clean(text);
	const { surfaces, starts, ends, glued } = cut(mapped.text);
	return surfaces.map((surface, i) => {
		const form = fold(surface);
		const [start, end] = place(starts[i], ends[i]);
		return {
			start,
			end,
			form: surface === "\n" ? "" : form,
			kind: shapeOf(surface, form),
			glued: glued[i]
		};
	});
	function place(start, end) {
		if (start < end) return raw(mapped, start, end);
		const at = raw(mapped, start, start + 1)[0];
		return [at, at];
	}
}
export { ModelError, decode, explains, load, offsetsOf, rulesModel, scores, sentencesOf, showsEvidence, wordsOf };
