"""Cut a text into tokens with their places: words by Unicode's rules, simple words as in Keras, a model's subwords."""
