"""What Substack's exports hold."""
