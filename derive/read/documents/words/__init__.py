"""What the words of a text say of its quantities: samples, properties, what is set, announced or optimal."""
