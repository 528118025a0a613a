"""What a result was made from: enough to make the same bytes again."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import plantsim
from plantsim.library import Library
from plantsim.vocabulary.case import Case


def run_manifest(case: Case, lib: Library, draws: int = 0) -> dict[str, Any]:
    """Return versions, CPU target, input and library hashes, price decks and conventions of a run.

    draws: of the uncertain inputs.

    Same manifest, same bytes. No time of day, host or user stands in it.
    """
    from plantsim._jit import versions

    return {
        "plantsim": plantsim.__version__,
        **versions(),
        "schema": case.schema,
        "case": dict(case.name),
        "date": case.date,
        "price_deck": case.price_deck,
        "decks": list(case.decks),
        "accounting": dict(case.accounting),
        "models_version": lib.version,
        "library_sha256": lib.digest(),
        "files": [{"path": path, "sha256": digest} for path, digest in case.files],
        "seed": case.seed,
        "draws": draws,
    }


@cache
def code_sha256() -> str:
    """Return the SHA-256 of this installation's own code, names included: the version number says less."""
    folder, digest = Path(plantsim.__file__).parent, hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".py", ".csv", ".toml"}):
        name = path.relative_to(folder).as_posix()
        if not name.startswith("_models/"):  # the library has a hash of its own
            digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
