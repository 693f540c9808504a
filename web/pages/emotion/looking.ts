/** Show which words speak for an emotion, once typing rests. */

import { importance, type ScoringModel, type Span } from "textwright";
import { newest } from "../shared/newest.js";
import { find } from "../shared/page.js";
import type { Paper } from "../shared/paper.js";
import { type Asked, groupOf, percent } from "./emotions.js";
import { marksOf, NO_WORDS, parted, type Said, wordItems } from "./words.js";

/** Milliseconds of rest before the words are looked at. */
const REST = 250;
/** Characters from which on leaving out words would take too long to be worth while. */
const LONG = 2000;

/** An emotion of a text, and its probability there. */
export interface Question extends Asked {
  readonly text: string;
  readonly chance: number;
}

export interface Looking {
  /** Look at the words; what was looked at before is given up, and its marks fade until the new ones come. */
  readonly at: (model: ScoringModel, question: Question) => void;
  /** Show no words. */
  readonly away: () => void;
}

/** Make what looks at the words of the text on a paper. */
export function lookingAt(paper: Paper, fail: (error: Error) => void): Looking {
  const show = (said: Said, { label, text }: Question, told: string): void => {
    showList(label, said, text);
    find("words-told", HTMLElement).textContent = told;
    paper.mark(marksOf(said, groupOf(label)));
    hide(false);
  };
  const look = newest({
    ask: async (asked: readonly [ScoringModel, Question] | undefined, signal): Promise<Span[]> => {
      return asked === undefined ? [] : importance(asked[0], asked[1].text, { task: asked[1].task, label: asked[1].label, signal });
    },
    show: (spans, asked) => {
      if (asked === undefined) return;
      const said = parted(asked[1].text, spans);
      show(said, asked[1], toldOf(asked[1], said));
    },
    fail,
    pause: REST,
  });
  return {
    at: (model, question) => {
      const isLong = question.text.length > LONG;
      look(isLong ? undefined : [model, question]);
      if (isLong) show(NO_WORDS, question, `Words are left out one by one in texts of up to ${LONG.toLocaleString("en")} characters.`);
    },
    away: () => {
      look(undefined);
      hide(true);
      paper.mark([]);
    },
  };
}

function hide(hidden: boolean): void {
  for (const id of ["words", "shown-for"]) find(id, HTMLElement).hidden = hidden;
  find("words-none", HTMLElement).hidden = !hidden;
}

function showList(label: string, { speaksFor, against }: Said, text: string): void {
  const group = groupOf(label);
  Object.assign(find("shown-label", HTMLElement), { textContent: label, className: group });
  Object.assign(find("for", HTMLElement), { className: group }).replaceChildren(...wordItems(text, speaksFor));
  find("against", HTMLElement).replaceChildren(...wordItems(text, against));
}

function toldOf({ label, chance }: Question, { speaksFor, against }: Said): string {
  if (speaksFor.length + against.length === 0) return `Leaving out any one word hardly changes ${label} (${percent(chance)}).`;
  return `By how many percentage points ${label} (${percent(chance)}) changes when the word is left out.`;
}
