"""A derivation as a report to read: one model of what is to be said, and a writer for each format."""
