"""Which license a text is. For now: word for word, or not known."""
