"""Where artifacts come from. Only this package touches the network or the Hub's client."""
