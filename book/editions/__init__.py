"""Edition formats, one a module."""
