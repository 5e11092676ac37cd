// SPDX-License-Identifier: Apache-2.0
import Scene

extension JobFile {
    /// The pictures of each scene: the axes multiply, unless named in `together`.
    public struct FrameSettings: Hashable, Sendable {
        /// The axes along which frames are counted.
        public enum AxisName: String, Hashable, Sendable, CaseIterable {
            case views, turntable, simulation, path
        }

        /// Preset directions.
        public typealias ViewName = ViewPreset

        /// A walk around the model.
        public struct TurntableSettings: Hashable, Sendable {
            /// Pictures of one full turn.
            public var views = 36
            /// The axis of the turn; `nil` is the model's up axis.
            public var axis: Axis?

            public init() {}
        }

        /// Frames of the loaded simulation.
        public struct Simulation: Hashable, Sendable {
            public var start = 0
            /// The last frame, if the steps meet it.
            public var stop: Int?
            public var step = 1

            public init() {}
        }

        /// A flight along keyframes.
        public struct Path: Hashable, Sendable {
            /// A JSON file of keyframes: time, position, target, up.
            public var file = ""
            /// Pictures, evenly spread over the time; `nil` takes as many as keyframes.
            public var frames: Int?

            public init() {}
        }

        /// Where the camera looks from; empty is `iso`, unless the job names a view or a path.
        public var views: [ViewName] = []
        public var turntable: TurntableSettings?
        public var simulation: Simulation?
        public var path: Path?
        /// Axes that advance together, not one within the other.
        public var together: [AxisName] = []

        public init() {}
    }
}

extension JobFile.FrameSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("views", \.views, JobShape<ViewName>.word.oneOrList, "Preset directions."),
        JobKey(optional: "turntable", \.turntable, .section, "A walk around the model."),
        JobKey(optional: "simulation", \.simulation, .section, "Frames of the loaded simulation."),
        JobKey(optional: "path", \.path, .section, "A flight along keyframes."),
        JobKey("together", \.together, JobShape<AxisName>.word.list, "Axes that advance together."),
    ]

    func check(at node: JobNode) throws(JobError) {
        if path != nil, turntable != nil || !views.isEmpty {
            throw node.error("path brings the camera along; it excludes views and turntable")
        }
        if Set(views).count != views.count { throw node.error("the same view twice") }
        if Set(together).count != together.count { throw node.error("together names an axis twice") }
        for axis in together where !isPresent(axis) {
            throw node.error("together names \(axis.rawValue), which frames does not have")
        }
    }

    private func isPresent(_ axis: AxisName) -> Bool {
        switch axis {
        case .views: !views.isEmpty
        case .turntable: turntable != nil
        case .simulation: simulation != nil
        case .path: path != nil
        }
    }
}

extension JobFile.FrameSettings.TurntableSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("views", \.views, .int(1...100_000), "Pictures of one full turn."),
        JobKey("axis", \.axis, JobShape<Axis>.word.or("up"), "The axis of the turn."),
    ]
}

extension JobFile.FrameSettings.Simulation: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("start", \.start, .int(0...1_000_000_000), "The first frame."),
        JobKey("stop", \.stop, JobShape<Int>.int(0...1_000_000_000).orNull, "The last frame, if the steps meet it."),
        JobKey("step", \.step, .int(1...1_000_000_000), "From one frame to the next."),
    ]

    func check(at node: JobNode) throws(JobError) {
        guard let stop else { throw node.error("a simulation needs stop, its last frame") }
        if stop < start { throw node.error("stop must not lie before start") }
        if (stop - start) / step >= 10_000_000 { throw node.error("more than 10,000,000 frames") }
    }
}

extension JobFile.FrameSettings.Path: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("file", \.file, .path, "A JSON file of keyframes: time, position, target, up."),
        JobKey(optional: "frames", \.frames, .int(1...1_000_000), "Pictures, evenly spread over the time."),
    ]

    func check(at node: JobNode) throws(JobError) {
        if file.isEmpty { throw node.error("a path needs a file of keyframes") }
    }
}
