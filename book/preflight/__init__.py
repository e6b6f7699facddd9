"""What a printer looks for in a PDF before taking it: one group of rules a module.

A module has `look(pages, demands)`, which gives findings. Adding one is one new file.
"""
