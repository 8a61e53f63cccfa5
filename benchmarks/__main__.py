"""python -m benchmarks [first]: run a measurement and print its table.

Figures are medians of one run on one machine; what travels is the ratio to
stock Whoosh, measured in the same run on the same records and queries.
"""

import sys

from benchmarks import first

if __name__ == "__main__":
    sys.exit(first.main(sys.argv[1:]))
