"""What web pages tell about the works they show."""
