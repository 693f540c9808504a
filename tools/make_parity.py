"""Write the parity.json of each model folder of the packs, and what config.json states of the folder's files.

Run it after every change of what a shipped model answers, and look at the difference: `python tools/make_parity.py`.
The texts are the pack's own samples, variants of them, and the hostile ones of spec/hostile.txt.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from textwright.parity import PARITY, parity_of
from textwright.predictors.folder import facts_of
from textwright.references import open_model
from textwright.variants import varied

ROOT = Path(__file__).resolve().parent.parent
PACKS = ROOT / "src/textwright/packs"
HOSTILE = ROOT / "spec/hostile.txt"
# With the hostile texts there are then 570 or so, which the slowest model answers within seconds in a browser.
LEAST = 400


def folders() -> list[Path]:
    """List the model folders of the packs."""
    return sorted(path.parent for path in PACKS.glob("*/*/config.json"))


def texts_of(folder: Path) -> list[str]:
    """Return the texts that stand in a folder's parity.json."""
    lines = (folder.parent / "sample.jsonl").read_text(encoding="utf-8").splitlines()
    hostile = map(json.loads, HOSTILE.read_text(encoding="utf-8").splitlines())
    own = (json.loads(line)["text"] for line in lines)
    return list(dict.fromkeys([*varied(own, least=LEAST), *hostile]))


def write(folder: Path) -> int:
    """Write the file; return how many texts it holds."""
    texts = texts_of(folder)
    content = parity_of(open_model(f"{folder}/"), texts).encode()
    (folder / PARITY).write_bytes(content)
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    names = {*config.get("files", {}), PARITY}
    config["files"] = facts_of({name: (folder / name).read_bytes() for name in names})
    path.write_text(json.dumps(config, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return len(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", help="Folders to write; without one, all of the packs.")
    for folder in parser.parse_args().folders or folders():
        count = write(folder.resolve())
        print(f"{folder}: {count} texts, {(folder / PARITY).stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
