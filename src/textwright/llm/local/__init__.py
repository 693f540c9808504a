"""A language model in this process: llama.cpp on a file of weights."""
