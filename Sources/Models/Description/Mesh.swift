// SPDX-License-Identifier: Apache-2.0

/// Triangles with one material, as a loader found them, in the coordinates of their instance.
public struct Mesh: Sendable {
    /// Corner positions, three floats a corner.
    public var positions: [Float] = []
    /// Unit normals, three floats a corner; empty when the file has none and none were made.
    public var normals: [Float] = []
    /// Texture coordinates, two floats a corner, origin at the lower left; empty when there are none.
    public var textureCoordinates: [Float] = []
    /// Linear red, green, blue, alpha, four floats a corner; empty when there are none.
    public var colors: [Float] = []
    /// Three corner indices a triangle.
    public var indices: [UInt32] = []
    /// Index into `Model.materials`.
    public var material: Int = 0

    public init() {}

    /// Number of triangles.
    public var triangleCount: Int { indices.count / 3 }
    /// Number of corners.
    public var vertexCount: Int { positions.count / 3 }
}
