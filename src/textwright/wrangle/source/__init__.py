"""From HTML, Markdown and broken encodings to plain text, each character with its way back.

See docs/source-html-markdown.md.
"""
