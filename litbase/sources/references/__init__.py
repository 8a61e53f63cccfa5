"""References in running text: a list cut into single ones, and each read, by rules and by a tagger."""
