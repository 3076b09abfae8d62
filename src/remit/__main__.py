"""``python -m remit``: the command line where scripts are not on the path."""

from remit.cli import main

if __name__ == "__main__":
    main()
