"""How pages are made: galleys in, a paged and bound PDF out."""
