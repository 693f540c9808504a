"""The lessons: marimo notebooks in plain Python. `textwright notebook` lists them and opens one.

A lesson is a file of this folder; `textwright.notebook.frame` lists, copies, runs and exports them.
"""
