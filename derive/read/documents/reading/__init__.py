"""Reading a document in order: each part of it is a module, and all share one ``Reading``."""
