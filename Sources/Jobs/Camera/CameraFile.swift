// SPDX-License-Identifier: Apache-2.0
import Scene

/// A file of keyframes: where the camera flies.
///
/// JSON (or YAML): `{"interpolation": "spline", "keyframes": [{"time": 0, "position": [x, y, z], "target": [x, y, z],
/// "up": [x, y, z]}, …]}`, the list of keyframes alone, or one keyframe alone. `time` counts in any unit; left out,
/// keyframes stand one unit apart.
public enum CameraFile {
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
            if position == nil { throw node.error("a keyframe needs a position") }
        }
    }

    private struct FileSection: JobSection {
        var interpolation = CameraPath.Interpolation.linear
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
        return try parse(text, origin: path)
    }

    static func parse(_ text: String, origin: String) throws(JobError) -> CameraPath {
        do throws(JobError) {
            let file = try read(text, origin: origin)
            let keyframes = file.keyframes.enumerated().map { index, key in
                CameraPath.Keyframe(
                    time: key.time ?? Double(index), position: key.position ?? .zero, target: key.target, up: key.up)
            }
            do throws(SceneError) {
                return try CameraPath(keyframes: keyframes, interpolation: file.interpolation)
            } catch {
                throw JobError(.input, "\(origin): \(error.message)", underlying: error)
            }
        } catch {
            throw JobError(.input, error.message, underlying: error)
        }
    }

    private static func read(_ text: String, origin: String) throws(JobError) -> FileSection {
        let node = try JobNode(yaml: text, origin: origin)
        var file = FileSection()
        if case .list = node.content {
            file.keyframes = try JobShape<KeyframeSection>.section.list.read(node)
        } else if node["keyframes"] == nil, node["position"] != nil {
            file.keyframes = [try JobShape<KeyframeSection>.section.read(node)]
        } else {
            file = try JobShape<FileSection>.section.read(node)
        }
        return file
    }
}
