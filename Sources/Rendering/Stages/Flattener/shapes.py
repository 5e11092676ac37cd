# SPDX-License-Identifier: Apache-2.0
"""Geometry as triangles: meshes with what belongs to their corners, and the stage's simple bodies."""
import math

from pxr import Gf, Usd, UsdGeom


class Damaged(Exception):
    """A mesh whose numbers do not fit together."""


class Corners:
    """Values that belong to a mesh's faces, points or corners."""

    def __init__(self, values, indices, interpolation):
        self.values, self.indices = values, indices
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
        ring = list(range(start, start + count))
        found = [(0, 1, 2)] if count == 3 else _cut([self.points[self.indices[place]] for place in ring])
        return [(ring[c], ring[b], ring[a]) if self.flipped else (ring[a], ring[b], ring[c]) for a, b, c in found]


def _cut(points):
    """Cuts a polygon into triangles, ear by ear."""
    normal = Gf.Vec3d(0)
    for index in range(len(points)):
        normal += Gf.Cross(Gf.Vec3d(points[index - 1]), Gf.Vec3d(points[index]))

    def turn(a, b, c):
        ab, bc = Gf.Vec3d(points[b] - points[a]), Gf.Vec3d(points[c] - points[b])
        return Gf.Dot(Gf.Cross(ab, bc), normal)

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
