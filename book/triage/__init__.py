"""What an author may want to look at first, among the posts that were gathered."""
