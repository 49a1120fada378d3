"""Values to plain data and back, and the JSON Schema of what is printed."""
