"""Tuning a language model at a server: the training file, its checks and cost, the jobs and a record of them.

`tuning_file` makes the file of annotations, `submit` hands it to a server once and keeps a record,
`prompt_file` writes what asks the tuned model with the very words that it was tuned on.
"""
