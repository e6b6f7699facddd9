"""The tags of websites' generators in Markdown: what each means for a text that is read as a book."""
