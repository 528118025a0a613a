"""The numbers of the house: reads models/ once, lazily, into records. See :class:`Library`."""

from plantsim.library.library import Indicator, Level, Library, Reference, library

__all__ = ["Indicator", "Level", "Library", "Reference", "library"]
