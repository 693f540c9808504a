"""Annotating without the web: the order of work, suggestions, several people, what their work shows."""
