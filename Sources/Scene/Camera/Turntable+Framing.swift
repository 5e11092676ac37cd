// SPDX-License-Identifier: Apache-2.0

extension Turntable {
    /// The cameras of all views: the model keeps its size and its middle stays in the picture's.
    public func cameras(
        bounds: Bounds, projection: Projection = .perspective(), aspect: Double = 1, margin: Double = 0.05
    ) -> [Framing] {
        Framing.fitAll(
            bounds: bounds, directions: (0..<count).map { (direction($0), upVector($0)) }, projection: projection,
            aspect: aspect, margin: margin)
    }
}
