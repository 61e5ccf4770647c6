"""The project's own data files, data/*.json: what the independent fits start from, as the program does."""

import hashlib
import json
import os
import struct

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "data")


def load(name):
    with open(os.path.join(ROOT, f"{name}.json"), encoding="utf-8") as handle:
        return json.load(handle)


READ = {
    "csi": "exposure bins observed antiCoincidence steadyStateDecay neutronBins brn nin response",
    "lar": "exposure bins observed ssb promptBrn delayedBrn cevns shapes response",
    "ge": "exposure bins onBeam offBeam timeProjection response",
}


def numbers(value):
    """All numbers below a JSON value: lists in their order, objects in the order of their sorted keys."""
    if isinstance(value, dict):
        return [x for k in sorted(value) for x in numbers(value[k])]
    if isinstance(value, list):
        return [x for v in value for x in numbers(v)]
    return [float(value)]


def digest(name):
    """What of a data file the fits read, and the SHA-256 of its numbers as little-endian float64."""
    content = load(name)
    keys = READ[name].split()
    values = [x for k in keys for x in numbers(content[k])]
    return {"keys": keys, "sha256": hashlib.sha256(struct.pack(f"<{len(values)}d", *values)).hexdigest()}


def flat(rows):
    """Nested lists in the order of their bins."""
    return [x for row in rows for x in flat(row)] if isinstance(rows, list) else [rows]
