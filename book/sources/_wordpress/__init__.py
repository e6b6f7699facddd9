"""What a WordPress export holds, and how WordPress reads the bodies in it."""
