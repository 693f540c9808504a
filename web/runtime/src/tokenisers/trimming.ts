/**
 * What a `post_processor` does to a text without special tokens: that of GPT-2 and RoBERTa trims white space off the
 * places of pieces.
 */

import { codesOf, isSpace } from "./tables.js";
import { checkKeys, flagIn, listOf, type Part, reader } from "./parts.js";

/** The pieces of a text; places count code points. */
export interface Places {
  readonly ids: number[];
  readonly tokens: string[];
  readonly starts: number[];
  readonly ends: number[];
}

type Trim = (places: Places) => Places;

/** What stands for a space in the names of pieces of bytes. */
const SPACE_SIGN = 0x120;
const SAME: Trim = (places) => places;

export const trimmerOf: (value: unknown) => Trim = reader<Trim>("post_processor", SAME, {
  BertProcessing: () => SAME,
  TemplateProcessing: () => SAME,
  ByteLevel: (part) => {
    checkKeys(part, ["add_prefix_space", "trim_offsets", "use_regex"]);
    return trimming(part);
  },
  RobertaProcessing: (part) => {
    checkKeys(part, ["sep", "cls", "add_prefix_space", "trim_offsets"]);
    return trimming(part);
  },
  Sequence: (part) => {
    checkKeys(part, ["processors"]);
    const steps = listOf("processors", part["processors"]).map((each) => trimmerOf(each));
    return (places) => steps.reduce((done, step) => step(done), places);
  },
});

function trimming(part: Part): Trim {
  const glued = flagIn(part, "add_prefix_space", true);
  return flagIn(part, "trim_offsets", true) ? (places) => trimmed(places, glued) : SAME;
}

/** Leave white space out of each place; a space that was put before the text was never in it. */
function trimmed({ ids, tokens, starts, ends }: Places, glued: boolean): Places {
  const [from, to] = [[...starts], [...ends]];
  tokens.forEach((token, i) => {
    const codes = codesOf(token);
    const [start, end] = [starts[i] as number, ends[i] as number];
    const before = spacesIn(codes);
    const after = spacesIn(codes.reverse());
    const inserted = glued && before === 1 && (i === 0 || start === 0);
    const first = Math.min(start + (inserted ? 0 : before), end);
    from[i] = first;
    if (after > 0 && end >= after) to[i] = Math.max(end - after, first);
  });
  return { ids, tokens, starts: from, ends: to };
}

/** Count the spaces with which a piece begins. */
function spacesIn(codes: readonly number[]): number {
  const end = codes.findIndex((code) => code !== SPACE_SIGN && !isSpace(code));
  return end < 0 ? codes.length : end;
}
