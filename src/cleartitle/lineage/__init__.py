"""From artifacts to the graph of what they were made from."""
