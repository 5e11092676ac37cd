// SPDX-License-Identifier: Apache-2.0

/// A camera that moves through keyframes.
public struct CameraPath: Hashable, Sendable, Codable {
    /// How the camera moves between keyframes.
    public enum Interpolation: String, Hashable, Sendable, Codable, CaseIterable {
        /// Straight, at constant speed.
        case linear
        /// Through all keyframes without a kink (Catmull-Rom, with tangents for unequal times).
        case spline
    }

    /// Where the camera is at one time.
    public struct Keyframe: Hashable, Sendable, Codable {
        /// In seconds, or in any unit that `view(at:)` is asked in.
        public var time: Double
        public var position: Vector3
        public var target: Vector3
        public var up: Vector3

        public init(time: Double, position: Vector3, target: Vector3, up: Vector3 = Vector3(0, 1, 0)) {
            (self.time, self.position, self.target, self.up) = (time, position, target, up)
        }

        public init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            time = try values.decode(Double.self, forKey: .time)
            position = try values.decode(Vector3.self, forKey: .position)
            target = try values.decode(Vector3.self, forKey: .target)
            up = try values.decodeIfPresent(Vector3.self, forKey: .up) ?? Vector3(0, 1, 0)
        }
    }

    /// Sorted by time, at least one, no two at one time.
    public let keyframes: [Keyframe]
    public var interpolation: Interpolation

    /// A path through keyframes in any order.
    /// - Throws: `SceneError` when there are none, two share a time, a number is not finite, or a target lies in the
    ///   camera's own place.
    public init(keyframes: [Keyframe], interpolation: Interpolation = .linear) throws(SceneError) {
        guard !keyframes.isEmpty else { throw SceneError("A camera path needs at least one keyframe.") }
        for key in keyframes {
            guard key.time.isFinite, key.position.isFinite, key.target.isFinite, key.up.isFinite else {
                throw SceneError("The keyframe at time \(key.time) holds a number that is not finite.")
            }
            guard key.position != key.target else {
                throw SceneError("The keyframe at time \(key.time) looks at its own place: move position or target.")
            }
        }
        let sorted = keyframes.sorted { $0.time < $1.time }
        for (one, next) in zip(sorted, sorted.dropFirst()) where one.time == next.time {
            throw SceneError("Two keyframes have the time \(one.time); each needs its own.")
        }
        self.keyframes = sorted
        self.interpolation = interpolation
    }

    private enum CodingKeys: String, CodingKey { case keyframes, interpolation }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            keyframes: values.decode([Keyframe].self, forKey: .keyframes),
            interpolation: values.decodeIfPresent(Interpolation.self, forKey: .interpolation) ?? .linear)
    }

    /// The first and the last time.
    public var timeRange: ClosedRange<Double> { keyframes[0].time...keyframes[keyframes.count - 1].time }

    /// The view at a time; before the first and after the last keyframe the camera stands still.
    public func view(at time: Double) -> View {
        let clamped = time.isFinite ? min(max(time, timeRange.lowerBound), timeRange.upperBound) : keyframes[0].time
        let next = max(1, keyframes.firstIndex { $0.time >= clamped } ?? 1)
        guard next < keyframes.count else { return view(of: keyframes[0]) }
        let (a, b) = (keyframes[next - 1], keyframes[next])
        let s = (clamped - a.time) / (b.time - a.time)
        func at(_ value: KeyPath<Keyframe, Vector3>) -> Vector3 {
            switch interpolation {
            case .linear: a[keyPath: value] + (b[keyPath: value] - a[keyPath: value]) * s
            case .spline: hermite(next - 1, s, value)
            }
        }
        return View(position: at(\.position), target: at(\.target), up: at(\.up).normalized ?? a.up)
    }

    /// Views in equal steps of time from the first keyframe to the last; at least one.
    public func views(count: Int) -> [View] {
        guard count > 1 else { return [view(of: keyframes[0])] }
        let (start, length) = (timeRange.lowerBound, timeRange.upperBound - timeRange.lowerBound)
        return (0..<count).map { view(at: start + length * Double($0) / Double(count - 1)) }
    }

    private func view(of key: Keyframe) -> View { View(position: key.position, target: key.target, up: key.up) }

    private func hermite(_ i: Int, _ s: Double, _ value: KeyPath<Keyframe, Vector3>) -> Vector3 {
        let (p0, p1) = (keyframes[i][keyPath: value], keyframes[i + 1][keyPath: value])
        let span = keyframes[i + 1].time - keyframes[i].time
        let (m0, m1) = (tangent(i, value) * span, tangent(i + 1, value) * span)
        let (s2, s3) = (s * s, s * s * s)
        let ends = p0 * (2 * s3 - 3 * s2 + 1) + p1 * (3 * s2 - 2 * s3)
        return ends + m0 * (s3 - 2 * s2 + s) + m1 * (s3 - s2)
    }

    /// Change by time at a keyframe: the slope between its neighbours, or to the only one at an end.
    private func tangent(_ i: Int, _ value: KeyPath<Keyframe, Vector3>) -> Vector3 {
        let (a, b) = (keyframes[max(0, i - 1)], keyframes[min(keyframes.count - 1, i + 1)])
        return (b[keyPath: value] - a[keyPath: value]) / (b.time - a.time)
    }
}
