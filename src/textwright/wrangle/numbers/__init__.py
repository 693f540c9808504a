"""From text to numbers: counts, vectors, what is similar, what is double, what belongs together."""
