// SPDX-License-Identifier: Apache-2.0
import Scene

/// A flight of the camera along keyframes.
///
/// The file is JSON (or YAML): `{"interpolation": "spline", "keyframes": [{"time": 0, "position": [x, y, z],
/// "target": [x, y, z], "up": [x, y, z]}, …]}`, the list of keyframes alone, or one keyframe alone. `time` counts in
/// any unit and rises; left out, keyframes stand one unit apart.
public struct CameraPath: Hashable, Sendable {
    /// How the camera moves from keyframe to keyframe.
    public enum Interpolation: String, Hashable, Sendable, CaseIterable {
        case linear
        /// Catmull-Rom with the keyframes' own times (cubic Hermite, finite-difference tangents).
        case spline
    }

    /// A view and when it is reached.
    public struct Keyframe: Hashable, Sendable {
        public var time: Double
        public var view: View

        public init(time: Double, view: View) { (self.time, self.view) = (time, view) }
    }

    public var interpolation: Interpolation
    /// At least one, with rising times.
    public private(set) var keyframes: [Keyframe]

    /// A flight; `nil` without keyframes, or when times do not rise.
    public init?(_ keyframes: [Keyframe], interpolation: Interpolation = .linear) {
        guard !keyframes.isEmpty, zip(keyframes, keyframes.dropFirst()).allSatisfy({ $0.time < $1.time }) else {
            return nil
        }
        (self.keyframes, self.interpolation) = (keyframes, interpolation)
    }

    /// Views evenly spread over the time, the ends included; `nil` gives each keyframe's own.
    public func views(count: Int?) -> [View] {
        guard let count else { return keyframes.map(\.view) }
        let (first, last) = (keyframes[0].time, keyframes[keyframes.count - 1].time)
        return (0..<count).map { index in
            view(at: count < 2 ? first : first + (last - first) * Double(index) / Double(count - 1))
        }
    }

    /// The view at a time; before the first and after the last keyframe it stands still.
    public func view(at time: Double) -> View {
        guard let next = keyframes.firstIndex(where: { $0.time > time }) else {
            return keyframes[keyframes.count - 1].view
        }
        guard next > 0 else { return keyframes[0].view }
        let (a, b) = (keyframes[next - 1], keyframes[next])
        let t = (time - a.time) / (b.time - a.time)
        switch interpolation {
        case .linear:
            func mix(_ part: KeyPath<View, Vector3>) -> Vector3 {
                a.view[keyPath: part] * (1 - t) + b.view[keyPath: part] * t
            }
            return View(position: mix(\.position), target: mix(\.target), up: mix(\.up))
        case .spline:
            return View(
                position: hermite(\.position, next - 1, t), target: hermite(\.target, next - 1, t),
                up: hermite(\.up, next - 1, t))
        }
    }

    private func hermite(_ part: KeyPath<View, Vector3>, _ index: Int, _ t: Double) -> Vector3 {
        func tangent(_ i: Int) -> Vector3 {
            let (before, after) = (keyframes[max(0, i - 1)], keyframes[min(keyframes.count - 1, i + 1)])
            return (after.view[keyPath: part] - before.view[keyPath: part]) / (after.time - before.time)
        }
        let (a, b) = (keyframes[index], keyframes[index + 1])
        let span = b.time - a.time
        let (t2, t3) = (t * t, t * t * t)
        let start = a.view[keyPath: part] * (2 * t3 - 3 * t2 + 1) + tangent(index) * ((t3 - 2 * t2 + t) * span)
        let end = b.view[keyPath: part] * (3 * t2 - 2 * t3) + tangent(index + 1) * ((t3 - t2) * span)
        return start + end
    }
}

extension CameraPath {
    private struct KeyframeSection: JobSection {
        var time: Double?
        var position: Vector3?
        var target = Vector3.zero
        var up = Vector3(0, 1, 0)

        static let keys: [JobKey<Self>] = [
            JobKey(optional: "time", \.time, .number(), "When it is reached."),
            JobKey(optional: "position", \.position, .vector, "The eye."),
            JobKey("target", \.target, .vector, "The point looked at."),
            JobKey("up", \.up, .vector, "The direction that points up."),
        ]

        func check(at node: JobNode) throws(JobError) {
            guard let position else { throw node.error("a keyframe needs a position") }
            if position == target { throw node.error("position and target must differ") }
        }
    }

    private struct FileSection: JobSection {
        var interpolation = Interpolation.linear
        var keyframes: [KeyframeSection] = []

        static let keys: [JobKey<Self>] = [
            JobKey("interpolation", \.interpolation, .word, "How the camera moves."),
            JobKey("keyframes", \.keyframes, JobShape<KeyframeSection>.section.list, "The views passed through."),
        ]
    }

    /// Reads a file of keyframes.
    ///
    /// - Throws: `JobError` of code `input`.
    public static func load(_ path: String) throws(JobError) -> CameraPath {
        let text: String
        do throws(FileError) {
            text = String(decoding: try FileSystem.read(path, limit: 64 << 20), as: UTF8.self)
        } catch {
            throw JobError(.input, "camera file \(error.message)", underlying: error)
        }
        do throws(JobError) {
            return try parse(text, origin: path)
        } catch {
            throw JobError(.input, error.message, underlying: error)
        }
    }

    private static func parse(_ text: String, origin: String) throws(JobError) -> CameraPath {
        let node = try JobNode(yaml: text, origin: origin)
        var file = FileSection()
        if case .list = node.content {
            file.keyframes = try JobShape<KeyframeSection>.section.list.read(node)
        } else if node["keyframes"] == nil, node["position"] != nil {
            file.keyframes = [try JobShape<KeyframeSection>.section.read(node)]
        } else {
            file = try JobShape<FileSection>.section.read(node)
        }
        let keyframes = file.keyframes.enumerated().map { index, key in
            Keyframe(
                time: key.time ?? Double(index),
                view: View(position: key.position ?? .zero, target: key.target, up: key.up))
        }
        guard let path = CameraPath(keyframes, interpolation: file.interpolation) else {
            throw node.error("needs at least one keyframe, and times that rise")
        }
        return path
    }
}
