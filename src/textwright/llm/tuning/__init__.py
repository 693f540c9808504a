"""Tuning a language model at a server: the training file, its checks and cost, the jobs and a record of them.

`lessons` makes examples of annotations, which `checks` chose; `training_file` reads the file back before `submit`
hands it to a server once and keeps a `record`; `prompt_toml` writes what asks the tuned model with the very words
that it was tuned on.
"""
