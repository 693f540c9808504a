"""What asking costs: tokens, prices, and budgets that are never exceeded."""
