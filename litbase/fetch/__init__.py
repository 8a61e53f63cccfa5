"""Fetching: the one door to the network; addresses are checked, everything is bounded, and failure is a value.

`values` says what is asked and what comes back, `addresses` where nothing is ever fetched from, `visit` makes one
exchange with one host, and `get` follows redirects, waits and tries again.
"""
