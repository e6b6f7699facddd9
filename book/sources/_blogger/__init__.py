"""What Blogger's two exports hold: the backup of old, and what Google Takeout gives."""
