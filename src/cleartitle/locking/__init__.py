"""Locking what was approved, and finding what is no longer so: pure functions over checks and locks.

`record` makes the lock, `file` reads and writes it, `compare` finds what differs, `verify` makes findings of it.
"""
