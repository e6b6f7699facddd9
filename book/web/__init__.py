"""The parts of the web edition: pages in HTML, the index to search in, files on the disk."""
