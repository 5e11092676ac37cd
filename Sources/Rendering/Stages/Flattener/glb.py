# SPDX-License-Identifier: Apache-2.0
"""Writes GLB files: one buffer, meshes of triangles, materials of metal and roughness."""
import array
import json
import struct

FLOAT, UNSIGNED_INT = 5126, 5125


class Glb:
    def __init__(self):
        self.bytes = bytearray()
        self.views, self.accessors, self.meshes, self.nodes = [], [], [], []
        self.materials, self.textures, self.samplers, self.images = [], [], [], []
        self.known_images, self.known_samplers = {}, {}

    def view(self, data):
        self.bytes += b"\0" * (-len(self.bytes) % 4)
        self.views.append({"buffer": 0, "byteOffset": len(self.bytes), "byteLength": len(data)})
        self.bytes += data
        return len(self.views) - 1

    def floats(self, values, size, bounds=False):
        data = array.array("f", values)
        accessor = {
            "bufferView": self.view(data.tobytes()), "componentType": FLOAT, "count": len(data) // size,
            "type": {2: "VEC2", 3: "VEC3", 4: "VEC4"}[size],
        }
        if bounds:
            accessor["min"] = [min(data[axis::size]) for axis in range(size)]
            accessor["max"] = [max(data[axis::size]) for axis in range(size)]
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def numbers(self, values):
        data = array.array("I", values)
        self.accessors.append({
            "bufferView": self.view(data.tobytes()), "componentType": UNSIGNED_INT, "count": len(data),
            "type": "SCALAR",
        })
        return len(self.accessors) - 1

    def mesh(self, name, primitives):
        self.meshes.append({"name": name, "primitives": primitives})
        return len(self.meshes) - 1

    def node(self, name, mesh, matrix):
        rows = [matrix[row][column] for row in range(4) for column in range(4)]
        self.nodes.append({"name": name, "mesh": mesh, "matrix": rows})

    def material(self, fields):
        self.materials.append(fields)
        return len(self.materials) - 1

    def texture(self, key, data, mime, wraps):
        """A picture that is told once whatever the number of materials that show it."""
        if key not in self.known_images:
            self.known_images[key] = len(self.images)
            self.images.append({"bufferView": self.view(data), "mimeType": mime})
        if wraps not in self.known_samplers:
            self.known_samplers[wraps] = len(self.samplers)
            self.samplers.append({"wrapS": wraps[0], "wrapT": wraps[1]})
        self.textures.append({"source": self.known_images[key], "sampler": self.known_samplers[wraps]})
        return len(self.textures) - 1

    def write(self, path):
        self.bytes += b"\0" * (-len(self.bytes) % 4)
        document = {
            "asset": {"version": "2.0", "generator": "Darkroom"}, "scene": 0,
            "scenes": [{"nodes": list(range(len(self.nodes)))}], "buffers": [{"byteLength": len(self.bytes)}],
            "bufferViews": self.views, "accessors": self.accessors, "meshes": self.meshes, "nodes": self.nodes,
        }
        for name in ("materials", "textures", "samplers", "images"):
            if getattr(self, name):
                document[name] = getattr(self, name)
        text = json.dumps(document, separators=(",", ":"), allow_nan=False).encode()
        text += b" " * (-len(text) % 4)
        total = 12 + 8 + len(text) + 8 + len(self.bytes)
        if total > 0xFFFFFFFF:
            raise OverflowError("more than the 4 GiB that a GLB file can hold")
        with open(path, "wb") as file:
            file.write(struct.pack("<4sII", b"glTF", 2, total))
            file.write(struct.pack("<I4s", len(text), b"JSON") + text)
            file.write(struct.pack("<I4s", len(self.bytes), b"BIN\0"))
            file.write(self.bytes)
