"""What a text defines: names, families, recurrences, random quantities."""
