"""What Tumblr's exports hold."""
