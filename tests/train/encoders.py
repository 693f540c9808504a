"""Encoders of five families with tiny random weights, and their tokenisers, written as transformers writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch
import transformers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

SPECIAL = {"pad_token": "[PAD]", "unk_token": "[UNK]", "cls_token": "[CLS]", "sep_token": "[SEP]"}
SIZES = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}


def word_pieces(texts: Sequence[str]) -> Tokenizer:
    made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    made.normalizer = normalizers.BertNormalizer()
    made.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    made.decoder = decoders.WordPiece()
    return taught(made, trainers.WordPieceTrainer(vocab_size=200, special_tokens=[*SPECIAL.values()]), texts)


def byte_pieces(texts: Sequence[str]) -> Tokenizer:
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    kind = trainers.BpeTrainer(vocab_size=400, special_tokens=[*SPECIAL.values()], initial_alphabet=alphabet)
    return taught(made, kind, texts)


def unigram_pieces(texts: Sequence[str]) -> Tokenizer:
    made = Tokenizer(models.Unigram())
    made.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    kind = trainers.UnigramTrainer(vocab_size=120, special_tokens=[*SPECIAL.values()], unk_token="[UNK]")
    return taught(made, kind, texts)


def taught(made: Tokenizer, kind: Any, texts: Sequence[str]) -> Tokenizer:
    made.train_from_iterator(texts, kind)
    pair = [("[CLS]", made.token_to_id("[CLS]")), ("[SEP]", made.token_to_id("[SEP]"))]
    made.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=pair)
    return made


def bert(pieces: int) -> Any:
    return transformers.BertModel(transformers.BertConfig(vocab_size=pieces, **SIZES))


def distilbert(pieces: int) -> Any:
    sizes = {"dim": 16, "n_layers": 2, "n_heads": 2, "hidden_dim": 32}
    return transformers.DistilBertModel(transformers.DistilBertConfig(vocab_size=pieces, pad_token_id=0, **sizes))


def roberta(pieces: int) -> Any:
    own = {"max_position_embeddings": 130, "pad_token_id": 0, "type_vocab_size": 1}
    return transformers.RobertaModel(transformers.RobertaConfig(vocab_size=pieces, **own, **SIZES))


def xlm_roberta(pieces: int) -> Any:
    own = {"max_position_embeddings": 130, "pad_token_id": 0, "type_vocab_size": 1}
    return transformers.XLMRobertaModel(transformers.XLMRobertaConfig(vocab_size=pieces, **own, **SIZES))


def electra(pieces: int) -> Any:
    return transformers.ElectraModel(transformers.ElectraConfig(vocab_size=pieces, embedding_size=8, **SIZES))


def mpnet(pieces: int) -> Any:
    return transformers.MPNetModel(transformers.MPNetConfig(vocab_size=pieces, pad_token_id=0, **SIZES))


def albert(pieces: int) -> Any:
    return transformers.AlbertModel(transformers.AlbertConfig(vocab_size=pieces, embedding_size=8, **SIZES))


def deberta(pieces: int) -> Any:
    own = {"relative_attention": True, "pos_att_type": ["p2c", "c2p"], "position_buckets": 16, "type_vocab_size": 0}
    return transformers.DebertaV2Model(transformers.DebertaV2Config(vocab_size=pieces, **own, **SIZES))


def modernbert(pieces: int) -> Any:
    own = {"pad_token_id": 0, "cls_token_id": 2, "sep_token_id": 3, "bos_token_id": 2, "eos_token_id": 3}
    config = transformers.ModernBertConfig(vocab_size=pieces, **own, **SIZES)
    return transformers.ModernBertModel(config)


Cutter = Callable[[Sequence[str]], Tokenizer]
FAMILIES: dict[str, tuple[Callable[[int], Any], Cutter]] = {
    "bert": (bert, word_pieces),
    "distilbert": (distilbert, word_pieces),
    "roberta": (roberta, byte_pieces),
    "xlm_roberta": (xlm_roberta, unigram_pieces),
    "electra": (electra, word_pieces),
    "mpnet": (mpnet, word_pieces),
    "albert": (albert, unigram_pieces),
    "deberta": (deberta, unigram_pieces),
    "modernbert": (modernbert, byte_pieces),
}


def written(family: str, folder: Path, texts: Sequence[str]) -> Path:
    """Write an encoder of a family that knows the pieces of the texts."""
    network, cutter = FAMILIES[family]
    torch.manual_seed(0)
    made = cutter(texts)
    PreTrainedTokenizerFast(tokenizer_object=made, **SPECIAL).save_pretrained(folder)
    network(made.get_vocab_size()).save_pretrained(folder)
    return folder
