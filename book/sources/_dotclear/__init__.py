"""What Dotclear's exports hold: tables of its database."""
