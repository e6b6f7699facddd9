"""The studio: the book in a browser while it is being written and styled, served to this machine alone."""
