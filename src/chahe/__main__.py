"""`python -m chahe` is `chahe`."""

from chahe.cli.main import main

main()
