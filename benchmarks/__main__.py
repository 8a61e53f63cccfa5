"""python -m benchmarks [speed|relevance|adding|web|cluster|plot|publish] [...]: run a measurement and print its tables.

Speed is measured where none is named.  Figures are of one run on one machine; what travels are the ratios between
engines measured in the same run on the same records and questions.
"""

import importlib
import sys

MEASUREMENTS = ("speed", "relevance", "adding", "web", "cluster", "plot", "publish")

if __name__ == "__main__":
    name, *arguments = sys.argv[1:] or ["speed"]
    if name not in MEASUREMENTS:
        name, arguments = "speed", sys.argv[1:]
    sys.exit(importlib.import_module(f"benchmarks.{name}").main(arguments))
