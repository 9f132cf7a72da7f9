"""What a name that nothing declares must be, from how the text uses it."""
