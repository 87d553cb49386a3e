"""What a comparison works out beside its runs: intervals, how many runs are needed, Shapley values."""
