// SPDX-License-Identifier: Apache-2.0

extension Catalogue {
    /// What Darkroom wants to reach, each as a ratio inside one run.
    public static let goals: [Goal] = [
        Goal("png-encode-fast", against: "libpng 6", ratio: 66, size: 1.09),
        Goal("png-encode-fast-2-threads", against: "darkroom, 1 thread", ratio: 1.5, size: 1.001),
        Goal("png-encode-balanced", against: "libpng 6", ratio: 5, size: 1),
        Goal("png-encode-balanced-2-threads", against: "libpng 6", ratio: 8, size: 1),
        Goal("png-encode-small", against: "libpng 6", ratio: 1, size: 0.92),
        Goal("png-decode-rgba", against: "libpng", ratio: 2.4),
        Goal("resize-gamma-4k", against: "pillow-simd", ratio: 1),
        Goal("resize-gamma-4k", against: "Pillow", ratio: 8),
        Goal("resize-linear-4k", against: "libvips thumbnail", ratio: 10),
        Goal("resize-linear-4k", against: "stb_image_resize2", ratio: 2),
        Goal("pixels-premultiply", against: "memcpy", ratio: 0.9),
        Goal("pixels-over", against: "memcpy", ratio: 0.9),
        Goal("pixels-drop-alpha", against: "memcpy", ratio: 0.9),
        Goal("tone-map", against: "memcpy", ratio: 0.32),
        Goal("tone-map", against: "numpy", ratio: 30),
        Goal("tone-map", against: "OpenCV", ratio: 24),
        Goal("tone-map-2-threads", against: "darkroom, 1 thread", ratio: 1.6),
        Goal("thumbnail-of-png", against: "libvips", ratio: 1.8, peak: 40_000_000),
        Goal("thumbnail-of-png", against: "vipsthumbnail", ratio: 3),
        Goal("rays-primary", against: "Embree", ratio: 0.85),
        Goal("rays-path", against: "Mitsuba llvm", ratio: 1),
        // VTK draws neither shadows nor smooth edges, which small models pay for: 20 ms to its 11.
        Goal("model-warm-10k", against: "VTK", ratio: 0.55),
        Goal("model-warm-200k", against: "VTK", ratio: 1),
        Goal("model-warm-2m", against: "VTK", ratio: 1),
        Goal("model-fresh-10k", against: "f3d", ratio: 3),
        Goal("model-fresh-200k", against: "f3d", ratio: 3),
        Goal("model-fresh-2m", against: "f3d", ratio: 1.67),
    ]
}
