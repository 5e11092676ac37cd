// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A model of the bench's own and the picture that is drawn of it.
public struct BenchScene: Sendable, Hashable {
    public var name: String
    /// Segments along the knot; twice their product with those around it is the number of triangles.
    var along: Int
    /// Segments around the tube.
    var around: Int
    /// Pixels of the picture.
    public var width: Int
    public var height: Int
    /// Samples a pixel.
    public var samples: Int

    public init(name: String, segments: (along: Int, around: Int), width: Int, height: Int, samples: Int) {
        (self.name, along, around) = (name, segments.along, segments.around)
        (self.width, self.height, self.samples) = (width, height, samples)
    }

    /// Triangles of the model.
    public var triangles: Int { 2 * along * around }

    /// Whether the picture is one of many small ones, each of a model of its own.
    var isThumbnail: Bool { width <= 512 && height <= 512 }

    /// The scenes of a bench without arguments: a small model as thumbnailers meet it, a usual one at the size of
    /// a screen, and a heavy one.
    public static let standard = [
        BenchScene(name: "small", segments: (100, 20), width: 512, height: 512, samples: 8),
        BenchScene(name: "usual", segments: (1000, 100), width: 1920, height: 1080, samples: 4),
        BenchScene(name: "heavy", segments: (2500, 200), width: 1280, height: 720, samples: 4),
    ]

    /// Writes the model into a folder and gives its path.
    public func writeModel(into folder: URL) throws -> String {
        let file = folder.appendingPathComponent("\(name).ply")
        try Data(TorusKnot(along: along, around: around).ply()).write(to: file)
        return file.path
    }
}
