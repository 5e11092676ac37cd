// SPDX-License-Identifier: Apache-2.0
import Scene

/// Shapes that cut models open: what lies within one of them is not drawn.
public struct Clipper: Sendable {
    /// The shapes; their colours have no meaning. A plane cuts away where `a x + b y + c z < d`.
    public var shapes: Primitives
    /// From the shapes' coordinates to the world's.
    public var transform: Matrix4
    /// Whether what lies outside is cut away instead.
    public var isInverted: Bool

    public init(shapes: Primitives, transform: Matrix4 = .identity, isInverted: Bool = false) {
        (self.shapes, self.transform, self.isInverted) = (shapes, transform, isInverted)
    }
}
