"""The tagger of reference strings: tagged references, made-up ones, and how it is trained."""
