"""`python -m textwright` is the command `textwright`."""

from __future__ import annotations

import sys

from textwright.cli import main

if __name__ == "__main__":
    sys.exit(main())
