"""Models over HTTP, with the playground page. See docs/http.md."""
