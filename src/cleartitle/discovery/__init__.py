"""Finding the models that a project uses: in code, configurations, commands, notebooks and caches.

One module for each kind of place; what a call, a key or a command means is data beside it (``*.toml``). Nothing is
executed, nothing is fetched; all input is hostile, and what could not be read is said.
"""
