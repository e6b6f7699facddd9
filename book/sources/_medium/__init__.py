"""What Medium's exports hold."""
