/** spec/tokenisers.json binds the runtime as it binds the library `tokenizers`: pieces and their places. */

import { readFileSync } from "node:fs";
import { offsetsOf, openTokeniser } from "textwright";
import { describe, expect, it } from "vitest";

interface Spec {
  readonly texts: readonly string[];
  readonly tokenisers: readonly { readonly name: string; readonly tokeniser: Data; readonly pieces: readonly unknown[] }[];
}

type Data = Readonly<Record<string, unknown>>;

const SPEC = JSON.parse(readFileSync(new URL("../../spec/tokenisers.json", import.meta.url), "utf8")) as Spec;
const EXPRESSION = "(?i:'s)|[^\\r\\n\\p{L}]?\\p{L}+|\\s+(?!\\S)|\\s+";

function piecesOf(data: Data, text: string): unknown[] {
  const { ids, tokens, starts, ends } = openTokeniser(data).encode(text);
  const { toPoints } = offsetsOf(text);
  return [ids, tokens, starts.map(toPoints), ends.map(toPoints)];
}

function named(name: string): Data {
  return SPEC.tokenisers.find((each) => each.name === name)?.tokeniser as Data;
}

describe.each(SPEC.tokenisers)("$name", ({ tokeniser, pieces }) => {
  it.each(SPEC.texts.map((text, i) => ({ text, expected: pieces[i] })))("cuts $text", ({ text, expected }) => {
    expect(piecesOf(tokeniser, text)).toEqual(expected);
  });
});

describe("places", () => {
  it("are those of JavaScript's strings", () => {
    const text = "😀 nurse";
    const { tokens, starts, ends } = openTokeniser(named("bert")).encode(text);
    const last = tokens.length - 1;
    expect(text.slice(starts[last], ends[last])).toBe("nurse");
  });

  it("of half a surrogate pair are those of a question mark", () => {
    const { encode } = openTokeniser(JSON.stringify(named("roberta")));
    expect(encode("a\ud83db")).toEqual(encode("a?b"));
  });
});

describe("idOf", () => {
  it("gives the number of a piece, an added one too", () => {
    const { idOf } = openTokeniser(named("bert"));
    expect([idOf("[MASK]"), idOf("nurse"), idOf("no such piece")]).toEqual([4, expect.any(Number), undefined]);
    expect(idOf("<mask>")).toBeGreaterThan(idOf("nurse") as number);
  });
});

/** Put a part into a file that is otherwise known. */
const withPart = (changes: Data): Data => ({ ...named("bert"), ...changes });
const withModel = (name: string, changes: Data): Data => ({ ...named(name), model: { ...(named(name)["model"] as Data), ...changes } });
const split = (expression: string): Data =>
  withPart({ pre_tokenizer: { type: "Split", pattern: { Regex: expression }, behavior: "Isolated", invert: false } });

describe("what is not known is refused by its name", () => {
  it.each<[string | Data, string]>([
    ["{", "tokenizer.json: "],
    ["[]", "the file is [], expected an object"],
    [withPart({ normalizer: { type: "Rot13" } }), "the normalizer Rot13 is unknown. This version knows: BertNormalizer, "],
    [withPart({ normalizer: { type: "Sequence", normalizers: [{ type: "Rot13" }] } }), "the normalizer Rot13 is unknown"],
    [withPart({ normalizer: { type: "NFC", strength: 3 } }), "NFC has strength, which this version does not know"],
    [withPart({ normalizer: { type: "Replace", pattern: { Regex: "(a)" }, content: "$1" } }), "$ is unknown there"],
    [withPart({ normalizer: { type: "Precompiled", precompiled_charsmap: "AQ==" } }), "precompiled_charsmap is cut off"],
    [withPart({ normalizer: { type: "Precompiled", precompiled_charsmap: "?" } }), "precompiled_charsmap is not base64"],
    [withPart({ normalizer: { type: "BertNormalizer", lowercase: "yes" } }), 'lowercase of BertNormalizer is "yes", expected true or false'],
    [withPart({ pre_tokenizer: { type: "UnicodeScripts" } }), "the pre_tokenizer UnicodeScripts is unknown"],
    [withPart({ pre_tokenizer: { type: "Punctuation", behavior: "Odd" } }), 'behavior of Punctuation is "Odd", expected Removed, '],
    [withPart({ post_processor: { type: "Odd" } }), "the post_processor Odd is unknown"],
    [withPart({ model: { type: "WordLevel" } }), "the model WordLevel is unknown. This version knows: WordPiece, BPE, Unigram"],
    [withPart({ model: null }), "model is null, expected an object"],
    [withPart({ extra: 1 }), "extra is unknown"],
    [withPart({ added_tokens: [{ id: 1, content: "a", odd: true }] }), "an added token has odd"],
    [withModel("bert", { unk_token: "[NONE]" }), "the vocabulary lacks [NONE]"],
    [withModel("bert", { vocab: { a: -1 } }), "the piece a has the number -1"],
    [withModel("roberta", { dropout: 0.1 }), "BPE has a dropout"],
    [withModel("roberta", { merges: ["q zzz"] }), "the vocabulary lacks zzz of the merge q zzz"],
    [withModel("roberta", { merges: ["a b c"] }), 'the merge "a b c" is no pair'],
    [withModel("nmt", { unk_id: 9999 }), "unk_id is 9999"],
    [withModel("nmt", { vocab: [["a"]] }), '["a"] in vocab is no piece with its score'],
    [withModel("nmt", { nbest_size: 3 }), "Unigram has nbest_size"],
    [split("\\p{Greek}"), "holds \\p{Greek}, which this version does not know"],
    [split("a++"), "holds ++"],
    [split("(?>a)"), "holds (?>a"],
    [split("(?i)a"), "holds (?i)"],
    [split("+a"), "Nothing to repeat"],
    [split("[[:alpha:]]"), "holds [:"],
    [split("\\bx"), "holds \\b"],
    [split("^x"), "holds ^"],
    [split("(?i:ö)"), "holds ö where case is ignored"],
    [split("(a"), "holds ("],
    [split("a)"), "holds )"],
  ])("%#", (file, message) => {
    const open = (): unknown => openTokeniser(file);
    expect(open).toThrow(message);
    expect(open).toThrow(expect.objectContaining({ name: "ModelError" }));
  });

  it("while what is known is read", () => {
    expect(openTokeniser(split(EXPRESSION)).encode("It'S so").tokens.length).toBeGreaterThan(3);
  });
});

describe("a word without an end", () => {
  it.each(["bert", "roberta", "llama2", "nmt", "gemma"])("is cut by %s without much ado", (name) => {
    const tokeniser = openTokeniser(named(name));
    const began = performance.now();
    expect(tokeniser.encode("happy".repeat(8_000)).ids.length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
