"""One check a module: what `book check` runs.

A check has `SUFFIXES`, the kinds of file it knows, and `check(path)`, which yields a
`Finding` for each fault of that file. A file that is not what its suffix says raises
BookError. Adding a check is adding a module.
"""
