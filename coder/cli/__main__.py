"""`python -m coder.cli`."""

from coder.cli import main

if __name__ == "__main__":
    main()
