"""Closed vocabularies and the normal form they give a record."""
