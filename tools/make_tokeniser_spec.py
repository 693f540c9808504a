"""Write spec/tokenisers.json: small tokenisers with every part, hostile texts, and how the library cuts them.

Run with the library `tokenizers` that `constraints.txt` names: `python tools/make_tokeniser_spec.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

TARGET = Path(__file__).parent.parent / "spec/tokenisers.json"
TEXTS = [
    "",
    " ",
    "The nurse's happy singing.",
    "  Zürich,\tNEW YORK \r\n\n",
    "nai\u0308ve fac\u0327ade \u1e9b\u0323 \u0323e\u0301",
    "İSTANBUL ΣΑΣ straße ŉ",
    "中文 and 日本語 \U00020000\U0002b820",
    "\u1112\u1161\u11ab 한국어 \u3000ｆｕｌｌ ﬁne ½ ㎏",
    "a\0b\x07c\x85d\ufffde\ufefff\u200bg\u00adh",
    "👩\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🇬🇧",
    "\u0915\u094d\u0937 \u0e33 \u0671\u0670 שׁלום",
    "[MASK] [mask]<mask>  <mask>x New Yorkers New York! newyork [UNK]",
    "we'll it'S 'ſ 3.14159 x1²३",
    "happy" * 30,
    "\u0301\u0301\u0301",
    "a\u0305\u0301 o\u0308\u0304\u0323 q\u0301\u0323",
    "zzzzz so  [MASK] so  \u00a0[MASK]",
    "©\u200d☺ \u0600\u1100\u1161 \r\n\u0301",
    "▁▁a ##b Ġc </w>",
    "\U0010ffff\U000e0001\u0378\uffff",
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
WORDS = ["the", "nurse", "happy", "new", "york", "it", "so", "ing", "py", "hap", "zu", "rich", "naive"]


def numbered(pieces: Sequence[str]) -> dict[str, int]:
    """Number pieces in their order, each once."""
    return {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}


def added(number: int, content: str, **changes: bool) -> dict[str, Any]:
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": False}
    return {"id": number, "content": content, **flags, **changes}


def file(model: dict[str, Any], **parts: Any) -> dict[str, Any]:
    """Make the content of a `tokenizer.json`."""
    nothing = dict.fromkeys(("truncation", "padding", "normalizer", "pre_tokenizer", "post_processor", "decoder"))
    return {"version": "1.0", **nothing, "added_tokens": [], "model": model, **parts}


def word_piece() -> dict[str, Any]:
    pieces = [*SPECIAL, *LETTERS, *(f"##{letter}" for letter in LETTERS), *"0123456789.,'!", "中", "日", "한", "##국"]
    words = [*WORDS, *(f"##{word}" for word in WORDS)]
    return {
        "type": "WordPiece",
        "unk_token": "[UNK]",
        "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 60,
        "vocab": numbered([*pieces, *words]),
    }


def byte_pair(pieces: Sequence[str], merges: Sequence[str], **changes: Any) -> dict[str, Any]:
    made = [merge.replace(" ", "") for merge in merges]
    settings = {
        "dropout": None,
        "unk_token": None,
        "continuing_subword_prefix": None,
        "end_of_word_suffix": None,
        "fuse_unk": False,
        "byte_fallback": False,
        "ignore_merges": False,
    }
    return {"type": "BPE", **settings, "vocab": numbered([*pieces, *made]), "merges": list(merges), **changes}


def unigram(*, byte_fallback: bool) -> dict[str, Any]:
    words = [f"▁{word}" for word in WORDS] + WORDS
    pieces = [*SPECIAL, "▁", *LETTERS, *words, "zz", "é", "中", "▁▁", "..."]
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)] if byte_fallback else []
    scored = [[piece, -2.0 - 0.25 * (len(piece) < 3) - number / 64] for number, piece in enumerate(pieces)]
    vocab = [*scored, *([byte, -12.0] for byte in bytes_)]
    return {"type": "Unigram", "unk_id": 1, "vocab": vocab, "byte_fallback": byte_fallback}


BYTES = [chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x144))]
MERGES = [
    "n g",
    "h a",
    "p p",
    "ha pp",
    "happ y",
    "Ġ n",
    "Ġn u",
    "r s",
    "t h",
    "i n",
    "Ġ t",
    "Ã ¼",
    "ð Ł",
    "Ġ Ġ",
    "i ng",
]
LLAMA_3 = r"(?i:'s|'t|'ll)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
FALLBACK = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256)), "▁", *LETTERS]


def of(kind: str, **settings: Any) -> dict[str, Any]:
    return {"type": kind, **settings}


def tokenisers() -> dict[str, dict[str, Any]]:
    """Give the content of each file by its name."""
    bert = of("BertNormalizer", clean_text=True, handle_chinese_chars=True, strip_accents=None, lowercase=True)
    more = len(word_piece()["vocab"])
    names = [
        added(4, "[MASK]", special=True, lstrip=True),
        added(more, "New York", single_word=True, normalized=True),
        added(more + 1, "<mask>", lstrip=True, rstrip=True),
    ]
    decomposed = of("Sequence", normalizers=[of("NFKD"), of("StripAccents"), of("Lowercase")])
    by_signs = of("Sequence", pretokenizers=[of("WhitespaceSplit"), of("Punctuation", behavior="MergedWithNext")])
    nmt = of("Sequence", normalizers=[of("Nmt"), of("NFKC"), replaced({"Regex": r"\s{2,}"}, " "), strip()])
    sentence = of("Sequence", normalizers=[of("Prepend", prepend="▁"), replaced({"String": " "}, "▁")])
    cut = of("Split", pattern={"Regex": LLAMA_3}, behavior="Isolated", invert=False)
    digits = of("Digits", individual_digits=True)
    return {
        "bert": file(word_piece(), normalizer=bert, pre_tokenizer=of("BertPreTokenizer"), added_tokens=names),
        "decomposed": file(word_piece(), normalizer=decomposed, pre_tokenizer=by_signs),
        "words": file(word_piece(), normalizer=of("NFC"), pre_tokenizer=of("Whitespace")),
        "roberta": file(
            byte_pair(BYTES, MERGES),
            pre_tokenizer=byte_level(add_prefix_space=True),
            post_processor=byte_level(add_prefix_space=True),
        ),
        "modernbert": file(
            byte_pair([*BYTES, *SPECIAL], MERGES),
            normalizer=of("NFC"),
            pre_tokenizer=byte_level(),
            added_tokens=[added(len(BYTES) + 4, "[MASK]", special=True, lstrip=True)],
        ),
        "llama3": file(
            byte_pair(BYTES, MERGES, ignore_merges=True),
            pre_tokenizer=of("Sequence", pretokenizers=[cut, byte_level(use_regex=False)]),
        ),
        "llama2": file(
            byte_pair(FALLBACK, ["h a", "p p", "ha pp", "▁ t"], byte_fallback=True, fuse_unk=True, unk_token="[UNK]"),
            normalizer=sentence,
        ),
        "alphabet_missing": file(byte_pair([*LETTERS, "Ġ"], ["h a", "Ġ t"]), pre_tokenizer=byte_level()),
        "nmt": file(
            unigram(byte_fallback=False),
            normalizer=nmt,
            pre_tokenizer=of("Sequence", pretokenizers=[digits, metaspace("first")]),
        ),
        "gemma": file(
            unigram(byte_fallback=True), pre_tokenizer=metaspace("always"), added_tokens=[added(4, "[MASK]")]
        ),
    }


def replaced(pattern: dict[str, str], content: str) -> dict[str, Any]:
    return of("Replace", pattern=pattern, content=content)


def strip() -> dict[str, Any]:
    return of("Strip", strip_left=True, strip_right=True)


def byte_level(*, add_prefix_space: bool = False, use_regex: bool = True) -> dict[str, Any]:
    return of("ByteLevel", add_prefix_space=add_prefix_space, trim_offsets=True, use_regex=use_regex)


def metaspace(scheme: str) -> dict[str, Any]:
    return of("Metaspace", replacement="▁", prepend_scheme=scheme, split=True)


def pieces(made: Tokenizer, text: str) -> list[list[Any]]:
    """Cut a text: numbers, names, and where each begins and ends, in code points."""
    found = made.encode(text, add_special_tokens=False)
    return [found.ids, found.tokens, [start for start, _ in found.offsets], [end for _, end in found.offsets]]


def main() -> None:
    """Write the file."""
    cases = []
    for name, data in tokenisers().items():
        made = Tokenizer.from_str(json.dumps(data))
        cases.append({"name": name, "tokeniser": data, "pieces": [pieces(made, text) for text in TEXTS]})
    content = {
        "about": "What each tokeniser makes of each text: [ids, names, starts, ends], in code points",
        "texts": TEXTS,
        "tokenisers": cases,
    }
    TARGET.write_text(json.dumps(content, ensure_ascii=True, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
