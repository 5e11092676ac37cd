// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension JobFile {
    /// Projection and framing.
    public struct CameraSettings: Hashable, Sendable {
        public var projection = ProjectionSettings()
        /// Space left around the model, as a part of the picture's extent.
        public var margin = 0.05
        /// A view that stays as it is, instead of the fit.
        public var view: View?

        public init() {}
    }

    /// How space is brought onto the picture.
    public struct ProjectionSettings: Hashable, Sendable {
        /// The kinds of projection.
        public enum Kind: String, Hashable, Sendable, CaseIterable {
            case perspective, orthographic, cylindric
        }

        public var type = Kind.perspective
        /// Vertical field of view in degrees.
        public var fovy = 45.0
        /// Picture height in scene units, orthographic only; `nil` fits it.
        public var height: Double?

        public init() {}

        /// The projection as renderers take it.
        public var projection: Projection {
            switch type {
            case .perspective: .perspective(fovy: fovy)
            case .orthographic: .orthographic(height: height ?? 1)
            case .cylindric: .cylindric(fovy: fovy)
            }
        }
    }
}

extension JobFile.CameraSettings: JobSection {
    private struct Fit: JobSection {
        var margin = 0.05
        static let keys: [JobKey<Self>] = [
            JobKey("margin", \.margin, .fraction(0..<0.5), "Space left around the model.")
        ]
    }

    private var fit: Fit {
        get {
            var fit = Fit()
            fit.margin = margin
            return fit
        }
        set { margin = newValue.margin }
    }

    static var keys: [JobKey<Self>] {
        [
            JobKey("projection", \.projection, .section, "How space is brought onto the picture."),
            JobKey("fit", \.fit, .section, "Frames the model whole."),
            JobKey(optional: "view", \.view, .view, "A view of its own: position, target, up."),
        ]
    }
}

extension JobFile.ProjectionSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("type", \.type, .word, "The kind of projection."),
        JobKey("fovy", \.fovy, .number(0.1...179, "degrees from 0.1 to 179"), "Vertical field of view in degrees."),
        JobKey(
            optional: "height", \.height, .number(1e-12...1e12, "a number above 0"),
            "Picture height in scene units; orthographic."),
    ]
}

/// A view as a job file writes it.
private struct ViewSection: JobSection {
    var position: Vector3?
    var target = Vector3.zero
    var up = Vector3(0, 1, 0)

    static let keys: [JobKey<Self>] = [
        JobKey("position", \.position, JobShape<Vector3>.vector.orNull, "The eye."),
        JobKey("target", \.target, .vector, "The point looked at."),
        JobKey("up", \.up, .vector, "The direction that points up in the picture."),
    ]

    init() {}

    init(_ view: View) { (position, target, up) = (view.position, view.target, view.up) }

    var view: View { View(position: position ?? .zero, target: target, up: up) }

    func check(at node: JobNode) throws(JobError) {
        guard let position else { throw node.error("a view needs a position") }
        guard let forward = (target - position).normalized else {
            throw node.error("position and target of a view must differ")
        }
        if forward.cross(up).length < 1e-9 * max(up.length, 1e-300) {
            throw node.error("up must not be zero nor point along the line of sight")
        }
    }
}

extension JobShape where Value == View {
    static let view = JobShape<ViewSection>.section.mapped {
        $0.view
    } _: {
        ViewSection($0)
    }
}
