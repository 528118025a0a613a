"""plantsim: what a retrofit really saves at an industrial plant. See plantsim.api for notebooks."""

__version__ = "0.1.0"
