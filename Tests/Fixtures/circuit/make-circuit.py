#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the small SONATA circuit of the tests beside this file; needs h5py and numpy."""
import pathlib

import h5py
import numpy

HERE = pathlib.Path(__file__).parent
COUNT = 4

with h5py.File(HERE / "nodes.h5", "w") as file:
    root = file.create_group("nodes/cells")
    root["node_type_id"] = numpy.full(COUNT, -1, "i8")
    root["node_group_id"] = numpy.zeros(COUNT, "u8")
    root["node_group_index"] = numpy.arange(COUNT, dtype="u8")
    group = root.create_group("0")
    group["x"] = numpy.array([0, 100, 200, 300], "f4")
    group["y"] = numpy.array([0, 10, 20, 30], "f4")
    group["z"] = numpy.zeros(COUNT, "f4")
    # Cell 1 is turned a quarter around z.
    half = numpy.sqrt(0.5)
    for axis, values in zip("xyzw", ([0] * 4, [0] * 4, [0, half, 0, 0], [1, half, 1, 1])):
        group["orientation_" + axis] = numpy.array(values, "f4")
    text = h5py.string_dtype()
    group["morphology"] = numpy.array(["fork", "fork", "line", "fork"], dtype=object).astype(text)
    group["mtype"] = numpy.array([0, 1, 1, 0], "u4")
    group.create_dataset("@library/mtype", data=numpy.array(["L1_DAC", "L2_PC"], dtype=object), dtype=text)
    group.create_dataset("layer", data=numpy.array([b"L1", b"L2", b"L2", b"L3"], "S4"))

# Cells 2, 0 and 1, in this order: the report of a cell need not lie in the order of numbers.
sections = {2: [0, 1, 1], 0: [0, 1, 2, 2, 3], 1: [0, 1, 2, 2, 3]}
with h5py.File(HERE / "voltages.h5", "w") as file:
    root = file.create_group("report/cells")
    elements = [section for cell in (2, 0, 1) for section in sections[cell]]
    root["mapping/node_ids"] = numpy.array([2, 0, 1], "u8")
    root["mapping/index_pointers"] = numpy.array([0, 3, 8, 13], "u8")
    root["mapping/element_ids"] = numpy.array(elements, "u4")
    root["mapping/time"] = numpy.array([0.0, 0.3, 0.1])
    root["mapping/time"].attrs["units"] = numpy.bytes_("ms")
    frames = numpy.tile(numpy.array([[-80.0], [-45.0], [-10.0]], "f4"), (1, len(elements)))
    frames[1] += numpy.arange(len(elements), dtype="f4")
    root["data"] = frames

with h5py.File(HERE / "spikes.h5", "w") as file:
    root = file.create_group("spikes/cells")
    root["timestamps"] = numpy.array([5.0, 1.0, 9.0])
    root["node_ids"] = numpy.array([1, 0, 0], "u8")

with h5py.File(HERE / "fork.h5", "w") as file:
    file["points"] = numpy.array(
        [[1, 0, 0, 2], [-1, 0, 0, 2], [0, 1, 0, 2], [0, 2, 0, 2], [0, 10, 0, 2], [0, 10, 0, 2], [5, 15, 0, 1],
         [0, 10, 0, 2], [-5, 15, 0, 1]], "f8")
    file["structure"] = numpy.array([[0, 1, -1], [3, 3, 0], [5, 3, 1], [7, 2, 1]], "i4")
