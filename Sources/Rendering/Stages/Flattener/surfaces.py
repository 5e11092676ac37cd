# SPDX-License-Identifier: Apache-2.0
"""Materials: what UsdPreviewSurface, OmniPBR and MaterialX's standard surfaces say of metal and roughness."""
import math

from pxr import Usd, UsdShade

WRAPS = {"repeat": 10497, "mirror": 33648, "clamp": 33071, "black": 33071}
# The inputs of each kind of shader that we read, by what they mean.
NAMES = {
    "UsdPreviewSurface": {
        "color": ["diffuseColor"], "metallic": ["metallic"], "roughness": ["roughness"], "opacity": ["opacity"],
        "cutoff": ["opacityThreshold"], "emission": ["emissiveColor"],
    },
    "OmniPBR": {
        "color": ["diffuse_texture", "diffuse_color_constant"], "metallic": ["metallic_constant"],
        "roughness": ["reflection_roughness_constant"], "opacity": ["opacity_constant"], "emission": [], "cutoff": [],
    },
    "MaterialX": {
        "color": ["base_color"], "metallic": ["metalness", "base_metalness"], "roughness": ["specular_roughness"],
        "opacity": [], "emission": [], "cutoff": [],
    },
}
DEFAULTS = {
    "UsdPreviewSurface": {"color": (0.18, 0.18, 0.18), "roughness": 0.5},
    "OmniPBR": {"color": (0.2, 0.2, 0.2), "roughness": 0.5}, "MaterialX": {"color": (0.8, 0.8, 0.8), "roughness": 0.2},
}


class Surface:
    """A material of the GLB, and how its picture lies on a mesh."""

    def __init__(self, index, primvar=None, transform=None):
        self.index, self.primvar, self.transform = index, primvar, transform


class Surfaces:
    def __init__(self, glb, report, value):
        self.glb, self.report, self.value, self.known = glb, report, value, {}

    def bare(self, is_double, has_colors):
        """The surface of a mesh without a material: white under colours of its own, else light grey."""
        key = (is_double, has_colors)
        if key not in self.known:
            level = 1.0 if has_colors else 0.8
            self.known[key] = Surface(self.glb.material({
                "pbrMetallicRoughness": {
                    "baseColorFactor": [level, level, level, 1], "metallicFactor": 0, "roughnessFactor": 1,
                }, "alphaMode": "BLEND" if has_colors else "OPAQUE", "doubleSided": is_double,
            }))
        return self.known[key]

    def of(self, material, is_double):
        """The surface of a material; None when nothing of it is understood."""
        key = (shared(material), is_double)
        if key not in self.known:
            self.known[key] = self._read(material, is_double)
        return self.known[key]

    def _read(self, material, is_double):
        kind, shader = self._shader(material)
        if shader is None:
            self.report.warn(f"The material {material.GetPath()} is of a kind that is not drawn.")
            return None
        names, defaults = NAMES[kind], DEFAULTS[kind]
        color, picture = self._input(shader, names["color"], defaults["color"])
        opacity, hole = self._input(shader, names["opacity"], 1.0)
        cutoff, _ = self._input(shader, names["cutoff"], 0.0)
        metallic, metal_map = self._input(shader, names["metallic"], 0.0)
        roughness, rough_map = self._input(shader, names["roughness"], defaults["roughness"])
        emission, glow_map = self._input(shader, names["emission"], (0.0, 0.0, 0.0))
        if metal_map or rough_map or glow_map:
            self.report.warn(f"{material.GetPath()}: maps of metalness, roughness and emission are not drawn.")
        metallic, roughness = (0.0 if metal_map else metallic), (max(0.5, roughness) if rough_map else roughness)
        texture = self._texture(picture) if picture else None
        if hole and (picture is None or self._file(hole)[0] != self._file(picture)[0]):
            self.report.warn(f"{material.GetPath()}: the map of opacity is not drawn.")
            hole = None
        base = [1.0, 1.0, 1.0] if texture is not None else [float(part) for part in color]
        fields = {
            "name": material.GetPrim().GetName(), "doubleSided": is_double,
            "pbrMetallicRoughness": {
                "baseColorFactor": base + [_share(1.0 if hole else opacity)], "metallicFactor": _share(metallic),
                "roughnessFactor": _share(roughness),
            },
        }
        if cutoff > 0:
            fields.update(alphaMode="MASK", alphaCutoff=float(cutoff))
        elif hole or opacity < 1:
            fields["alphaMode"] = "BLEND"
        if not glow_map and any(emission):
            strongest = max(1.0, *emission)
            fields["emissiveFactor"] = [float(part) / strongest for part in emission]
            if strongest > 1:
                fields["extensions"] = {"KHR_materials_emissive_strength": {"emissiveStrength": float(strongest)}}
        if texture is None:
            return Surface(self.glb.material(fields))
        fields["pbrMetallicRoughness"]["baseColorTexture"] = {"index": texture}
        primvar, transform = self._placement(picture)
        return Surface(self.glb.material(fields), primvar, transform)

    def _shader(self, material):
        shader = material.ComputeSurfaceSource()[0]
        if shader and shader.GetIdAttr().Get() == "UsdPreviewSurface":
            return "UsdPreviewSurface", shader
        for context in ("mdl", "mtlx"):
            shader = material.ComputeSurfaceSource(context)[0]
            if not shader:
                continue
            if context == "mtlx" and str(shader.GetIdAttr().Get()).startswith(("ND_standard_surface", "ND_open_pbr")):
                return "MaterialX", shader
            name = shader.GetPrim().GetAttribute("info:mdl:sourceAsset:subIdentifier").Get()
            if context == "mdl" and str(name).startswith("OmniPBR"):
                return "OmniPBR", shader
        return None, None

    def _input(self, shader, names, default):
        """The value of the first input that has one, and the picture that it is taken from instead."""
        for name in names:
            node = shader.GetInput(name)
            if not node:
                continue
            for attribute in UsdShade.Utils.GetValueProducingAttributes(node):
                source = UsdShade.Shader(attribute.GetPrim())
                if UsdShade.Utils.GetType(attribute.GetName()) == UsdShade.AttributeType.Output:
                    picture = self._picture(source)
                    if picture:
                        return default, picture
                    continue
                found = self.value(attribute)
                if hasattr(found, "resolvedPath"):
                    if found.path:
                        return default, source
                elif found is not None:
                    return found, None
        return default, None

    def _picture(self, shader, depth=0):
        """The shader that reads a file, here or behind further nodes."""
        if shader.GetInput("file"):
            return shader
        for node in shader.GetInputs() if depth < 4 else []:
            for source in node.GetConnectedSources()[0]:
                found = self._picture(UsdShade.Shader(source.source.GetPrim()), depth + 1)
                if found:
                    return found
        return None

    def _file(self, picture):
        node = picture.GetInput("file") or picture.GetInput("diffuse_texture")
        for attribute in UsdShade.Utils.GetValueProducingAttributes(node):
            asset = self.value(attribute)
            if hasattr(asset, "resolvedPath"):
                return str(asset.resolvedPath), asset.path
        return "", ""

    def _texture(self, picture):
        path, name = self._file(picture)
        data = self.report.read(path, name)
        if data is None:
            return None
        mime = "image/png" if data[:4] == b"\x89PNG" else "image/jpeg" if data[:2] == b"\xff\xd8" else None
        if mime is None:
            self.report.warn(f"The picture {name} is neither PNG nor JPEG and is not drawn.")
            return None
        wraps = []
        for axis in ("wrapS", "wrapT"):
            node = picture.GetInput(axis)
            wraps.append(WRAPS.get(self.value(node.GetAttr()) if node else None, WRAPS["repeat"]))
        return self.glb.texture(path, data, mime, tuple(wraps))

    def _placement(self, picture):
        """The primvar that a picture lies by, and what is done to its values: scale, turn, shift."""
        node, transform = picture.GetInput("st"), None
        for _ in range(4):
            sources = node.GetConnectedSources()[0] if node else []
            if not sources:
                break
            shader = UsdShade.Shader(sources[0].source.GetPrim())
            kind = shader.GetIdAttr().Get() or ""
            if kind.startswith("UsdPrimvarReader"):
                name = self._input(shader, ["varname"], "st")[0]
                return str(name), transform
            if kind == "UsdTransform2d":
                scale = self._input(shader, ["scale"], (1.0, 1.0))[0]
                angle = math.radians(self._input(shader, ["rotation"], 0.0)[0])
                shift = self._input(shader, ["translation"], (0.0, 0.0))[0]
                transform = (scale, math.cos(angle), math.sin(angle), shift)
            node = shader.GetInput("in")
        return "st", transform


def shared(thing):
    """The path of a prim, the same for all instances of one prototype; empty for none."""
    prim = thing and (thing if isinstance(thing, Usd.Prim) else thing.GetPrim())
    return str((prim.GetPrimInPrototype() if prim.IsInstanceProxy() else prim).GetPath()) if prim else ""


def _share(value):
    return min(1.0, max(0.0, float(value)))
