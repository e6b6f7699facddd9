"""One rule a module: what a typesetter marks when reading the pages of a finished book.

A rule has `read(book)`, which yields a `Mark` for each thing it would have otherwise; `book`
is a `_lines.Proofs`. Adding a rule is adding a module.
"""
