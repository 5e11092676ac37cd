// SPDX-License-Identifier: Apache-2.0
import Scene

/// Counts the frames of a job out along its axes.
struct FrameAxes {
    private typealias Change = (inout PlannedFrame) -> Void
    private typealias Name = JobFile.FrameSettings.AxisName

    /// All frames in order: views outermost, then turntable, path and simulation; axes named in `together` advance
    /// as one, in the place of the first of them.
    ///
    /// - Throws: `JobError` when axes that go together differ in length, or a keyframe file cannot be read.
    static func frames(_ settings: JobFile.FrameSettings, camera: JobFile.CameraSettings) throws(JobError)
        -> [PlannedFrame]
    {
        var axes: [(name: Name, changes: [Change])] = []
        var start = PlannedFrame.Camera.preset(settings.views.first ?? .iso)
        if let view = camera.view {
            if !settings.views.isEmpty || settings.path != nil {
                throw JobError(.usage, "camera.view is one view; it excludes frames.views and frames.path")
            }
            start = .fixed(view)
        }
        if settings.views.count > 1 {
            axes.append((.views, settings.views.map { view in { $0.camera = .preset(view) } }))
        }
        if let table = settings.turntable {
            let turns = (0..<table.views).map { PlannedFrame.Turn(index: $0, count: table.views, axis: table.axis) }
            axes.append((.turntable, turns.map { turn in { $0.turn = turn } }))
        }
        let steps = try simulationSteps(settings)
        if let path = settings.path {
            let flight = try CameraFile.load(path.file)
            let partner = settings.together.contains(.path) ? together(settings, steps: steps.count) : nil
            let views = flight.views(count: path.frames ?? partner ?? flight.keyframes.count)
            axes.append((.path, views.map { view in { $0.camera = .fixed(view) } }))
        }
        if !steps.isEmpty { axes.append((.simulation, steps.map { step in { $0.simulation = step } })) }
        return count(try joined(axes, together: settings.together), from: start)
    }

    private static func simulationSteps(_ settings: JobFile.FrameSettings) throws(JobError) -> [Int] {
        guard let simulation = settings.simulation else { return [] }
        guard let stop = simulation.stop, stop >= simulation.start, simulation.step > 0 else {
            throw JobError(.usage, "frames.simulation needs start, stop and step that count upwards")
        }
        return Array(stride(from: simulation.start, through: stop, by: simulation.step))
    }

    /// The length that an axis of no length of its own takes from those it goes with.
    private static func together(_ settings: JobFile.FrameSettings, steps: Int) -> Int? {
        if settings.together.contains(.simulation) { return steps }
        return settings.together.contains(.turntable) ? settings.turntable?.views : nil
    }

    private static func joined(
        _ axes: [(name: Name, changes: [Change])], together: [Name]
    ) throws(JobError) -> [[Change]] {
        let joint = axes.filter { together.contains($0.name) }
        guard let first = joint.first, joint.count > 1 else { return axes.map(\.changes) }
        if let odd = joint.first(where: { $0.changes.count != first.changes.count }) {
            throw JobError(
                .usage,
                "frames.together: \(first.name.rawValue) has \(first.changes.count) frames, \(odd.name.rawValue) has \(odd.changes.count)"
            )
        }
        let changes: [Change] = first.changes.indices.map { index in
            { frame in for axis in joint { axis.changes[index](&frame) } }
        }
        return axes.compactMap { axis in
            if axis.name == first.name { return changes }
            return together.contains(axis.name) ? nil : axis.changes
        }
    }

    private static func count(_ axes: [[Change]], from start: PlannedFrame.Camera) -> [PlannedFrame] {
        var frames = [PlannedFrame(index: 0, camera: start)]
        for axis in axes {
            frames = frames.flatMap { frame in
                axis.map { change in
                    var next = frame
                    change(&next)
                    return next
                }
            }
        }
        for index in frames.indices { frames[index].index = index }
        return frames
    }
}
