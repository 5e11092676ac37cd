# SPDX-License-Identifier: Apache-2.0
"""Makes calls of Python peers as standard input asks, one JSON line each, and answers with one line each."""

import importlib
import json
import os
import sys
import time

import memory
from calls import Absent

MODULES = ["image_peers", "pixel_peers", "scene_peers"]


def find(name):
    """The function that prepares a call: `vips.encode` is vips_encode of one of the modules."""
    function = name.replace(".", "_").replace("-", "_")
    for module in MODULES:
        found = getattr(importlib.import_module(module), function, None)
        if found:
            return found
    raise ValueError(f"there is no call {name}")


def answer(question, prepared):
    ask, slot = question["ask"], question.get("slot", "")
    if ask == "describe":
        return {"versions": {"python": sys.version.split()[0]}}
    if ask == "prepare":
        prepared[slot] = find(question["call"])(question["options"])
        return {}
    if ask == "drop":
        prepared.pop(slot, None)
        return {}
    call = prepared[slot]
    if ask == "weigh":
        return memory.weigh(call.run)
    output = None
    start = time.perf_counter()
    for _ in range(question["times"]):
        output = call.run()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "work": call.work, "output": output}


def main():
    # Answers go where standard output went; what libraries print goes to standard error.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    prepared = {}
    for line in sys.stdin:
        try:
            reply = answer(json.loads(line), prepared)
        except Absent as reason:
            reply = {"absent": str(reason)}
        except Exception as error:  # every failure is the asker's to judge
            reply = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps({key: value for key, value in reply.items() if value is not None}), file=out, flush=True)


main()
