"""The door: case files in, results out. What a user wrote is read with file and line, or refused."""

from plantsim.io.cases import read_case

__all__ = ["read_case"]
