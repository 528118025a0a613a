"""What is done with models: rows, chunks, evaluation, levels, money, ranking, and the road of one number."""
