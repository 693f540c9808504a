/** Kinds of rules about what a text went through: HTML codes, wrong encodings, invisible characters. See wrangle/checks/source.py. */

import data from "../../../../src/textwright/wrangle/clean.json";
import { matches } from "../words/matches.js";
import { type Finder, findingOf, repairOf, type RuleData, settingOf } from "./rules.js";

const REPLACEMENTS: readonly (readonly [string, string])[] = data.replace.map(([code, made]) => [code as string, made as string]);
const NUMBER = /&(?:amp;)*#(?:([0-9]{1,7})|x([0-9a-f]{1,6}));/gu;
const UNKNOWN = /&[a-z]{2,8};/gu;
const BROKEN = "[\\u0000-\\u0008\\u000e-\\u001f\\u007f\\u0081\\u008d\\u008f\\u0090\\u009d\\ud800-\\udfff\\ufffd]";
/** It belongs to the spelling of Persian and of many languages of India. */
const NON_JOINER = "\u200c";
const BEHIND_NONE_OF_ITS_LETTERS = "(?<![\u0600-\u1fff])";
const FIRST_CONTROL = 0x80;
const LAST = 0x10ffff;

/** Find HTML codes for characters, also those that were coded several times over. */
export function entity(rule: RuleData): Finder {
  const names = new Map(REPLACEMENTS.filter(([code]) => code.startsWith("&")).map(([code, made]) => [code.slice(1), made]));
  const expression = new RegExp(`&(?:amp;)*(${[...names.keys()].map(escape).join("|")})`, "gu");
  return function* ({ text, folded }) {
    if (!text.includes("&") || !text.includes(";")) return;
    const known = new Map<number, readonly [end: number, made: string]>();
    for (const match of matches(expression, text)) known.set(match.index, [endOf(match), names.get(match[1] as string) as string]);
    for (const match of matches(NUMBER, folded)) if (!known.has(match.index)) known.set(match.index, [endOf(match), character(match)]);
    for (const [start, [end, made]] of known) yield findingOf(rule, start, end, ...(made === "" ? [] : [repairOf(start, end, made)]));
    for (const match of matches(UNKNOWN, folded)) if (!known.has(match.index)) yield findingOf(rule, match.index, endOf(match));
  };
}

function endOf(match: RegExpExecArray): number {
  return match.index + match[0].length;
}

/** Return the character of a number; nothing where there is none that one would write. */
function character(match: RegExpExecArray): string {
  const code = match[1] === undefined ? Number.parseInt(match[2] as string, 16) : Number(match[1]);
  const isWritten = (code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0xd800) || (code >= 0xe000 && code <= LAST);
  return isWritten ? String.fromCodePoint(code) : "";
}

/** Find characters that were read in the wrong encoding. */
export function mojibake(rule: RuleData): Finder {
  const made = new Map(REPLACEMENTS.filter(([code, char]) => !code.startsWith("&") && char !== ""));
  [...(settingOf(rule, "cp1252") as string)].forEach((char, i) => {
    const control = String.fromCodePoint(FIRST_CONTROL + i);
    if (control !== char) made.set(control, char);
  });
  const longestFirst = [...made.keys()].sort((a, b) => b.length - a.length);
  const expression = new RegExp(longestFirst.map(escape).join("|"), "gu");
  return function* ({ text }) {
    for (const match of matches(expression, text)) {
      yield findingOf(rule, match.index, endOf(match), repairOf(match.index, endOf(match), made.get(match[0]) as string));
    }
  };
}

/** Find characters that nobody sees or that stand for a broken one, but for the controls of `mojibake`. */
export function invisible(rule: RuleData): Finder {
  const gone = REPLACEMENTS.filter(([code, made]) => made === "" && code !== NON_JOINER).map(([code]) => escape(code));
  const expression = new RegExp([...gone, BEHIND_NONE_OF_ITS_LETTERS + NON_JOINER, BROKEN].join("|"), "gu");
  return function* ({ text }) {
    for (const match of matches(expression, text)) yield findingOf(rule, match.index, endOf(match), repairOf(match.index, endOf(match), ""));
  };
}

function escape(code: string): string {
  return code.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
