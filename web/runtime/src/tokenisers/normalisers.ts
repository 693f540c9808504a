/** How a text is made uniform before it is cut: the `normalizer` of a `tokenizer.json`. */

import { ModelError } from "../errors.js";
import { type Aligned, filtered, mapped, prepended, replaced, Rewriting, sliceOf } from "./aligned.js";
import { type Form, formed } from "./forms.js";
import { checkKeys, flagIn, listOf, type Part, partOf, reader, textIn } from "./parts.js";
import { patternOf } from "./patterns.js";
import { precompiled } from "./precompiled.js";
import { ACCENTS, codesOf, isSpace, lowerOf, MARKS, REMOVED } from "./tables.js";

export type Normaliser = (text: Aligned) => Aligned;

const SPACE = 0x20;
const NOTHING: Normaliser = (text) => text;

/** Read a normaliser; a missing one changes nothing. */
export const normaliserOf: (value: unknown) => Normaliser = reader<Normaliser>("normalizer", NOTHING, {
  BertNormalizer: bert,
  NFC: (part) => form(part, { compatible: false, composed: true }),
  NFD: (part) => form(part, { compatible: false, composed: false }),
  NFKC: (part) => form(part, { compatible: true, composed: true }),
  NFKD: (part) => form(part, { compatible: true, composed: false }),
  Lowercase: (part) => plain(part, lowered),
  StripAccents: (part) => plain(part, (text) => filtered(text, (code) => !MARKS().has(code))),
  Nmt: (part) => plain(part, nmt),
  Replace: replace,
  Prepend: prepend,
  Strip: strip,
  Precompiled: (part) => {
    checkKeys(part, ["precompiled_charsmap"]);
    return precompiled(textIn(part, "precompiled_charsmap"));
  },
  Sequence: (part) => {
    checkKeys(part, ["normalizers"]);
    return inTurn(listOf("normalizers", part["normalizers"]).map((each) => normaliserOf(each)));
  },
});

function inTurn(steps: readonly Normaliser[]): Normaliser {
  return (text) => steps.reduce((done, step) => step(done), text);
}

function plain(part: Part, normaliser: Normaliser): Normaliser {
  checkKeys(part, []);
  return normaliser;
}

function form(part: Part, wanted: Form): Normaliser {
  return plain(part, (text) => formed(text, wanted));
}

function lowered(text: Aligned): Aligned {
  if (!text.chars.some((code) => lowerOf(code) !== undefined)) return text;
  const rewriting = new Rewriting();
  for (const char of text.chars) (lowerOf(char) ?? [char]).forEach((code, i) => rewriting.add(code, i === 0 ? 0 : 1));
  return rewriting.of(text);
}

// --- BERT ----------------------------------------------------------------------------------------

/** The blocks whose characters BERT cuts apart: ideographs, as its first version listed them. */
const IDEOGRAPHS = [
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b920, 0x2ceaf],
  [0x2f800, 0x2fa1f],
] as const;

function bert(part: Part): Normaliser {
  checkKeys(part, ["clean_text", "handle_chinese_chars", "strip_accents", "lowercase"]);
  const lower = flagIn(part, "lowercase", true);
  const steps: [boolean, Normaliser][] = [
    [flagIn(part, "clean_text", true), cleaned],
    [flagIn(part, "handle_chinese_chars", true), ideographsApart],
    [flagIn(part, "strip_accents", lower), withoutAccents],
    [lower, lowered],
  ];
  return inTurn(steps.flatMap(([asked, step]) => (asked ? [step] : [])));
}

function cleaned(text: Aligned): Aligned {
  const visible = filtered(text, (code) => (code >= 0x20 && code < 0x7f) || !REMOVED().has(code));
  return mapped(visible, (code) => (isSpace(code) ? SPACE : code));
}

function isIdeograph(code: number): boolean {
  return code >= 0x3400 && IDEOGRAPHS.some(([first, last]) => first <= code && code <= last);
}

function ideographsApart(text: Aligned): Aligned {
  if (!text.chars.some(isIdeograph)) return text;
  const rewriting = new Rewriting();
  for (const code of text.chars) {
    if (!isIdeograph(code)) rewriting.add(code, 0);
    else [SPACE, code, SPACE].forEach((made, i) => rewriting.add(made, i === 0 ? 0 : 1));
  }
  return rewriting.of(text);
}

function withoutAccents(text: Aligned): Aligned {
  return filtered(formed(text, { compatible: false, composed: false }), (code) => code < 0x300 || !ACCENTS().has(code));
}

// --- others --------------------------------------------------------------------------------------

/** What the normaliser of neural translation takes for white space. */
const NMT_SPACES = new Set([0x9, 0xa, 0xc, 0xd, 0x1680, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x2581, 0xfeff, 0xfffd]);

function nmt(text: Aligned): Aligned {
  const control = (code: number): boolean =>
    (code >= 1 && code <= 8) || code === 0xb || (code >= 0xe && code <= 0x1f) || code === 0x7f || code === 0x8f || code === 0x9f;
  return mapped(
    filtered(text, (code) => !control(code)),
    (code) => (NMT_SPACES.has(code) ? SPACE : code),
  );
}

function replace(part: Part): Normaliser {
  checkKeys(part, ["pattern", "content"]);
  const content = textIn(part, "content");
  if (content.includes("$") && "Regex" in partOf("a pattern", part["pattern"])) {
    throw new ModelError(`tokenizer.json: Replace puts ${content} in the place of an expression; $ is unknown there`);
  }
  const [pattern, made] = [patternOf(part["pattern"]), codesOf(content)];
  return (text) => replaced(text, pattern(text.chars), made);
}

function prepend(part: Part): Normaliser {
  checkKeys(part, ["prepend"]);
  const before = codesOf(textIn(part, "prepend"));
  return (text) => prepended(text, before);
}

function strip(part: Part): Normaliser {
  checkKeys(part, ["strip_left", "strip_right"]);
  const [left, right] = [flagIn(part, "strip_left", true), flagIn(part, "strip_right", true)];
  return (text) => {
    let [start, end] = [0, text.chars.length];
    while (left && start < end && isSpace(text.chars[start] as number)) start++;
    while (right && end > start && isSpace(text.chars[end - 1] as number)) end--;
    return { ...sliceOf(text, start, end), origin: text.origin };
  };
}
