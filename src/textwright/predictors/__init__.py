"""Ways to answer: each module is one; none imports another."""
