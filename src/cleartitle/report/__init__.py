"""Answers for people and machines. No format fetches, judges or knows another."""
