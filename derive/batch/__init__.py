"""Documents by the thousand: records in, answers out, in order."""
