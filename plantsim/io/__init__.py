"""The door: case files in, results out. What a user wrote is read here, with file and line, or it is refused."""

from plantsim.io.cases import read_case

__all__ = ["read_case"]
