"""Indexes: where terms, tags and marks stand in the book, sorted as its language sorts."""
