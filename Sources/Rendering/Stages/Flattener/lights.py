# SPDX-License-Identifier: Apache-2.0
"""Cameras and lights of a stage, in the terms of Brayns' protocol."""
import math

from pxr import Gf, UsdGeom, UsdLux

# Light that falls on a surface in a well-lit picture, and in one that has light from everywhere alone.
GOOD_LIGHT, GOOD_AMBIENT = 3.0, 0.35


def camera(prim, frame, time):
    """Where a camera stands and what it sees."""
    schema = UsdGeom.Camera(prim)
    seen = schema.GetCamera(time)
    place = seen.transform * frame
    unit = frame.TransformDir(Gf.Vec3d(0, 0, 1)).GetLength()
    position, ahead = place.Transform(Gf.Vec3d(0)), place.TransformDir(Gf.Vec3d(0, 0, -1)).GetNormalized()
    reach = (seen.focusDistance or 1) * unit
    told = {
        "path": str(prim.GetPath()), "position": list(position), "target": list(position + ahead * reach),
        "up": list(place.TransformDir(Gf.Vec3d(0, 1, 0)).GetNormalized()),
        "aspect": seen.aspectRatio if seen.verticalAperture > 0 else 1,
    }
    if seen.projection == Gf.Camera.Orthographic:
        told["height"] = seen.verticalAperture * Gf.Camera.APERTURE_UNIT * unit
    else:
        told["fovy"] = seen.GetFieldOfView(Gf.Camera.FOVVertical)
    shown = schema.ComputeLinearExposureScale(time) if hasattr(schema, "ComputeLinearExposureScale") else 1
    return told, shown


def lights(prims, frame, cache, value, report, center):
    """The lights of a stage, as strong as they are there, with the light that falls on the middle of the scene."""
    found = []
    for prim in prims:
        light = _light(prim, frame, cache, value, report, center)
        if light:
            found.append(light)
    return found


def exposed(found, shown, report):
    """The lights as a camera without exposure control can show them."""
    for light, _ in found:
        light["intensity"] *= shown
    total = sum(fall for _, fall in found) * shown
    good = GOOD_LIGHT if any(light["type"] != "ambient" for light, _ in found) else GOOD_AMBIENT * math.pi
    if total > 4 * good or 0 < total < good / 8:
        for light, _ in found:
            light["intensity"] *= good / total
        report.warn(f"The stage's lights were made {good / total:.3g} times as strong, all alike, to fit the picture.")
    return [light for light, _ in found]


def _light(prim, frame, cache, value, report, center):
    api = UsdLux.LightAPI(prim)
    strength = (value(api.GetIntensityAttr()) or 0) * 2 ** (value(api.GetExposureAttr()) or 0)
    color = Gf.Vec3f(value(api.GetColorAttr()) or Gf.Vec3f(1))
    if value(api.GetEnableColorTemperatureAttr()):
        color = Gf.CompMult(color, UsdLux.BlackbodyTemperatureAsRgb(value(api.GetColorTemperatureAttr())))
    if strength <= 0 or max(color) <= 0:
        return None
    place = cache.GetLocalToWorldTransform(prim) * frame
    unit = frame.TransformDir(Gf.Vec3d(0, 0, 1)).GetLength()
    is_normal = bool(value(api.GetNormalizeAttr()))
    told = {"color": [float(part) for part in color]}

    def number(schema, name):
        return float(value(getattr(schema(prim), f"Get{name}Attr")()) or 0)

    if prim.IsA(UsdLux.DistantLight):
        angle = math.radians(min(180, max(0, number(UsdLux.DistantLight, "Angle"))))
        opening = math.pi * math.sin(angle / 2) ** 2
        fall = strength if is_normal or opening == 0 else strength * opening
        way = place.TransformDir(Gf.Vec3d(0, 0, -1)).GetNormalized()
        told.update(type="directional", direction=list(way), intensity=fall)
    elif prim.IsA(UsdLux.DomeLight) or prim.GetTypeName() == "DomeLight_1":
        if value(prim.GetAttribute("inputs:texture:file")):
            report.warn(f"{prim.GetPath()}: the picture of the dome light is not drawn; it shines in its colour.")
        told.update(type="ambient", intensity=strength)
        fall = math.pi * strength
    elif prim.IsA(UsdLux.SphereLight):
        radius = number(UsdLux.SphereLight, "Radius") * place.TransformDir(Gf.Vec3d(1, 0, 0)).GetLength()
        if value(UsdLux.SphereLight(prim).GetTreatAsPointAttr()):
            radius, power = 0, strength * unit * unit
        else:
            power = strength * unit * unit / 4 if is_normal else strength * math.pi * radius * radius
        position = place.Transform(Gf.Vec3d(0))
        told.update(type="sphere", position=list(position), radius=radius, intensity=power)
        fall = power / max((position - center).GetLength() ** 2, radius * radius, 1e-12)
    elif prim.IsA(UsdLux.RectLight) or prim.IsA(UsdLux.DiskLight):
        if prim.IsA(UsdLux.RectLight):
            width, height = number(UsdLux.RectLight, "Width"), number(UsdLux.RectLight, "Height")
        else:
            # A square of the disk's area.
            width = height = number(UsdLux.DiskLight, "Radius") * math.sqrt(math.pi)
        right, up = (place.TransformDir(axis) for axis in (Gf.Vec3d(width, 0, 0), Gf.Vec3d(0, height, 0)))
        area = Gf.Cross(right, up).GetLength()
        if area <= 0:
            return None
        radiance = strength * unit * unit / area if is_normal else strength
        middle = place.Transform(Gf.Vec3d(0))
        # It shines along its -Z, which is edge1 × edge2 in the protocol.
        told.update(
            type="quad", position=list(middle - (right + up) / 2), edge1=list(up), edge2=list(right),
            intensity=radiance)
        fall = radiance * area / max((middle - center).GetLength() ** 2, area / math.pi)
    else:
        report.warn(f"{prim.GetPath()}: lights of the type {prim.GetTypeName()} are not drawn.")
        return None
    return told, fall
