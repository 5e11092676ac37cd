// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let thumbnails = [
        Benchmark(
            "thumbnail-of-png", "a 1080p PNG file to a 256x144 PNG file, everything",
            ours: Call(.one, "thumbnail"),
            peers: [
                Benchmark.Peer("libvips", Call(.python, "vips.thumbnail")),
                Benchmark.Peer("vipsthumbnail", Call(.one, "vipsthumbnail")),
                Benchmark.Peer("Pillow", Call(.python, "pillow.thumbnail")),
                Benchmark.Peer("pillow-simd", Call(.simd, "pillow.thumbnail")),
                Benchmark.Peer("OpenCV", Call(.python, "opencv.thumbnail")),
            ], inputs: frames(opaqueKinds, channels: "rgb"), weighs: true)
    ]

    static let rays: [Benchmark] =
        [
            Benchmark(
                "rays-primary", "1920x1080 primary rays at a million triangles, ours with shading and a picture",
                ours: Call(.two, "rays.primary"), peers: [Benchmark.Peer("Embree", Call(.two, "embree.primary"))],
                inputs: [Benchmark.Input("1M triangles", ["model": "knot-1m.ply", "size": "1920x1080"])]),
            Benchmark(
                "rays-path", "path tracing to depth 6: knot, floor, area light, sky; samples a second on two threads",
                ours: Call(.two, "rays.path"),
                peers: [
                    Benchmark.Peer("Mitsuba llvm", Call(.python, "mitsuba.path", ["variant": "llvm_ad_rgb"])),
                    Benchmark.Peer("Mitsuba scalar", Call(.python, "mitsuba.path", ["variant": "scalar_rgb"])),
                ],
                inputs: [Benchmark.Input("1M triangles", ["model": "knot-1m.ply", "size": "960x540", "samples": "4"])]),
        ] + ["10k", "200k", "2m"].flatMap { [warm($0), fresh($0)] } + [picture]

    /// What a resident renderer takes for a whole screen.
    private static let picture = Benchmark(
        "model-warm-1080p", "PLY file to 1920x1080 PNG in a warm process, one sample a pixel, ours with shadows",
        ours: Call(.two, "model.thumbnail"), peers: [Benchmark.Peer("VTK", Call(.python, "vtk.thumbnail"))],
        inputs: [Benchmark.Input("10k", ["model": "knot-10k.ply", "size": "1920x1080", "samples": "1"])])

    /// A model file to a small picture in a process that has done it before.
    private static func warm(_ triangles: String) -> Benchmark {
        Benchmark(
            "model-warm-\(triangles)", "PLY file to 256x256 PNG in a warm process; VTK without shadows or antialiasing",
            ours: Call(.two, "model.thumbnail"), peers: [Benchmark.Peer("VTK", Call(.python, "vtk.thumbnail"))],
            inputs: [Benchmark.Input(triangles, ["model": "knot-\(triangles).ply", "size": "256x256"])], weighs: true)
    }

    /// The same by a program that starts for this one file.
    private static func fresh(_ triangles: String) -> Benchmark {
        Benchmark(
            "model-fresh-\(triangles)", "PLY file to 256x256 PNG file, process start included",
            ours: Call(.two, "program", ["program": "darkroom"]),
            peers: [
                Benchmark.Peer("f3d", Call(.two, "program", ["program": "f3d"])),
                Benchmark.Peer("libf3d", Call(.two, "program", ["program": "libf3d"])),
            ],
            inputs: [Benchmark.Input(triangles, ["model": "knot-\(triangles).ply", "size": "256x256"])])
    }
}
