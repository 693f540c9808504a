/** What the page shows at first: words, and code that they are about. */

export interface Cell {
  readonly title: string;
  /** Names of code stand between backticks. */
  readonly words: string;
  readonly code: string;
}

export const CELLS: readonly Cell[] = [
  {
    title: "Words with places",
    words:
      "A text is cut into words, numbers and signs. Each knows its place, so that `slice` gives it back. A cell's last expression is what it shows, and its names are there for the cells below.",
    code: `import { examplesOf, linesOf, load, offsetsOf, wordsOf } from "textwright";

const text = "Senior UX Researcher 👩‍💻 – 6 month contract, Leith, £45k";
wordsOf(text).map(({ start, end, kind }) => [text.slice(start, end), kind]);`,
  },
  {
    title: "A model in your page",
    words:
      "`load` opens a model's folder from any host of files. `predict` takes a list of texts and gives an annotation for each; `draw` shows it. Change the text above, run that cell, then this one.",
    code: `const titles = await load("../models/job_titles/");
const [annotation] = await titles.predict([text]);
draw(text, annotation, titles.schema);`,
  },
  {
    title: "Spans are plain data",
    words: "A span has a start, an end and a label, and may lie within another. Nothing more is needed to count, filter or link them.",
    code: `const found = {};
for (const { start, end, label } of annotation.spans) {
  found[label] = text.slice(start, end);
}
found;`,
  },
  {
    title: "UTF-16 here, code points in files",
    words:
      "JavaScript counts an emoji as two units or more; files, Python and HTTP count code points. One converter stands between: after the emoji the two differ.",
    code: `const offsets = offsetsOf(text);
annotation.spans.map(({ start, end, label }) => ({
  label,
  units: [start, end],
  points: [offsets.toPoints(start), offsets.toPoints(end)],
}));`,
  },
  {
    title: "Files are JSON lines",
    words: "`linesOf` writes what every command of textwright reads, in code points; `examplesOf` reads it, and the spans fit the text again.",
    code: `const jsonl = linesOf([{ id: "t-1", text, ...annotation, meta: {}, extra: {} }]);
console.log(jsonl);
const [example] = examplesOf(jsonl);
example.spans.every(({ start, end }, i) => start === annotation.spans[i].start && end === annotation.spans[i].end);`,
  },
  {
    title: "Errors say where",
    words: "What is wrong in a file is told with its line, what was found and what would have worked. An error of your own code is shown with its line, too.",
    code: `function reading(lines) {
  try {
    return examplesOf(lines).length;
  } catch (error) {
    return error.message;
  }
}
[
  reading('{"text": "Nurse"}\\n{"text": 12}'),
  reading('{"text": "Nurse", "spans": [{"start": 3, "end": 9, "label": "JOBTITLE"}]}'),
];`,
  },
  {
    title: "A whole text: what it feels like",
    words: "Other models give categories for the whole text, each with its probability. This one knows 27 emotions.",
    code: `const emotion = await load("../models/emotion/");
const said = ["I am so proud of our team!", "We regret to inform you."];
const felt = await emotion.predict(said);
felt.map(({ categories }, i) => ({
  text: said[i],
  felt: categories.filter(({ task }) => task === "emotion").map(({ label, score }) => \`\${label} \${score.toFixed(2)}\`),
}));`,
  },
  {
    title: "Is it right? Ask your own texts",
    words:
      "A title is right when the spans equal what a person marked. Put your own texts here: what counts is how a model does on those.",
    code: `const mine = [
  ["Night Porter, Harbour Hotel", "Night Porter"],
  ["We need a Lead Welder in Perth", "Lead Welder"],
  ["Join us on Saturday", undefined],
];
const guesses = await titles.predict(mine.map(([each]) => each));
const right = mine.map(([each, wanted], i) => {
  const title = guesses[i].spans.find(({ label }) => label === "JOBTITLE");
  return wanted === (title && each.slice(title.start, title.end));
});
({ right, accuracy: right.filter(Boolean).length / mine.length });`,
  },
];
