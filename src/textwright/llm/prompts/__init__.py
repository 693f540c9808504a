"""What is asked: templates, their variables, the examples that are shown, the shape of the answer."""
