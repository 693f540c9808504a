/** Kinds of rules about what comes in pairs: brackets and quotation marks. See wrangle/checks/pairs.py. */

import { matches } from "../words/matches.js";
import { type Finder, findingOf, repairOf, type RuleData } from "./rules.js";

const OPENS = new Map([["(", ")"], ["[", "]"], ["{", "}"]]);
const CLOSES = new Map([...OPENS].map(([opening, closing]) => [closing, opening]));
const ANY = /[()[\]{}]/gu;
const ITEM = /^[0-9a-z]{1,2}\)/u;
const DIGIT = /[0-9]/;

/** The places of brackets without their other half; `open` are those that nothing behind them contradicts. */
interface Alone {
  readonly wrong: readonly number[];
  readonly open: readonly number[];
}

/** Find the brackets without their other half. One that closes an outer bracket leaves the inner ones alone. */
function alone(text: string): Alone {
  const stack: number[] = [];
  const waiting = new Map([...OPENS.keys()].map((opening) => [opening, 0]));
  const wrong: number[] = [];
  const count = (sign: string, by: number): unknown => waiting.set(sign, (waiting.get(sign) ?? 0) + by);
  for (const { 0: sign, index } of matches(ANY, text)) {
    const opening = CLOSES.get(sign);
    if (opening === undefined) {
      stack.push(index);
      count(sign, 1);
    } else if (waiting.get(opening) === 0) {
      wrong.push(index);
    } else {
      for (let place = stack.pop() as number; ; place = stack.pop() as number) {
        count(text.charAt(place), -1);
        if (text.charAt(place) === opening) break;
        wrong.push(place);
      }
    }
  }
  return { wrong: wrong.sort((a, b) => a - b), open: stack };
}

/** Find brackets without their other half; one that was only forgotten at the end can be closed there. */
export function bracket(rule: RuleData): Finder {
  return function* ({ text, folded }) {
    const item = ITEM.exec(folded)?.[0].length ?? 0;
    const { wrong: all, open } = alone(text);
    const wrong = all.filter((place) => item === 0 || place !== item - 1);
    for (const place of [...wrong, ...open]) {
      const gone = repairOf(place, place + 1, "");
      const forgotten = wrong.length === 0 && open.length === 1;
      const closed = forgotten ? [repairOf(text.length, text.length, OPENS.get(text.charAt(place)) as string)] : [];
      yield findingOf(rule, place, place + 1, ...closed, gone);
    }
  };
}

/** Find a quotation mark without its other half; behind a number it stands for inches. */
export function quote(rule: RuleData): Finder {
  return function* ({ text }) {
    const places = [...matches(/"/gu, text)].map(({ index }) => index).filter((place) => !DIGIT.test(text.charAt(place - 1)));
    const last = places.at(-1);
    if (last !== undefined && places.length % 2 === 1) yield findingOf(rule, last, last + 1, repairOf(last, last + 1, ""));
  };
}
