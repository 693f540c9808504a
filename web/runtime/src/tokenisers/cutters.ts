/** How a text is cut before its pieces are looked up: the `pre_tokenizer` of a `tokenizer.json`. */

import { ModelError } from "../errors.js";
import { type Aligned, mapped, prepended, Rewriting, sliceOf, type Stretch, textOf } from "./aligned.js";
import { checkKeys, flagIn, listOf, nameIn, type Part, reader, textIn } from "./parts.js";
import { inverted, type Pattern, patternFrom, patternOf, runsOf, translated } from "./patterns.js";
import { codesOf, DIGITS, IN_WORD, isPunctuation, isSpace } from "./tables.js";

export type Cutter = (text: Aligned) => Aligned[];

const BEHAVIOURS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"] as const;
/** What becomes of the matches of a pattern. */
type Behaviour = (typeof BEHAVIOURS)[number];

const SPACE = 0x20;

/** Read what cuts; where it is missing, a text stays whole. */
export const cutterOf: (value: unknown) => Cutter = reader<Cutter>("pre_tokenizer", (text) => [text], {
  BertPreTokenizer: (part) => plain(part, inTurn([by(runsOf(isSpace), "Removed"), by(runsOf(isPunctuation, { each: true }), "Isolated")])),
  Whitespace: (part) => plain(part, wordsAndSigns),
  WhitespaceSplit: (part) => plain(part, by(runsOf(isSpace), "Removed")),
  ByteLevel: byteLevel,
  Metaspace: metaspace,
  Digits: (part) => {
    checkKeys(part, ["individual_digits"]);
    const each = flagIn(part, "individual_digits", false);
    const digits = runsOf((code) => DIGITS().has(code), { each });
    return by(digits, "Isolated");
  },
  Punctuation: (part) => {
    checkKeys(part, ["behavior"]);
    return by(runsOf(isPunctuation, { each: true }), nameIn(part, "behavior", BEHAVIOURS, "Isolated"));
  },
  Split: (part) => {
    checkKeys(part, ["pattern", "behavior", "invert"]);
    const pattern = patternOf(part["pattern"]);
    return by(flagIn(part, "invert", false) ? inverted(pattern) : pattern, nameIn(part, "behavior", BEHAVIOURS));
  },
  Sequence: (part) => {
    checkKeys(part, ["pretokenizers"]);
    return inTurn(listOf("pretokenizers", part["pretokenizers"]).map((each) => cutterOf(each)));
  },
});

function plain(part: Part, cutter: Cutter): Cutter {
  checkKeys(part, []);
  return cutter;
}

function inTurn(steps: readonly Cutter[]): Cutter {
  return (text) => steps.reduce((pieces, step) => pieces.flatMap(step), [text]);
}

/** Cut by a pattern. Pieces without a character are left out. */
function by(pattern: Pattern, behaviour: Behaviour): Cutter {
  return (text) => {
    const pieces = arranged(pattern(text.chars), behaviour).filter(({ start, end }) => start < end);
    return pieces.map(({ start, end }) => sliceOf(text, start, end));
  };
}

function arranged(stretches: readonly Stretch[], behaviour: Behaviour): readonly Stretch[] {
  if (behaviour === "Isolated") return stretches;
  if (behaviour === "Removed") return stretches.filter(({ match }) => !match);
  if (behaviour === "MergedWithNext") return [...merged([...stretches].reverse(), behaviour)].reverse();
  return merged(stretches, behaviour);
}

/** Join a match with its neighbour, or equal neighbours. */
function merged(stretches: readonly Stretch[], behaviour: Behaviour): Stretch[] {
  const found: Stretch[] = [];
  let previous = false;
  for (const each of stretches) {
    const last = found.at(-1);
    const joins = behaviour === "Contiguous" ? each.match === previous : each.match && !previous;
    previous = each.match;
    if (!joins || last === undefined) found.push(each);
    else found[found.length - 1] = { start: Math.min(last.start, each.start), end: Math.max(last.end, each.end), match: false };
  }
  return found;
}

/** Cut into words and runs of signs, without white space. */
function wordsAndSigns(text: Aligned): Aligned[] {
  const kind = (code: number): number => (IN_WORD().has(code) ? 1 : isSpace(code) ? 0 : 2);
  const pieces: Aligned[] = [];
  for (let start = 0; start < text.chars.length; ) {
    const own = kind(text.chars[start] as number);
    let end = start + 1;
    while (end < text.chars.length && kind(text.chars[end] as number) === own) end++;
    if (own > 0) pieces.push(sliceOf(text, start, end));
    start = end;
  }
  return pieces;
}

// --- bytes ---------------------------------------------------------------------------------------

/** How GPT-2 cuts a text. */
const GPT_2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
const BYTES = new TextEncoder();
/** The sign that stands for each byte: itself where that can be seen. */
const SIGNS = signsOfBytes();

function signsOfBytes(): number[] {
  let next = 0x100;
  return [...Array(0x100).keys()].map((byte) => {
    const seen = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return seen ? byte : next++;
  });
}

function byteLevel(part: Part): Cutter {
  checkKeys(part, ["add_prefix_space", "trim_offsets", "use_regex"]);
  const glued = flagIn(part, "add_prefix_space", true);
  const cut: Cutter = flagIn(part, "use_regex", true) ? by(patternFrom(translated(GPT_2)), "Isolated") : (text) => [text];
  return (text) => cut(glued && text.chars[0] !== SPACE ? prepended(text, [SPACE]) : text).map(inBytes);
}

/** Write each byte of a text as a sign. */
function inBytes(text: Aligned): Aligned {
  if (text.chars.every((code) => code < 0x80)) return mapped(text, (code) => SIGNS[code] as number);
  const rewriting = new Rewriting();
  for (const char of text.chars) {
    BYTES.encode(String.fromCodePoint(char)).forEach((byte, i) => rewriting.add(SIGNS[byte] as number, i === 0 ? 0 : 1));
  }
  return rewriting.of(text);
}

// --- SentencePiece -------------------------------------------------------------------------------

const SCHEMES = ["always", "first", "never"] as const;

function metaspace(part: Part): Cutter {
  checkKeys(part, ["replacement", "prepend_scheme", "split", "add_prefix_space", "str_rep"]);
  const sign = codesOf(textIn(part, "replacement"));
  if (sign.length !== 1) throw new ModelError(`tokenizer.json: replacement of Metaspace is ${textOf(sign)}, expected one character`);
  const glued = flagIn(part, "add_prefix_space", true);
  const scheme = nameIn(part, "prepend_scheme", SCHEMES, glued ? "always" : "never");
  if (!glued && scheme !== "never") throw new ModelError("tokenizer.json: Metaspace says add_prefix_space and prepend_scheme, which do not agree");
  const cut: Cutter = flagIn(part, "split", true) ? by(runsOf((code) => code === sign[0], { each: true }), "MergedWithNext") : (text) => [text];
  return (text) => {
    const signed = mapped(text, (code) => (code === SPACE ? (sign[0] as number) : code));
    const asked = scheme === "always" || (scheme === "first" && text.origin === 0);
    return cut(asked && signed.chars[0] !== sign[0] ? prepended(signed, sign) : signed);
  };
}
