"""How a text dump is read: its lines, its days, its posts, and what is no part of them."""
