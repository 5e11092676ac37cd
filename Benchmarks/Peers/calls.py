# SPDX-License-Identifier: Apache-2.0
"""What all modules of peers share."""

import importlib
from dataclasses import dataclass
from typing import Callable, Optional


class Absent(Exception):
    """A peer that this machine does not have."""


@dataclass
class Call:
    """A call with everything that is not to be timed already done."""

    work: float
    """Units of work of one call: bytes of raw pixels as a rule."""
    run: Callable[[], Optional[int]]
    """Makes the call; gives the bytes of the file that it makes, where it makes one."""


def need(name):
    """A module, or the reason why there is none."""
    try:
        return importlib.import_module(name)
    except Exception as error:
        raise Absent(f"the Python module {name} cannot be had: {error}") from error


def frame_path(options):
    return f"{options['work']}/frames/{options['frame']}"


def model_path(options):
    return f"{options['work']}/models/{options['model']}"


def size(options):
    width, height = options["size"].split("x")
    return int(width), int(height)


def pixels(options):
    """A frame's pixels as an array of rows, columns, channels."""
    import numpy

    image = need("PIL.Image").open(frame_path(options))
    return numpy.ascontiguousarray(numpy.asarray(image))


def file_bytes(options):
    with open(frame_path(options), "rb") as file:
        return file.read()
