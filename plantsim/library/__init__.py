"""The numbers of the house: reads models/ once, lazily, into records. See :class:`Library`."""

from plantsim.library.library import Level, Library, Reference, library

__all__ = ["Level", "Library", "Reference", "library"]
