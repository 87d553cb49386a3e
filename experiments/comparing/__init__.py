"""What a comparison works out of its runs: intervals, precision, what each channel adds."""
