"""Tables of any size through a model, by Daft: on one machine, or on a Ray cluster."""

from __future__ import annotations
