"""From terms and facts to a verdict: pure functions, three-valued throughout."""
