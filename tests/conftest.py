"""Shared by all tests: the helpers beside this file can be imported by name."""
