"""What the Markdown of blogs has beyond Python-Markdown's: its lists, its notes, its shorthands."""
