"""python -m litbase"""

from litbase.cli import main

if __name__ == "__main__":
    main()
