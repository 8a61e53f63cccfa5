"""One module for each place references come from; each reads one layout and claims no other."""
