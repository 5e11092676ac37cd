// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs

/// Where `render` looks from.
struct CameraFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Preset views, several parted by commas: front, back, left, right, top, bottom, iso (default: iso; of a \
            USD stage its own camera).
            """, valueName: "names"),
        transform: FlagValue.views)
    var view: [JobFile.FrameSettings.ViewName]?

    @Option(
        help: ArgumentHelp("Walk once around the model in this many pictures (default: no walk).", valueName: "n"))
    var turntable: Int?

    @Option(
        help: ArgumentHelp(
            "Take the camera from a JSON file: one view or keyframes (default: frame the model).", valueName: "file"))
    var camera: String?

    @Option(help: ArgumentHelp("Vertical field of view (default: 45).", valueName: "degrees"))
    var fovy: Double?

    @Option(
        help: ArgumentHelp("Space left around the model (default: 5%).", valueName: "share"),
        transform: FlagValue.margin)
    var margin: Double?

    func validate() throws {
        if camera != nil, view != nil || turntable != nil || margin != nil {
            throw ValidationError("--camera excludes --view, --turntable and --margin.")
        }
        if let turntable, !(1...100_000).contains(turntable) {
            throw ValidationError("--turntable needs a number from 1 to 100000.")
        }
        if let fovy, !(0.1...179).contains(fovy) { throw ValidationError("--fovy needs degrees from 0.1 to 179.") }
        if let view, Set(view).count != view.count { throw ValidationError("--view names a view twice.") }
    }

    /// Puts what was given into a job; a new way to look replaces the job's own.
    func apply(to job: inout JobFile) {
        if let camera {
            var path = JobFile.FrameSettings.Path()
            path.file = camera
            (job.frames.path, job.frames.views, job.frames.turntable, job.camera.view) = (path, [], nil, nil)
        }
        if view != nil || turntable != nil {
            (job.frames.path, job.camera.view) = (nil, nil)
            job.frames.views = view ?? []
            job.frames.turntable = turntable.map { count in
                var walk = JobFile.FrameSettings.TurntableSettings()
                walk.views = count
                return walk
            }
            job.frames.together = job.frames.together.filter { $0 == .simulation && job.frames.simulation != nil }
        }
        if let fovy { job.camera.projection.fovy = fovy }
        if let margin { job.camera.margin = margin }
    }
}
