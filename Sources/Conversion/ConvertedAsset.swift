// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

/// What a conversion made.
public struct ConvertedAsset: Sendable {
    /// Counts of what was read.
    public struct Statistics: Sendable, Hashable {
        public var meshes = 0
        /// Triangles, or points of a cloud.
        public var faces = 0
        public var vertices = 0
        public var materials = 0
        public var smallestMesh = 0
        public var biggestMesh = 0
        public var nodes = 0
        public var placements = 0

        public init() {}
    }

    /// The asset as binary glTF 2.0.
    public var glb: [UInt8]
    public var statistics: Statistics
    /// The box around everything, after scaling, axes and recentring.
    public var bounds: Bounds
    /// What was added to bring the middle to the origin.
    public var recentering: Vector3
    /// Side files that the asset names and that are not there.
    public var missingFiles: [String]
    /// Sentences about what was left out.
    public var warnings: [String]
}
