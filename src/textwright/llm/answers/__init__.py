"""What came back, read without guessing: JSON mended, shapes fitted, probabilities of its parts."""
