"""EndNote's XML, read."""
