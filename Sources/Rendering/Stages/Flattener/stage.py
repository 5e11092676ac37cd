# SPDX-License-Identifier: Apache-2.0
"""Turns a USD stage into one GLB file, in metres and with +Y up, and says in JSON what GLB has no words for.

usage: stage.py STAGE GLB JSON [ROOT ...]

Files are read below the ROOT folders only, when there are any. Exit codes: 0 done; 3 usd-core is missing;
4 the stage is to blame, the reason stands under "error" in the JSON file.
"""
import json
import os
import sys

try:
    from pxr import Ar, Gf, Tf, Usd, UsdGeom, UsdLux, UsdShade
except ImportError as error:
    print(f"usd-core cannot be loaded: {error}", file=sys.stderr)
    sys.exit(3)

import lights
import shapes
import surfaces
from glb import Glb

BOXED = Usd.PrimDefaultPredicate


class Unusable(Exception):
    """A stage of which there can be no picture, in words for people."""


class Report:
    """What is told besides the GLB."""

    def __init__(self, roots):
        self.roots = [os.path.realpath(root) for root in roots]
        self.warnings, self.missing = [], []

    def warn(self, sentence):
        if sentence not in self.warnings and len(self.warnings) < 100:
            self.warnings.append(sentence)

    def allows(self, path):
        # What lies inside a package has the package's path in front.
        real = os.path.realpath(Ar.SplitPackageRelativePathOuter(path)[0])
        return not self.roots or any(os.path.commonpath([real, root]) == root for root in self.roots)

    def read(self, path, name):
        """The bytes of a side file, or None when it is not to be had."""
        asset = Ar.GetResolver().OpenAsset(Ar.ResolvedPath(path)) if path and self.allows(path) else None
        if asset is None:
            if name not in self.missing:
                self.missing.append(name)
            return None
        return bytes(asset.GetBuffer()[:asset.GetSize()])


class Flattening:
    def __init__(self, stage, report):
        self.stage, self.report, self.glb = stage, report, Glb()
        self.start = Usd.TimeCode.EarliestTime()
        self.cache = UsdGeom.XformCache(self._time())
        self.surfaces = surfaces.Surfaces(self.glb, report, self.value)
        self.frame = Gf.Matrix4d().SetScale(UsdGeom.GetStageMetersPerUnit(stage))
        if UsdGeom.GetStageUpAxis(stage) == UsdGeom.Tokens.z:
            self.frame = self.frame * Gf.Matrix4d().SetRotate(Gf.Rotation(Gf.Vec3d(1, 0, 0), -90))
        self.meshes, self.lights, self.cameras, self.odd = {}, [], [], {}

    def value(self, attribute):
        """An attribute's value outside of time, or its first sample."""
        if not attribute:
            return None
        found = attribute.Get()
        return attribute.Get(self.start) if found is None else found

    def _time(self):
        """Outside of time, unless something is placed by samples alone."""
        for prim in self.stage.Traverse():
            for operation in UsdGeom.Xformable(prim).GetOrderedXformOps() if prim.IsA(UsdGeom.Xformable) else []:
                attribute = operation.GetAttr()
                if attribute.GetNumTimeSamples() and attribute.Get() is None:
                    return self.start
        return Usd.TimeCode.Default()

    def run(self):
        self.walk(self.stage.GetPseudoRoot(), self.frame, Gf.Matrix4d(1))
        for kind, count in sorted(self.odd.items()):
            self.report.warn(f"Prims of the type {kind} are not drawn ({count}).")
        if not self.glb.nodes:
            raise Unusable("it holds no surface that can be drawn")

    def walk(self, root, frame, inverse):
        """Takes in everything below a prim; `inverse` undoes the prim's own place, for prototypes."""
        prims = iter(Usd.PrimRange(root, Usd.TraverseInstanceProxies(BOXED)))
        for prim in prims:
            imageable = UsdGeom.Imageable(prim)
            if not imageable:
                continue
            if (
                self.value(imageable.GetVisibilityAttr()) == UsdGeom.Tokens.invisible
                or imageable.ComputePurpose() in (UsdGeom.Tokens.proxy, UsdGeom.Tokens.guide)
            ):
                prims.PruneChildren()
            elif prim.IsA(UsdGeom.PointInstancer):
                prims.PruneChildren()
                self.scatter(UsdGeom.PointInstancer(prim), frame, inverse)
            elif prim.HasAPI(UsdLux.LightAPI):
                self.lights.append(prim)
            elif prim.IsA(UsdGeom.Camera):
                self.cameras.append(prim)
            elif prim.IsA(UsdGeom.Gprim):
                self.place(prim, self.cache.GetLocalToWorldTransform(prim) * inverse * frame)

    def scatter(self, instancer, frame, inverse):
        time = self.cache.GetTime()
        matrices = instancer.ComputeInstanceTransformsAtTime(time, time)
        prototypes = instancer.GetPrototypesRel().GetForwardedTargets()
        numbers = self.value(instancer.GetProtoIndicesAttr()) or []
        mask = instancer.ComputeMaskAtTime(time)
        if mask:
            numbers = [number for number, shown in zip(numbers, mask) if shown]
        if len(matrices) != len(numbers):
            return self.report.warn(f"{instancer.GetPath()}: its lists differ in length; it is not drawn.")
        place = self.cache.GetLocalToWorldTransform(instancer.GetPrim()) * inverse * frame
        for matrix, number in zip(matrices, numbers):
            root = self.stage.GetPrimAtPath(prototypes[number]) if 0 <= number < len(prototypes) else None
            if root:
                # The matrix has the prototype's own place in it already.
                own = self.cache.GetLocalToWorldTransform(root).GetInverse()
                self.walk(root, matrix * place, own)

    def place(self, prim, matrix):
        pieces = self.pieces(prim)
        key = (surfaces.shared(prim), tuple(surfaces.shared(material) for material, _ in pieces))
        if key not in self.meshes:
            try:
                self.meshes[key] = self.mesh(prim, pieces)
            except shapes.Damaged as error:
                self.report.warn(f"{prim.GetPath()}: is damaged and not drawn: it has {error}.")
                self.meshes[key] = None
        if self.meshes[key] is not None:
            self.glb.node(str(prim.GetPath()), self.meshes[key], matrix)

    def pieces(self, prim):
        """The materials of a mesh, each with its faces; None for all that have no other."""
        def bound(prim):
            for purpose in (UsdShade.Tokens.preview, UsdShade.Tokens.full, UsdShade.Tokens.allPurpose):
                material = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial(purpose)[0]
                if material:
                    return material
            return None

        subsets = UsdShade.MaterialBindingAPI(prim).GetMaterialBindSubsets() if prim.IsA(UsdGeom.Mesh) else []
        return [(bound(prim), None)] + [
            (bound(subset.GetPrim()), list(self.value(subset.GetIndicesAttr()) or [])) for subset in subsets
        ]

    def mesh(self, prim, pieces):
        """The number of a mesh in the GLB, or None when it has no faces."""
        shape = shapes.mesh(prim, self.value) if prim.IsA(UsdGeom.Mesh) else shapes.body(prim, self.value)
        if shape is None:
            self.odd[prim.GetTypeName()] = self.odd.get(prim.GetTypeName(), 0) + 1
            return None
        taken = {face for _, faces in pieces if faces is not None for face in faces}
        is_double = bool(self.value(UsdGeom.Gprim(prim).GetDoubleSidedAttr()))
        primitives = []
        for material, faces in pieces:
            if faces is None:
                faces = [face for face in range(len(shape.counts)) if face not in taken]
            faces = [face for face in faces if 0 <= face < len(shape.counts)]
            primitive = self.primitive(prim, shape, faces, material, is_double)
            if primitive:
                primitives.append(primitive)
        return self.glb.mesh(prim.GetName(), primitives) if primitives else None

    def primitive(self, prim, shape, faces, material, is_double):
        corners = [(face, corner) for face in faces for cut in shape.triangles(face) for corner in cut]
        if not corners:
            return None
        surface = self.surfaces.of(material, is_double) if material else None
        colors = opacities = None
        if surface is None:
            colors = self.primvar(prim, "displayColor", 3)
            opacities = self.primvar(prim, "displayOpacity", 1)
            surface = self.surfaces.bare(is_double, colors is not None or opacities is not None)
        layers = [self.normals(prim), self.coordinates(prim, surface), colors, opacities]
        known, order, indices = {}, [], []
        for face, corner in corners:
            point = shape.indices[corner]
            key = (point,) + tuple(layer and layer.index(face, corner, point) for layer in layers)
            if key not in known:
                known[key] = len(order)
                order.append(key)
            indices.append(known[key])
        glb = self.glb
        attributes = {"POSITION": glb.floats([part for key in order for part in shape.points[key[0]]], 3, bounds=True)}
        if layers[0]:
            values = [layers[0].values[key[1]] for key in order]
            attributes["NORMAL"] = glb.floats([part for value in values for part in _unit(value)], 3)
        if layers[1]:
            values = [_placed(layers[1].values[key[2]], surface.transform) for key in order]
            attributes["TEXCOORD_0"] = glb.floats([part for u, v in values for part in (u, 1 - v)], 2)
        if colors or opacities:
            flat = []
            for key in order:
                flat += [*(colors.values[key[3]] if colors else (0.8, 0.8, 0.8))]
                flat += opacities.values[key[4]] if opacities else (1.0,)
            attributes["COLOR_0"] = glb.floats(flat, 4)
        return {"attributes": attributes, "indices": glb.numbers(indices), "material": surface.index}

    def primvar(self, prim, name, size):
        found = UsdGeom.PrimvarsAPI(prim).FindPrimvarWithInheritance(name)
        values = self.value(found.GetAttr()) if found and found.HasValue() else None
        if values is None or not hasattr(values, "__len__") or not len(values):
            return None
        if (len(values[0]) if hasattr(values[0], "__len__") else 1) != size:
            return None
        indices = self.value(found.GetIndicesAttr()) if found.IsIndexed() else None
        return shapes.Corners(values, size, indices, found.GetInterpolation())

    def normals(self, prim):
        found = self.primvar(prim, "normals", 3)
        if found or not prim.IsA(UsdGeom.Mesh):
            return found
        values = self.value(UsdGeom.Mesh(prim).GetNormalsAttr())
        return shapes.Corners(values, 3, None, UsdGeom.Mesh(prim).GetNormalsInterpolation()) if values else None

    def coordinates(self, prim, surface):
        if surface.primvar is None:
            return None
        found = self.primvar(prim, surface.primvar, 2)
        if found is None:
            for primvar in UsdGeom.PrimvarsAPI(prim).FindPrimvarsWithInheritance():
                found = found or self.primvar(prim, primvar.GetPrimvarName(), 2)
        return found

    def report_of_all(self):
        told, shown = {}, 1
        wanted = (self.stage.GetRootLayer().customLayerData.get("cameraSettings") or {}).get("boundCamera")
        chosen = [prim for prim in self.cameras if str(prim.GetPath()) == wanted] or self.cameras
        if chosen:
            told["camera"], shown = lights.camera(chosen[0], self.frame, self.cache.GetTime())
        box = UsdGeom.BBoxCache(self.cache.GetTime(), [UsdGeom.Tokens.default_, UsdGeom.Tokens.render])
        center = self.frame.Transform(box.ComputeWorldBound(self.stage.GetPseudoRoot()).ComputeCentroid())
        found = lights.lights(self.lights, self.frame, self.cache, self.value, self.report, center)
        told["lights"] = lights.exposed(found, shown, self.report)
        return dict(told, warnings=self.report.warnings, missing_files=self.report.missing)


def _unit(value):
    return Gf.Vec3f(*value).GetNormalized() if any(value) else (0.0, 0.0, 1.0)


def _placed(value, transform):
    u, v = value
    if transform is None:
        return u, v
    (width, height), cosine, sine, (right, up) = transform
    u, v = u * width, v * height
    return u * cosine - v * sine + right, u * sine + v * cosine + up


def flatten(path, glb, roots):
    report = Report(roots)
    try:
        stage = Usd.Stage.Open(path)
    except Tf.ErrorException as error:
        words = "; ".join(part.commentary for part in error.args)
        raise Unusable(" ".join(words.split()) or "it cannot be read")
    if not stage:
        raise Unusable("it cannot be read")
    for layer in stage.GetUsedLayers():
        if layer.realPath and not report.allows(layer.realPath):
            raise Unusable("it takes in a layer from outside the folders that may be read")
    for error in stage.GetCompositionErrors() if hasattr(stage, "GetCompositionErrors") else []:
        report.warn(f"The stage is not whole: {error}")
    flattening = Flattening(stage, report)
    flattening.run()
    told = flattening.report_of_all()
    flattening.glb.write(glb)
    return told


def main(path, glb, report, *roots):
    try:
        told, code = flatten(path, glb, roots), 0
    except Unusable as error:
        told, code = {"error": str(error)}, 4
    except (MemoryError, OverflowError) as error:
        told, code = {"error": f"it is too large: {error or 'no memory is left'}"}, 4
    with open(report, "w") as file:
        json.dump(told, file)
    return code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
