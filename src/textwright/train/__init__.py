"""Recipes that learn a predictor from examples. torch is needed here and nowhere else."""
