# SPDX-License-Identifier: Apache-2.0
"""Drives a backend with the Python client of Brayns, as its users do; ends with 0 when all went well.

Usage: drive_backend.py PORT MODEL.obj FOLDER
"""

import sys
import warnings
from pathlib import Path

warnings.simplefilter("ignore")

import brayns  # noqa: E402


def expect(condition, what):
    if not condition:
        raise SystemExit(f"not as expected: {what}")


def refused(code, call):
    try:
        call()
    except brayns.JsonRpcError as error:
        expect(error.code == code, f"error {code}, got {error.code}: {error.message}")
        return error
    raise SystemExit(f"error {code} was expected")


def about_the_server(instance):
    brayns.check_version(instance)
    methods = brayns.get_methods(instance)
    expect("snapshot" in methods and "render-planes" in methods, "methods")
    entrypoint = brayns.get_entrypoint(instance, "snapshot")
    expect(entrypoint.asynchronous and entrypoint.params is not None, "schema of snapshot")
    expect(len(brayns.get_entrypoints(instance)) == len(methods), "schemas of all methods")
    loaders = {loader.name: loader for loader in brayns.get_loaders(instance)}
    expect(set(loaders["mesh"].extensions) == {"obj", "ply", "stl", "off"}, "extensions of mesh")
    expect(loaders["mesh"].binary, "uploads")


def models(instance, path):
    brayns.clear_models(instance)
    loader = brayns.MeshLoader()
    (loaded,) = loader.load_models(instance, path)
    (uploaded,) = loader.upload_models(instance, "obj", Path(path).read_bytes())
    expect((loaded.id, uploaded.id) == (0, 1), "numbers of models")
    expect(loaded.type == "mesh" and loaded.bounds == uploaded.bounds, "bounds of models")
    expect(len(brayns.get_models(instance)) == 2, "models of the scene")
    brayns.remove_models(instance, [uploaded.id])
    brayns.set_model_color(instance, loaded.id, brayns.Color4(1, 0.4, 0.1))
    brayns.set_material(instance, loaded.id, brayns.PhongMaterial(opacity=1))
    expect(brayns.get_material_name(instance, loaded.id) == "phong", "material")
    transform = brayns.Transform(translation=brayns.Vector3(0, 0, 0))
    expect(brayns.update_model(instance, loaded.id, transform=transform).visible, "model is shown")
    copies = brayns.instantiate_model(instance, loaded.id, [brayns.Transform(translation=brayns.Vector3(9, 0, 0))])
    brayns.remove_models(instance, [copy.id for copy in copies])
    refused(-32602, lambda: brayns.get_model(instance, 77))
    refused(-32603, lambda: loader.load_models(instance, "/nowhere/nothing.obj"))
    return loaded


def camera_and_lights(instance):
    bounds = brayns.get_bounds(instance)
    camera = brayns.CameraController(target=bounds, aspect_ratio=4 / 3).camera
    brayns.set_camera(instance, camera)
    expect(brayns.get_camera_name(instance) == camera.name, "camera")
    expect(brayns.get_camera(instance, brayns.PerspectiveProjection).projection == camera.projection, "projection")
    brayns.add_light(instance, brayns.AmbientLight(intensity=0.5))
    brayns.add_light(instance, brayns.DirectionalLight(intensity=5, direction=camera.direction))
    return camera


def pictures(instance, camera, folder):
    renderer = brayns.InteractiveRenderer(samples_per_pixel=2)
    metadata = brayns.ImageMetadata("t", "d", "w", ["k"])
    snapshot = brayns.Snapshot(
        resolution=brayns.Resolution(320, 240), camera=camera, renderer=renderer, frame=0, metadata=metadata
    )
    steps = []
    task = snapshot.save_task(instance, str(folder / "snapshot.png"))
    for progress in task:
        steps.append(progress.operation)
    task.wait_for_result()
    expect(steps == ["Rendering snapshot ..."], f"progress {steps}")
    snapshot.save(instance, str(folder / "snapshot.jpg"))
    snapshot.save_remotely(instance, str(folder / "remote.png"))
    expect((folder / "snapshot.png").read_bytes() == (folder / "remote.png").read_bytes(), "both ways of saving")
    brayns.set_renderer(instance, renderer)
    brayns.set_resolution(instance, brayns.Resolution(160, 120))
    image = brayns.Image().save(instance, str(folder / "image.png"))
    expect(image.full_quality and len(image.data) > 100, "image")
    again = brayns.Image(force_download=False).download(instance)
    expect(again.data == b"", "nothing new")
    refused(-32603, lambda: brayns.Snapshot().save_remotely(instance, "/nowhere/a.png"))


def pick_and_planes(instance, model):
    hit = brayns.pick(instance, brayns.Vector2(0.5, 0.5))
    expect(hit is not None and hit.model_id == model.id, "pick")
    expect(brayns.pick(instance, brayns.Vector2(0, 0)) is None, "pick of nothing")
    exporter = brayns.GBufferExporter([brayns.GBufferChannel.DEPTH], resolution=brayns.Resolution(64, 64))
    expect(exporter.download(instance)[:4] == b"\x76\x2f\x31\x01", "EXR")


def cancel(instance):
    renderer = brayns.InteractiveRenderer(samples_per_pixel=4000, ambient_occlusion_samples=16)
    task = brayns.Snapshot(resolution=brayns.Resolution(1280, 720), renderer=renderer).download_task(instance)
    for _ in task:
        task.cancel()
        break
    refused(20, task.wait_for_result)
    brayns.get_version(instance)


def main(port, model_path, folder):
    with brayns.Connector(f"127.0.0.1:{port}", max_attempts=50).connect() as instance:
        about_the_server(instance)
        model = models(instance, model_path)
        camera = camera_and_lights(instance)
        pictures(instance, camera, Path(folder))
        pick_and_planes(instance, model)
        cancel(instance)
        brayns.clear_lights(instance)
        brayns.clear_models(instance)
        expect(brayns.get_models(instance) == [], "an empty scene")
        brayns.stop(instance)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
