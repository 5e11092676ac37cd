# SPDX-License-Identifier: Apache-2.0
"""Models to pictures: VTK and Mitsuba."""

import glob
import os
import re

from calls import Absent, Call, model_path, need, size


def vtk_thumbnail(options):
    vtk = need("vtk")
    path, (width, height) = model_path(options), size(options)
    window = vtk.vtkRenderWindow()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(0)
    window.SetSize(width, height)

    def run():
        reader = vtk.vtkPLYReader()
        reader.SetFileName(path)
        mapper = vtk.vtkPolyDataMapper()
        mapper.SetInputConnection(reader.GetOutputPort())
        actor = vtk.vtkActor()
        actor.SetMapper(mapper)
        renderer = vtk.vtkRenderer()
        renderer.AddActor(actor)
        window.AddRenderer(renderer)
        renderer.ResetCamera()
        window.Render()
        shot = vtk.vtkWindowToImageFilter()
        shot.SetInput(window)
        writer = vtk.vtkPNGWriter()
        writer.SetInputConnection(shot.GetOutputPort())
        writer.WriteToMemoryOn()
        writer.Write()
        window.RemoveRenderer(renderer)
        return writer.GetResult().GetNumberOfValues()

    return Call(1, run)


def newest_llvm():
    """The newest LLVM at hand: older ones have no code for some of the vectors that Mitsuba asks for."""
    versions = {}
    for path in glob.glob("/usr/lib/*/libLLVM*.so*"):
        number = re.search(r"\d+", os.path.basename(path))
        if number:
            versions[int(number.group())] = path
    return versions[max(versions)] if versions else None


def mitsuba_path(options):
    llvm = newest_llvm()
    if llvm:
        os.environ.setdefault("DRJIT_LIBLLVM_PATH", llvm)
    mitsuba = need("mitsuba")
    try:
        mitsuba.set_variant(options["variant"])
    except Exception as error:
        raise Absent(f"Mitsuba's variant {options['variant']} does not start: {error}") from error
    import numpy

    width, height = size(options)
    samples = int(options["samples"])
    scene = mitsuba.load_dict(path_scene(mitsuba, options, width, height))

    def run():
        # The process may have been given another variant's call since.
        mitsuba.set_variant(options["variant"])
        numpy.array(mitsuba.render(scene, spp=samples))

    return Call(width * height * samples, run)


def path_scene(mitsuba, options, width, height):
    """The scene that our own worker draws: knot, floor, a light overhead, an even sky."""
    from mitsuba import ScalarTransform4f as T

    def matte(red, green, blue):
        return {"type": "diffuse", "reflectance": {"type": "rgb", "value": [red, green, blue]}}

    folder = f"{options['work']}/models"
    return {
        "type": "scene",
        "integrator": {"type": "path", "max_depth": 6, "rr_depth": 100},
        "sensor": {
            "type": "perspective",
            "fov": 45,
            "fov_axis": "y",
            "to_world": T().look_at(origin=[0, 4, 11], target=[0, 0, 0], up=[0, 1, 0]),
            "film": {"type": "hdrfilm", "width": width, "height": height, "rfilter": {"type": "box"}},
            "sampler": {"type": "independent"},
        },
        "sky": {"type": "constant", "radiance": {"type": "rgb", "value": 0.5}},
        "light": {
            "type": "rectangle",
            "to_world": T().translate([0, 6, 0]) @ T().rotate([1, 0, 0], 90) @ T().scale(2),
            "emitter": {"type": "area", "radiance": {"type": "rgb", "value": 10.0}},
        },
        "knot": {"type": "ply", "filename": model_path(options), "bsdf": matte(0.8, 0.5, 0.3)},
        "floor": {"type": "ply", "filename": f"{folder}/floor.ply", "bsdf": matte(0.8, 0.8, 0.8)},
    }
