"""What feeds hold, of whichever kind."""
