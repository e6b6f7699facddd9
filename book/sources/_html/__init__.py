"""From HTML to Markdown: parse, tidy to a normal form, write.

The normal form (`nodes`) is what both an author's HTML and our own rendered Markdown are brought to, so
that the two can be compared.
"""
