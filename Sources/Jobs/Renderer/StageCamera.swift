// SPDX-License-Identifier: Apache-2.0
import Foundation
import Scene

/// A camera that stands in a stage, in the coordinates of the scene.
public struct StageCamera: Sendable, Hashable {
    public var view: View
    public var projection: Projection
    /// Width by height of what it sees.
    public var aspect: Double

    public init(view: View, projection: Projection, aspect: Double) {
        (self.view, self.projection, self.aspect) = (view, projection, aspect)
    }

    /// The projection that shows all that the camera sees in a picture of another shape.
    ///
    /// - Parameter other: the picture's width by its height.
    public func projection(fitting other: Double) -> Projection {
        guard aspect > other, other > 0 else { return projection }
        let growth = aspect / other
        switch projection {
        case .perspective(let fovy, let aperture, let focus):
            let half = atan(tan(fovy * .pi / 360) * growth)
            return .perspective(fovy: half * 360 / .pi, apertureRadius: aperture, focusDistance: focus)
        case .orthographic(let height): return .orthographic(height: height * growth)
        case .cylindric: return projection
        }
    }
}
