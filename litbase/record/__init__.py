"""The ground floor: what a reference is, without files, databases or the web."""
