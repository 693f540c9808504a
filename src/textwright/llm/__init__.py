"""Language models: templates, the client, the embedded model, answers, the cache, tuning elsewhere.

A `Prompt` makes messages of a text; a `Completer` answers a `Request`; `ask` puts the two together,
reads and checks the answer and gives a `Reply`. Everything that may stand between the two, such as
a cache, a budget or a recording, is a `Completer` around another.
"""
