"""What a page of a blog tells, and where on it the post stands."""
