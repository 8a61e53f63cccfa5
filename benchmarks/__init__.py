"""What litbase costs, measured; `python -m benchmarks` prints the tables of the README."""
