"""A table of tokens as wink-nlp has it: shape, stop word, part of speech, stem, lemma and more, with offsets."""
