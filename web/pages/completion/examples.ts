/** Beginnings to try the model on. */

export interface Beginning {
  readonly name: string;
  readonly text: string;
}

export const BEGINNINGS: readonly Beginning[] = [
  {
    name: "A loop",
    text: `def count_lines(path):
    """Return how many lines a file has."""
    count = 0
    with open(path) as file:
        for line in file:
            `,
  },
  {
    name: "A class",
    text: `class Point:
    """A point in the plane."""

    def __init__(self, x, y):
        self.x = x
        `,
  },
  {
    name: "An error",
    text: `def first(items):
    """Return the first item. Raise ValueError when there is none."""
    if not items:
        raise `,
  },
  {
    name: "Imports",
    text: `import os
import sys
import `,
  },
];
