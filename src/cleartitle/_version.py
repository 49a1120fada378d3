"""The one place that holds the versions."""

__version__ = "0.1.0"
SCHEMA_VERSION = 1
"""Raised when a field of the JSON changes its meaning or goes away; new fields do not raise it."""
