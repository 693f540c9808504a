"""Texts in, spans and categories out, by any method, all judged on the same held-out texts."""
