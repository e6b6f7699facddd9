"""A long book bound as a set of volumes."""
