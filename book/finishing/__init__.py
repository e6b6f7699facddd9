"""A bound PDF made into what a printer or an archive takes: its colours, its standard."""
