"""The words of cleartitle: frozen values that every other part speaks in."""
