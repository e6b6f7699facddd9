"""What Ghost's exports hold: tables, and texts as its editors wrote them."""
