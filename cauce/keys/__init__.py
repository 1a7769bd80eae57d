"""Key files, sealed fields, blind indexes, pseudonyms, signatures."""
