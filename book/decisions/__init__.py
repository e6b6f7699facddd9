"""What authors have decided about posts in `chapters/decisions.toml`: how it is read, and what it does."""
