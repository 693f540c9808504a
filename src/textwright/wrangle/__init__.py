"""From raw text to clean words, with the way back."""
