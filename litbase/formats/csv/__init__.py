"""Tables: CSV, TSV and their kin, read and written."""
