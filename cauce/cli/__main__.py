"""``python -m cauce.cli`` is the same as ``cauce``."""

from cauce.cli.main import main

main()
