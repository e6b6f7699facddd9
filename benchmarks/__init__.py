"""How long building takes, and with how much memory: `make bench`."""
