import { describe, expect, it } from "vitest";
import * as moves from "../components/annotator/selection.js";
import type { Place } from "../components/annotator/state.js";
import { rulerOf, wordsIn } from "../components/annotator/stops.js";

function words(text: string): string[] {
  return wordsIn(text).map(({ start, end }) => text.slice(start, end));
}

function place(text: string, part: string): Place {
  const start = text.indexOf(part);
  return { start, end: start + part.length };
}

describe("words", () => {
  it.each([
    ["", []],
    ["   \n", []],
    ["Lead UX researcher", ["Lead", "UX", "researcher"]],
    ["(m/f/d), part-time", ["m", "f", "d", "part", "time"]],
    ["£50k or $1,000.50 a € 5", ["£50k", "or", "$1,000.50", "a", "5"]],
    ["C++ C# 50% R&D", ["C++", "C#", "50%", "R", "D"]],
    ["hey 👩‍💻🇬🇧!", ["hey", "👩‍💻", "🇬🇧"]],
    ["--- !? ...", ["---", "!?", "..."]],
    ["日本語の仕事", ["日本語", "の", "仕事"]],
    ["cafe\u0301 x", ["cafe\u0301", "x"]],
    ["a\r\nb", ["a", "b"]],
    ["مهندس أول", ["مهندس", "أول"]],
    ["2\u202f450\u202f€ par mois\u202f!", ["2", "450", "par", "mois"]],
    ["\u2067מהנדסת\u2069 or \u202eabc\u202c \u200fעברית\u200f", ["מהנדסת", "or", "abc", "עברית"]],
    ["Soft\u00adware in Wien\u2060, heute\u00ad", ["Soft\u00adware", "in", "Wien", "heute"]],
    ["می\u200cخواهیم شروع\u200c", ["می\u200cخواهیم", "شروع"]],
    ["👩🏽‍⚕️ 1️⃣", ["👩🏽‍⚕️", "1️⃣"]],
    ["वरिष्ठ ₹५०,०००", ["वरिष्ठ", "₹५०,०००"]],
  ])("of %j", (text, found) => {
    expect(words(text)).toEqual(found);
  });
});

describe("moves", () => {
  const text = "Lead (UX) researcher";
  const ruler = rulerOf(text);
  it.each<[string, Place | null, string]>([
    ["first", moves.firstWord(ruler), "Lead"],
    ["next", moves.nextWord(ruler, place(text, "Lead")), "UX"],
    ["next at the end", moves.nextWord(ruler, place(text, "researcher")), "researcher"],
    ["next from nothing", moves.nextWord(ruler, null), "Lead"],
    ["previous", moves.previousWord(ruler, place(text, "researcher")), "UX"],
    ["previous at the start", moves.previousWord(ruler, place(text, "Lead (UX")), "Lead"],
    ["extend", moves.extend(ruler, place(text, "Lead")), "Lead (UX"],
    ["extend at the end", moves.extend(ruler, place(text, "researcher")), "researcher"],
    ["shrink", moves.shrink(ruler, place(text, "Lead (UX) researcher")), "Lead (UX"],
    ["shrink to one word", moves.shrink(ruler, place(text, "UX")), "UX"],
    ["end right", moves.moveEnd(ruler, place(text, "UX"), 1), "UX)"],
    ["end left", moves.moveEnd(ruler, place(text, "UX"), -1), "U"],
    ["end left keeps one", moves.moveEnd(ruler, place(text, "U"), -1), "U"],
    ["start right", moves.moveStart(ruler, place(text, "UX"), 1), "X"],
    ["start left", moves.moveStart(ruler, place(text, "UX"), -1), "(UX"],
    ["a drag snaps", moves.snap(ruler, 2, 7), "Lead (UX"],
    ["a drag back snaps", moves.snap(ruler, 7, 2), "Lead (UX"],
    ["a drag over signs alone", moves.snap(ruler, 4, 6), " ("],
    ["a click", moves.snap(ruler, 11, 11), "researcher"],
    ["a click on a sign takes the nearest", moves.snap(ruler, 8, 8), "UX"],
    ["a free drag", moves.characters(ruler, 1, 3), "ea"],
    ["both", moves.cover(place(text, "UX"), place(text, "Lead")), "Lead (UX"],
  ])("%s", (_, found, expected) => {
    expect(found && text.slice(found.start, found.end)).toBe(expected);
  });

  it("moves by what a reader sees as a character", () => {
    const family = "a👨‍👩‍👧b";
    const all = rulerOf(family);
    expect(moves.moveEnd(all, { start: 0, end: 1 }, 1)).toEqual({ start: 0, end: family.length - 1 });
  });

  it.each(["", "\n \n"])("selects nothing in %j", (empty) => {
    const none = rulerOf(empty);
    expect([moves.firstWord(none), moves.nextWord(none, null), moves.extend(none, null), moves.snap(none, 0, 0)]).toEqual([null, null, null, null]);
  });
});
