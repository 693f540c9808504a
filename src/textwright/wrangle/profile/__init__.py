"""What one wants to know of texts before starting: `profile` looks at any number of them in one pass."""

from __future__ import annotations

from textwright.wrangle.profile.build import profile
from textwright.wrangle.profile.result import Profile
from textwright.wrangle.profile.values import Unread

__all__ = ["Profile", "Unread", "profile"]
