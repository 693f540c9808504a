"""Tokenisers of the three families as real models have them, and strings on which tokenisers disagree."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, models, pre_tokenizers, processors, trainers
from tokenizers import normalizers as n

TEXTS = [
    "The nurse in Zürich wasn't happy about the naïve façade, was she? It's 3.14159 or 2,718 pounds.",
    "Senior software engineer (m/f/d) wanted: hybrid, Edinburgh, £45,000 - £52,500 a year!",
    "She'll re-write the co-operative's e-mail; they've read it, and I'm told we'd answer by 12:30.",
    "Быстрая лиса прыгает через ленивую собаку. Η γρήγορη αλεπού. 素早い茶色の狐が怠け者の犬を飛び越える。",
    "한국어 문장도 하나 있어요. नमस्ते दुनिया। مرحبا بالعالم. שלום עולם. สวัสดีชาวโลก",
    "Great work 👍🏽 the family 👩‍👩‍👧‍👦 likes it ❤️ very much 😂😂😂 #happy @home http://example.org/a?b=c&d=e",
    "def add(a, b):\n\treturn a + b  # the sum\n\n\nprint(add(1, 2))   \r\n",
] * 3


# --- a map as SentencePiece compiles it ----------------------------------------------------------


def compiled(replacements: Mapping[str, str]) -> bytes:
    """Compile replacements into the double array that SentencePiece writes, with the texts behind it."""
    texts, values = b"", dict[bytes, int]()
    for key, made in sorted(replacements.items()):
        values[key.encode()] = len(texts)
        texts += made.encode() + b"\0"
    trie = b"".join(unit.to_bytes(4, "little") for unit in DoubleArray(values).units)
    return len(trie).to_bytes(4, "little") + trie + texts


class DoubleArray:
    """A trie as Yata's darts-clone writes it: a unit holds its label, whether a key ends, and where its own begin."""

    def __init__(self, values: Mapping[bytes, int]) -> None:
        self.values, self.units = values, [0] * 256
        self.taken, self.low = {0}, 1
        self._place(sorted(values), 0, 0)

    def _place(self, keys: Sequence[bytes], depth: int, at: int) -> None:
        """Write the node of keys that agree so far."""
        below: dict[int, list[bytes]] = {}
        for key in keys:
            below.setdefault(key[depth] if len(key) > depth else 0, []).append(key)
        base = self._room(list(below))
        self.units[at] |= (at ^ base) << 10
        for label, own in below.items():
            if label == 0:
                self.units[at] |= 1 << 8
                self.units[base] = self.values[own[0]] | 1 << 31
            else:
                self.units[base ^ label] = label
                self._place(own, depth + 1, base ^ label)

    def _room(self, labels: Sequence[int]) -> int:
        """Find a place where all labels fit, the first of them as far in front as there is room."""
        while self.low in self.taken:
            self.low += 1
        slots = (slot for slot in count(self.low) if slot not in self.taken)
        bases = (slot ^ labels[0] for slot in slots)
        base = next(base for base in bases if not any(base ^ label in self.taken for label in labels))
        self.taken.update(base ^ label for label in labels)
        self.units += [0] * (max(base ^ label for label in labels) + 1 - len(self.units))
        return base


@cache
def compatible_map() -> bytes:
    """Compile the compatible form of characters and of letters with accents, spaces and what is removed."""
    chars = [chr(code) for code in (*range(0xA0, 0x3400), *range(0xF900, 0x10000), *range(0x1D400, 0x1D500))]
    made = {char: unicodedata.normalize("NFKC", char) for char in chars}
    apart = {unicodedata.normalize("NFD", char): char for char in chars if len(unicodedata.normalize("NFD", char)) == 2}
    spaces = dict.fromkeys("\t\n\r\u00a0\u2003\u2028\u3000", " ") | dict.fromkeys("\u200b\u00ad\u0007", "")
    return compiled({key: value for key, value in {**made, **apart, **spaces}.items() if key != value})


# --- families ------------------------------------------------------------------------------------

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
ADDED = [
    AddedToken("<mask>", lstrip=True, special=True, normalized=False),
    AddedToken("[NAME]", normalized=False),
    AddedToken("New York", single_word=True),
    AddedToken("Ümlaut", rstrip=True),
    AddedToken("ab", single_word=True, normalized=False),
    AddedToken("🎂", normalized=False),
]


def word_piece(normaliser: Any, cutter: Any, *, size: int = 600) -> Tokenizer:
    made = Tokenizer(models.WordPiece(unk_token="[UNK]", max_input_chars_per_word=40))
    made.normalizer, made.pre_tokenizer = normaliser, cutter
    made.train_from_iterator(
        TEXTS, trainers.WordPieceTrainer(vocab_size=size, special_tokens=SPECIAL, show_progress=False)
    )
    made.add_tokens(ADDED)
    return made


def byte_pair(
    normaliser: Any, cutter: Any, *, alphabet: Sequence[str] = (), size: int = 700, added: bool = True, **settings: Any
) -> Tokenizer:
    made = Tokenizer(models.BPE(**settings))
    made.normalizer, made.pre_tokenizer = normaliser, cutter
    own = {
        key: settings[key]
        for key in ("continuing_subword_prefix", "end_of_word_suffix")
        if settings.get(key) is not None
    }
    special = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256) if settings.get("byte_fallback"))]
    kind = trainers.BpeTrainer(
        vocab_size=size, special_tokens=special, initial_alphabet=list(alphabet), show_progress=False, **own
    )
    made.train_from_iterator(TEXTS, kind)
    if settings.get("byte_fallback"):
        made = _without_added(made, special[len(SPECIAL) :])
    if added:
        made.add_tokens(ADDED)
    return made


def unigram(normaliser: Any, cutter: Any, *, byte_fallback: bool = False) -> Tokenizer:
    made = Tokenizer(models.Unigram())
    made.normalizer, made.pre_tokenizer = normaliser, cutter
    special = [*SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256) if byte_fallback)]
    kind = trainers.UnigramTrainer(
        vocab_size=400 + len(special), special_tokens=special, unk_token="[UNK]", show_progress=False
    )
    made.train_from_iterator(TEXTS, kind)
    if byte_fallback:
        made = _without_added(made, special[len(SPECIAL) :], byte_fallback=True)
    made.add_tokens(ADDED)
    return made


def _without_added(made: Tokenizer, tokens: Sequence[str], **settings: Any) -> Tokenizer:
    """Keep tokens in the vocabulary, but do not look for them in the text."""
    data = json.loads(made.to_str())
    data["added_tokens"] = [each for each in data["added_tokens"] if each["content"] not in tokens]
    data["model"].update(settings)
    return Tokenizer.from_str(json.dumps(data))


def processed(made: Tokenizer, processor: Any) -> Tokenizer:
    made.post_processor = processor
    return made


def byte_level(*, add_prefix_space: bool = False, use_regex: bool = True) -> Any:
    return pre_tokenizers.ByteLevel(add_prefix_space=add_prefix_space, use_regex=use_regex)


def bytes_alphabet() -> list[str]:
    return sorted(pre_tokenizers.ByteLevel.alphabet())


LLAMA_3 = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)

Make = Callable[[], Tokenizer]
# Named after the models that are so, for each family.
FAMILIES: Mapping[str, Mapping[str, Make]] = {
    "WordPiece": {
        "bert_uncased": lambda: word_piece(n.BertNormalizer(), pre_tokenizers.BertPreTokenizer()),
        "bert_cased": lambda: word_piece(
            n.BertNormalizer(lowercase=False, strip_accents=False), pre_tokenizers.BertPreTokenizer()
        ),
        "accents_kept": lambda: word_piece(
            n.BertNormalizer(strip_accents=False, handle_chinese_chars=False), pre_tokenizers.Whitespace()
        ),
        "decomposed": lambda: word_piece(
            n.Sequence([n.NFKD(), n.StripAccents(), n.Lowercase(), n.Strip()]),
            pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation("contiguous")]),
        ),
        "composed": lambda: word_piece(n.NFC(), pre_tokenizers.Whitespace(), size=300),
    },
    "BPE": {
        "gpt2": lambda: processed(
            byte_pair(None, byte_level(), alphabet=bytes_alphabet()), processors.ByteLevel(trim_offsets=False)
        ),
        "roberta": lambda: processed(
            byte_pair(None, byte_level(add_prefix_space=True), alphabet=bytes_alphabet()),
            processors.RobertaProcessing(("[SEP]", 3), ("[CLS]", 2), trim_offsets=True, add_prefix_space=True),
        ),
        "modernbert": lambda: processed(
            byte_pair(n.NFC(), byte_level(), alphabet=bytes_alphabet()), processors.ByteLevel(add_prefix_space=False)
        ),
        "llama2": lambda: byte_pair(
            n.Sequence([n.Prepend("▁"), n.Replace(" ", "▁")]),
            None,
            byte_fallback=True,
            fuse_unk=True,
            unk_token="[UNK]",
        ),
        "mistral": lambda: byte_pair(
            None, pre_tokenizers.Metaspace(prepend_scheme="first"), byte_fallback=True, fuse_unk=True, unk_token="[UNK]"
        ),
        "llama3": lambda: byte_pair(
            None,
            pre_tokenizers.Sequence([pre_tokenizers.Split(Regex(LLAMA_3), "isolated"), byte_level(use_regex=False)]),
            alphabet=bytes_alphabet(),
            ignore_merges=True,
        ),
        "openai_gpt": lambda: byte_pair(
            n.BertNormalizer(), pre_tokenizers.BertPreTokenizer(), unk_token="[UNK]", end_of_word_suffix="</w>"
        ),
        "continued": lambda: byte_pair(
            n.NFKC(), pre_tokenizers.Whitespace(), unk_token="[UNK]", fuse_unk=True, continuing_subword_prefix="##"
        ),
        "bytes_missing": lambda: byte_pair(n.NFD(), byte_level(add_prefix_space=True), size=200),
    },
    "Unigram": {
        "xlm_roberta": lambda: unigram(n.Precompiled(compatible_map()), pre_tokenizers.Metaspace()),
        "albert": lambda: unigram(
            n.Sequence(
                [
                    n.Replace("``", '"'),
                    n.Replace("''", '"'),
                    n.NFKD(),
                    n.StripAccents(),
                    n.Lowercase(),
                    n.Precompiled(compatible_map()),
                    n.Replace(Regex(" {2,}"), " "),
                ]
            ),
            pre_tokenizers.Metaspace(prepend_scheme="first"),
        ),
        "t5": lambda: unigram(
            n.Sequence(
                [n.Precompiled(compatible_map()), n.Strip(left=False, right=True), n.Replace(Regex(r"\s{2,}"), "▁")]
            ),
            pre_tokenizers.Metaspace(),
        ),
        "gemma": lambda: unigram(
            n.Replace(" ", "▁"), pre_tokenizers.Split(" ", "merged_with_previous"), byte_fallback=True
        ),
        "nmt": lambda: unigram(
            n.Sequence([n.Nmt(), n.NFKC(), n.Replace(Regex(r"\s+"), " ")]),
            pre_tokenizers.Sequence(
                [
                    pre_tokenizers.Digits(individual_digits=True),
                    pre_tokenizers.Metaspace(prepend_scheme="never", split=False),
                ]
            ),
        ),
    },
}


# --- hostile strings -----------------------------------------------------------------------------

POOLS: Sequence[Sequence[str]] = [
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "0123456789.,'-!?()[]<>#@/_|`~",
    " \t\n\r\v\f\x85\xa0\u1680\u2003\u2009\u2028\u2029\u202f\u3000",
    "\0\x01\x07\x08\x0b\x1b\x1c\x1f\x7f\x80\x9f\xad\u061c\u180e\u200b\u200c\u200d\u200e\u2060\ufeff\ufffd\ufffe",
    "éàüñçöÅŽşğıİſßẞΣσςǅŁøÆœ\u1e9b\u1ead\u1eaf\u0344\u0958\u09dc\u0f73\u0f77\u2126\u212a\u212b\u2adc",
    "\u0300\u0301\u0302\u0308\u030c\u0323\u0327\u0328\u0338\u0345\u034f\u0360\u0591\u05b0\u064b\u0653\u0670\u093c\u0e38\u0f71\u0f72\u0f74\u20d0\u302a\u3099\u309a\ufe20\U0001d165\U0001d16d",
    "\u1100\u1101\u1112\u115f\u1161\u1175\u11a8\u11c2\ua960\ud7b0\ud7cb가각힣한국어",
    "ﬁﬀﬃﬆ①②½Ⅷ㎏㍿ªº™ﷺﷻ𝐀𝒜𝟘ⓐＡｂ１！ｶﾞｷﾟ｡ￚ",
    "中文日本語漢字かなカナ豈更\U00020000\U0002a6d6\U0002b740\U0002b820\U0002b920\U0002f800𝄞",
    "אבגדשׁשּלעולםابجدهوزحطيكلمﻻﻵ\u0600\u0601\u06dd\u070f",
    "नमस्तेक्षत्रज्ञதமிழ்ไทยกำแพงລາວབོདမြန်မာ\u0dcf\u0dca",
    "😂👍🏽👩‍👩‍👧❤️🇬🇧🏴\U000e0067\U000e0062\U000e007f☺☹♥✨🎂©®™\u20e3",
    "▁Ġ##Ċ²Ń“”‘’–—…•·¿¡«»",
    "𐐀𐐨𞤀𞤢\U00010400\U00016ea0\U00010d50\ua7cb\ua7dcⲀꭰᲐᲀ\u1c89Ᏸᏸ",
]
WORDS = [
    *("[MASK]", "[mask]", "[NAME]", "<mask>", " <mask>", "<mask", "[UNK]", "[CLS]", "##ing", "<0x41>", "ab", "abc"),
    *("New York", "new york", "New Yorker", "ümlaut", "Ümlaut ", "U\u0308mlaut", "e\u0301", "don\u2019t", "'ſ"),
    *("the", "nurse", "wasn't", "IT'S", "3.14159", "''", "``", "happy", "素早い", "한국어", "  ", "\r\n", "\n\n"),
    *("\u0915\u094d\u0937", "\u1112\u1161\u11ab", "©\u200d☺", "©\u200da", "\u0600\u1100\u1161"),
]


def hostile(number: int, *, seed: int) -> Iterator[str]:
    """Yield strings with what tells tokenisers apart, most of them short, a few as one very long word."""
    chance = random.Random(seed)
    for place in range(number):
        yield _long(chance) if place % 1000 == 999 else _mixed(chance)


def _mixed(chance: random.Random) -> str:
    pools = chance.sample(POOLS, chance.randint(1, 4))
    return "".join(_piece(chance, pools) for _ in range(chance.choice((1, 2, 4, 8, 16, 32, 64))))


def _piece(chance: random.Random, pools: Sequence[Sequence[str]]) -> str:
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(WORDS)
    if kind < 0.2:
        return " "
    if kind < 0.3:
        return _any_char(chance)
    return chance.choice(chance.choice(pools))


def _any_char(chance: random.Random) -> str:
    """Give a character of any plane, assigned or not; halves of surrogate pairs are none."""
    code = chance.choice((0x800, 0x3000, 0x10000, 0x20000, 0x110000))
    return chr(chance.choice([c for c in (chance.randrange(code), 0xFFFD) if not 0xD800 <= c <= 0xDFFF]))


def _long(chance: random.Random) -> str:
    pool = chance.choice(POOLS)
    return "".join(chance.choice(pool) for _ in range(chance.choice((300, 2000, 20_000))))


# --- what is compared ----------------------------------------------------------------------------

# The pieces of a text: numbers, names, and the code points at which each begins and ends.
Pieces = list[list[Any]]


def pieces_of(made: Tokenizer, text: str) -> Pieces:
    """Cut a text by the library, without special tokens."""
    found = made.encode(text, add_special_tokens=False)
    starts, ends = [start for start, _ in found.offsets], [end for _, end in found.offsets]
    return [found.ids, found.tokens, starts, ends]
