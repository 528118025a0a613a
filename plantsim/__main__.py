"""``python -m plantsim``."""

from plantsim.cli import main

main()
