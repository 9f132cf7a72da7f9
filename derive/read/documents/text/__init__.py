"""The text of a document: files, macros, which part is mathematics, what it states, what prose says."""
