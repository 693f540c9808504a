"""Experiments: every method on the same held-out texts, in one table that says what a decision needs.

An experiment is a TOML file (`file`); its methods are fitted (`methods`) and judged (`measure`), each
once; `runs` keeps what came of it, and `table` and `advice` say what it means.
"""
