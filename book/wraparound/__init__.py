"""The cover of a printed book, back, spine and front on one sheet: where things are, and how they look."""
