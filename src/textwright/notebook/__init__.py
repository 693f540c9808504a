"""The annotation element in a notebook."""
