"""Asking a server that speaks OpenAI's protocol: addresses, keys, retries, limits, what it cannot do."""
