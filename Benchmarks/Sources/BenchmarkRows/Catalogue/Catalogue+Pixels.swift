// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let jpeg: [Benchmark] = ["encode", "decode"].map { way in
        Benchmark(
            "jpeg-\(way)", "1080p RGB, quality 90, 4:2:0",
            ours: Call(.one, "jpeg.\(way)"),
            peers: [
                Benchmark.Peer("libjpeg-turbo", Call(.one, "turbojpeg.\(way)")),
                Benchmark.Peer("OpenCV", Call(.python, "opencv.jpeg.\(way)")),
                Benchmark.Peer("Pillow", Call(.python, "pillow.jpeg.\(way)")),
            ], inputs: frames(opaqueKinds, channels: "rgb"))
    }

    static let resize: [Benchmark] = [
        resize("gamma", "4k", to: "512x288"), resize("gamma", "1080p", to: "256x144"),
        resize("linear", "4k", to: "512x288"), resize("linear", "1080p", to: "256x144"),
    ]

    private static func resize(_ space: String, _ size: String, to target: String) -> Benchmark {
        let linear = ["space": space]
        var peers = [Benchmark.Peer("libvips thumbnail", Call(.python, "vips.resize", linear))]
        if space == "gamma" {
            peers += [
                Benchmark.Peer("Pillow", Call(.python, "pillow.resize")),
                Benchmark.Peer("pillow-simd", Call(.simd, "pillow.resize")),
            ]
        }
        peers += [
            Benchmark.Peer(
                "stb_image_resize", Call(.one, "stb.resize", ["library": "stb_image_resize", "space": space])),
            Benchmark.Peer(
                "stb_image_resize2", Call(.one, "stb.resize", ["library": "stb_image_resize2", "space": space])),
        ]
        let inputs = frames(["path", "alpha"], size: size).map { input in
            Benchmark.Input(input.name, input.options.merging(["size": target]) { old, _ in old })
        }
        return Benchmark(
            "resize-\(space)-\(size)", "Lanczos3, premultiplied, to \(target)",
            ours: Call(.one, "resize", linear), peers: peers, inputs: inputs, weighs: true)
    }

    static let pixels: [Benchmark] = [
        pass(
            "premultiply",
            [
                Benchmark.Peer("OpenCV", Call(.python, "opencv.premultiply")),
                Benchmark.Peer("Pillow", Call(.python, "pillow.premultiply")),
            ]),
        pass("drop-alpha", [Benchmark.Peer("OpenCV", Call(.python, "opencv.drop-alpha"))]),
        over("", ["space": "gamma", "alpha": "premultiplied"], []),
        over("-straight", ["space": "gamma"], [Benchmark.Peer("Pillow", Call(.python, "pillow.over"))]),
        over("-linear", ["space": "linear"], []),
        toneMap(
            "", on: .one, size: "1920x1080",
            [
                Benchmark.Peer("memcpy", Call(.one, "memcpy", ["bytes": "20"])),
                Benchmark.Peer("numpy", Call(.python, "numpy.tone-map")),
                Benchmark.Peer("OpenCV", Call(.python, "opencv.tone-map")),
            ]),
        toneMap(
            "-2-threads", on: .two, size: "3840x2160",
            [
                Benchmark.Peer("darkroom, 1 thread", Call(.one, "tone-map"))
            ]),
    ]

    /// One pass over a 4K picture, held against the machine's own copying of as many bytes.
    private static func pass(_ name: String, _ rivals: [Benchmark.Peer]) -> Benchmark {
        Benchmark(
            "pixels-\(name)", "8-bit RGBA, 4K, bytes read and written", ours: Call(.one, name),
            peers: [Benchmark.Peer("memcpy", Call(.one, "memcpy", ["size": "3840x2160", "bytes": "8"]))] + rivals,
            inputs: frames(["alpha"], size: "4k"))
    }

    /// A 4K frame over an opaque one: as it is, nearly all of it opaque or clear, and half clear everywhere.
    private static func over(
        _ variant: String, _ options: [String: String], _ rivals: [Benchmark.Peer]
    ) -> Benchmark {
        let frame = frames(["alpha"], size: "4k")
        let half = frame.map { Benchmark.Input("half", $0.options.merging(["cover": "128"]) { $1 }) }
        return Benchmark(
            "pixels-over\(variant)", "8-bit RGBA over an opaque picture, 4K, bytes read and written",
            ours: Call(.one, "over", options),
            peers: [Benchmark.Peer("memcpy", Call(.one, "memcpy", ["size": "3840x2160", "bytes": "8"]))] + rivals,
            inputs: frame + half)
    }

    private static func toneMap(
        _ variant: String, on worker: Worker, size: String, _ peers: [Benchmark.Peer]
    ) -> Benchmark {
        Benchmark(
            "tone-map\(variant)", "linear float to filmic to 8-bit sRGB, bytes read and written",
            ours: Call(worker, "tone-map"), peers: peers, inputs: [Benchmark.Input(size, ["size": size])])
    }
}
