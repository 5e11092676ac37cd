// SPDX-License-Identifier: Apache-2.0

/// Everything that is measured.
public enum Catalogue {
    public static let benchmarks = png + jpeg + resize + pixels + thumbnails + rays

    /// The benchmarks whose name holds one of the words; all without words.
    public static func select(_ words: [String]) -> [Benchmark] {
        words.isEmpty ? benchmarks : benchmarks.filter { one in words.contains { one.name.contains($0) } }
    }

    /// The kinds of frames, as the job files in Frames/ draw them.
    static let kinds = ["flat", "alpha", "lines", "volume", "path", "photo"]
    /// The kinds without transparent pixels that stand for the others where RGB is measured.
    static let opaqueKinds = ["flat", "path", "photo"]

    static func frames(_ kinds: [String] = kinds, size: String = "1080p", channels: String = "rgba") -> [Benchmark
        .Input]
    {
        kinds.map { Benchmark.Input($0, ["frame": "\($0)-\(size).\(channels).png"]) }
    }
}
