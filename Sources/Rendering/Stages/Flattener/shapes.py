# SPDX-License-Identifier: Apache-2.0
"""Geometry as triangles: meshes with what belongs to their corners, and the stage's simple bodies."""
import array
import math

from pxr import Gf, UsdGeom


class Damaged(Exception):
    """A mesh whose numbers do not fit together."""


class Rows:
    """Vectors of one length as a flat array, which is many times faster than a list of vectors."""

    def __init__(self, values, size):
        self.size = size
        view = None if isinstance(values, (list, tuple)) or not len(values) else memoryview(values)
        if view is not None and view.format in ("f", "d") and view.nbytes == len(values) * size * view.itemsize:
            self.flat = array.array(view.format)
            self.flat.frombytes(view.tobytes())
        else:
            self.flat = array.array("d", (part for value in values for part in (value if size > 1 else (value,))))

    def __len__(self):
        return len(self.flat) // self.size

    def __getitem__(self, index):
        return self.flat[index * self.size:(index + 1) * self.size]


class Corners:
    """Values that belong to a mesh's faces, points or corners."""

    def __init__(self, values, size, indices, interpolation):
        self.values, self.indices = Rows(values, size), indices and list(indices)
        self.place = {"uniform": 0, "faceVarying": 1, "vertex": 2, "varying": 2}.get(interpolation)

    def index(self, face, corner, point):
        """Which of the values one corner has."""
        number = 0 if self.place is None else (face, corner, point)[self.place]
        if self.indices:
            if number >= len(self.indices):
                raise Damaged("a list of indices that is too short")
            number = self.indices[number]
        if not 0 <= number < len(self.values):
            raise Damaged("a list of values that is too short")
        return number


class Shape:
    """Points and faces; the corners of all faces stand one after another in `indices`."""

    def __init__(self, points, counts, indices, flipped=False, holes=()):
        points = Rows(points, 3)
        self.points, self.counts, self.indices, self.flipped = points, counts, indices, flipped
        self.holes = frozenset(holes)
        if any(count < 0 for count in counts) or sum(counts) != len(indices):
            raise Damaged("faces that name another number of corners than there are")
        if any(not 0 <= index < len(points) for index in indices):
            raise Damaged("faces of points that are not there")
        self.starts, start = [], 0
        for count in counts:
            self.starts.append(start)
            start += count

    def triangles(self, face):
        """The corners of a face's triangles, as places in `indices`."""
        start, count = self.starts[face], self.counts[face]
        if count < 3 or face in self.holes:
            return []
        found = [(0, 1, 2)]
        if count > 3:
            points = [self.points[place] for place in self.indices[start:start + count]]
            found = _halves(points) if count == 4 else _cut([Gf.Vec3d(*point) for point in points])
        if self.flipped:
            found = [(c, b, a) for a, b, c in found]
        return [(start + a, start + b, start + c) for a, b, c in found]


def _halves(points):
    """Cuts a quadrilateral along the diagonal that lies within it."""
    (ax, ay, az), (bx, by, bz), (cx, cy, cz), (dx, dy, dz) = points
    ux, uy, uz, vx, vy, vz = bx - ax, by - ay, bz - az, cx - ax, cy - ay, cz - az
    wx, wy, wz = dx - ax, dy - ay, dz - az
    first = (uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
    second = (vy * wz - vz * wy, vz * wx - vx * wz, vx * wy - vy * wx)
    if first[0] * second[0] + first[1] * second[1] + first[2] * second[2] >= 0:
        return [(0, 1, 2), (0, 2, 3)]
    return [(0, 1, 3), (1, 2, 3)]


def _cut(points):
    """Cuts a polygon into triangles, ear by ear."""
    normal = Gf.Vec3d(0)
    for index in range(len(points)):
        normal += Gf.Cross(points[index - 1], points[index])

    def turn(a, b, c):
        return Gf.Dot(Gf.Cross(points[b] - points[a], points[c] - points[b]), normal)

    ring, found = list(range(len(points))), []
    while len(ring) > 3:
        for place in range(len(ring)):
            a, b, c = ring[place - 1], ring[place], ring[(place + 1) % len(ring)]
            inside = (p for p in ring if p not in (a, b, c))
            if turn(a, b, c) > 0 and not any(
                turn(a, b, p) >= 0 and turn(b, c, p) >= 0 and turn(c, a, p) >= 0 for p in inside
            ):
                break
        else:
            place, (a, b, c) = 1, ring[:3]
        found.append((a, b, c))
        del ring[place]
    return found + [tuple(ring)]


def mesh(prim, value):
    """The shape of a mesh."""
    mesh = UsdGeom.Mesh(prim)
    return Shape(
        value(mesh.GetPointsAttr()) or [], list(value(mesh.GetFaceVertexCountsAttr()) or []),
        list(value(mesh.GetFaceVertexIndicesAttr()) or []),
        value(mesh.GetOrientationAttr()) == UsdGeom.Tokens.leftHanded, value(mesh.GetHoleIndicesAttr()) or ())


def body(prim, value):
    """The shape of a cube, sphere, cylinder, cone, capsule or plane; None for what is no such body."""
    def of(schema, *names):
        return [value(getattr(schema(prim), f"Get{name}Attr")()) for name in names]

    if prim.IsA(UsdGeom.Cube):
        half = of(UsdGeom.Cube, "Size")[0] / 2
        points = [Gf.Vec3f(*(half if corner >> axis & 1 else -half for axis in range(3))) for corner in range(8)]
        faces = [(0, 2, 3, 1), (4, 5, 7, 6), (0, 1, 5, 4), (2, 6, 7, 3), (0, 4, 6, 2), (1, 3, 7, 5)]
        return Shape(points, [4] * 6, [point for face in faces for point in face])
    if prim.IsA(UsdGeom.Plane):
        width, length, axis = of(UsdGeom.Plane, "Width", "Length", "Axis")
        corners = [(-width, -length), (width, -length), (width, length), (-width, length)]
        return Shape([_turned(x / 2, y / 2, 0, axis) for x, y in corners], [4], [0, 1, 2, 3])
    if prim.IsA(UsdGeom.Sphere):
        radius = of(UsdGeom.Sphere, "Radius")[0]
        return _lathe([(radius * math.sin(a), -radius * math.cos(a)) for a in _arc(0, math.pi, 24)], "Z")
    if prim.IsA(UsdGeom.Cylinder):
        radius, height, axis = of(UsdGeom.Cylinder, "Radius", "Height", "Axis")
        return _lathe([(0, -height / 2), (radius, -height / 2), (radius, height / 2), (0, height / 2)], axis)
    if prim.IsA(UsdGeom.Cone):
        radius, height, axis = of(UsdGeom.Cone, "Radius", "Height", "Axis")
        return _lathe([(0, -height / 2), (radius, -height / 2), (0, height / 2)], axis)
    if prim.IsA(UsdGeom.Capsule):
        radius, height, axis = of(UsdGeom.Capsule, "Radius", "Height", "Axis")
        ends = [(radius * math.sin(a), -radius * math.cos(a)) for a in _arc(0, math.pi / 2, 12)]
        line = [(r, z - height / 2) for r, z in ends] + [(r, height / 2 - z) for r, z in reversed(ends)]
        return _lathe(line, axis)
    return None


def _arc(start, end, steps):
    return [start + (end - start) * step / steps for step in range(steps + 1)]


def _turned(x, y, z, axis):
    return {"X": Gf.Vec3f(z, x, y), "Y": Gf.Vec3f(y, z, x)}.get(axis, Gf.Vec3f(x, y, z))


def _lathe(line, axis, sides=48):
    """A line of radius and height, turned about an axis."""
    points, counts, indices = [], [], []
    for radius, height in line:
        for side in range(sides):
            angle = 2 * math.pi * side / sides
            points.append(_turned(radius * math.cos(angle), radius * math.sin(angle), height, axis))
    for row in range(len(line) - 1):
        for side in range(sides):
            other = (side + 1) % sides
            ring = [(row, side), (row, other), (row + 1, other), (row + 1, side)]
            if line[row][0] < 1e-12:
                ring = [ring[0], ring[2], ring[3]]
            elif line[row + 1][0] < 1e-12:
                ring = ring[:3]
            counts.append(len(ring))
            indices += [r * sides + s for r, s in ring]
    return Shape(points, counts, indices)
