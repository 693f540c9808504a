"""The experiment file: data and splits, methods, seeds, what is measured, on which runtimes."""

from __future__ import annotations
