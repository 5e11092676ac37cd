// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    static let png: [Benchmark] = [
        encode("fast", rivals: quickRivals),
        encode("fast", "rgb", inputs: frames(opaqueKinds, channels: "rgb"), rivals: quickRivals),
        encode("fast", "4k", inputs: frames(["flat", "path"], size: "4k"), rivals: []),
        encode("fast", "2-threads", on: .two, rivals: [], alone: true),
        encode("balanced", rivals: usualRivals),
        encode("balanced", "2-threads", on: .two, rivals: [], alone: true),
        encode("small", rivals: [libpng(level: 9)]),
        decode("rgba", inputs: frames()), decode("rgb", inputs: frames(opaqueKinds, channels: "rgb")),
    ]

    /// What our encoders are held against: the default of the library that everybody uses.
    static func libpng(level: Int) -> Benchmark.Peer {
        Benchmark.Peer("libpng \(level)", Call(.one, "libpng.encode", ["level": String(level)]))
    }

    private static let quickRivals = [
        Benchmark.Peer("libpng 1, sub", Call(.one, "libpng.encode", ["level": "1", "filter": "sub"])),
        Benchmark.Peer("OpenCV 1", Call(.python, "opencv.encode", ["level": "1"])),
        Benchmark.Peer("libvips 1", Call(.python, "vips.encode", ["level": "1"])),
        Benchmark.Peer("libspng 1", Call(.python, "imagecodecs.spng.encode", ["level": "1"])),
        Benchmark.Peer("mtpng fast", Call(.python, "mtpng.encode", ["level": "fast", "threads": "1"])),
    ]

    private static let usualRivals = [
        Benchmark.Peer("Pillow 6", Call(.python, "pillow.encode", ["level": "6"])),
        Benchmark.Peer("OpenCV 6", Call(.python, "opencv.encode", ["level": "6"])),
        Benchmark.Peer("libvips 6", Call(.python, "vips.encode", ["level": "6"])),
        Benchmark.Peer("libspng 6", Call(.python, "imagecodecs.spng.encode", ["level": "6"])),
        Benchmark.Peer("mtpng default", Call(.python, "mtpng.encode", ["level": "default", "threads": "1"])),
    ]

    private static func encode(
        _ level: String, _ variant: String = "", on worker: Worker = .one, inputs: [Benchmark.Input] = frames(),
        rivals: [Benchmark.Peer], alone: Bool = false
    ) -> Benchmark {
        let name = variant.isEmpty ? "png-encode-\(level)" : "png-encode-\(level)-\(variant)"
        var peers = [libpng(level: 6)] + rivals
        if alone { peers.append(Benchmark.Peer("darkroom, 1 thread", Call(.one, "png.encode", ["level": level]))) }
        return Benchmark(
            name, "pixels in memory to a PNG in memory, level \(level)",
            ours: Call(worker, "png.encode", ["level": level]), peers: peers, inputs: inputs, weighs: true)
    }

    private static func decode(_ channels: String, inputs: [Benchmark.Input]) -> Benchmark {
        Benchmark(
            "png-decode-\(channels)", "a PNG of libpng level 6 in memory to pixels",
            ours: Call(.one, "png.decode"),
            peers: [
                Benchmark.Peer("libpng", Call(.one, "libpng.decode")),
                Benchmark.Peer("libspng", Call(.python, "imagecodecs.spng.decode")),
                Benchmark.Peer("libvips", Call(.python, "vips.decode")),
                Benchmark.Peer("OpenCV", Call(.python, "opencv.decode")),
                Benchmark.Peer("Pillow", Call(.python, "pillow.decode")),
            ], inputs: inputs, weighs: true)
    }
}
