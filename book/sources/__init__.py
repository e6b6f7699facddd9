"""Importers: one module a kind of source, with `recognises(source)` and `gather(source, *, …options)`.

Modules whose names begin with an underscore are no importers: they are what importers share.
"""
