"""Answers that are kept: the cache, and recordings that repeat a run."""
