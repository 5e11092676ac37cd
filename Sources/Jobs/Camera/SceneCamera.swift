// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Scene

/// Places the camera and the lights for the frames of one prepared scene.
struct SceneCamera: Sendable {
    private let plan: JobPlan
    private let bounds: Bounds
    /// What has to be in the picture: the corners of the box, or points of the scene itself.
    private var points: [Vector3]
    private let up: Axis
    private let fileLights: [Light]
    private let aspect: Double
    /// The stage's camera, which a job that says nothing of the camera looks through.
    private let stageCamera: StageCamera?
    /// The framings of whole turns, by preset: one distance for all steps, so that a turning model keeps its size.
    private var turns: [ViewPreset: [Framing]] = [:]

    /// - Parameter upFallback: the axis of the format, for a scene that does not tell its own.
    init(_ plan: JobPlan, scene: PlannedScene, report: SceneReport) {
        self.plan = plan
        bounds = report.bounds
        up = plan.file.sources.up ?? report.up ?? .byExtension(PathName.fileExtension(scene.source.path))
        fileLights = report.lights
        aspect = Double(plan.width) / Double(plan.height)
        let isFree = plan.file.frames.views.isEmpty && plan.file.camera == JobFile.CameraSettings()
        stageCamera = isFree ? report.camera : nil
        points = bounds.isEmpty ? [.zero] : bounds.corners
        settleTurns()
    }

    /// How many directions are asked for at most: each costs a walk over all corners of the scene.
    private static let mostProbes = 1024

    /// The directions in which the scene's outermost points would frame it closer than its box does.
    var probes: [Vector3] {
        guard !bounds.isEmpty else { return [] }
        let settings = plan.file.camera
        var looks: [(direction: Vector3, up: Vector3)] = []
        for frame in plan.frames {
            guard case .preset(let preset) = frame.camera else { continue }
            looks.append(
                frame.turn.map { direction(preset, $0, step: $0.index) }
                    ?? (preset.direction(up: up), preset.upVector(up: up)))
            if looks.count > Self.mostProbes { return [] }
        }
        var seen: Set<Vector3> = []
        let probes = looks.flatMap { look in
            Framing.probes(
                direction: look.direction, up: look.up, projection: settings.projection.projection, aspect: aspect,
                margin: settings.margin)
        }.filter { seen.insert($0).inserted }
        return probes.count <= Self.mostProbes ? probes : []
    }

    /// Frames by points that were found along `probes`; with none, the box stays.
    mutating func fit(to outermost: [Vector3]) {
        let finite = outermost.filter(\.isFinite)
        guard !finite.isEmpty, finite.count == outermost.count else { return }
        points = finite
        settleTurns()
    }

    private mutating func settleTurns() {
        turns = [:]
        for frame in plan.frames {
            guard let turn = frame.turn, case .preset(let preset) = frame.camera, turns[preset] == nil else { continue }
            turns[preset] = Framing.fitAll(
                points: points, center: bounds.isEmpty ? .zero : bounds.center,
                directions: (0..<turn.count).map { direction(preset, turn, step: $0) },
                projection: plan.file.camera.projection.projection, aspect: aspect, margin: plan.file.camera.margin)
        }
    }

    /// What a renderer is to draw for a frame.
    func request(_ frame: PlannedFrame) -> FrameRequest {
        let framing = framing(frame)
        let renderer = RendererSettings(
            kind: plan.file.render.renderer, samplesPerPixel: plan.file.render.samples,
            background: RendererBackground.linear(plan.file.scene.background))
        var request = FrameRequest(
            view: framing.view, projection: framing.projection, width: plan.width, height: plan.height,
            renderer: renderer, lights: lights(framing.view))
        request.nearClip = framing.nearClip
        request.simulationFrame = frame.simulation
        let chain = DevelopChain(plan)
        (request.wantsPlanes, request.needsPlanes) = (chain.wantsPlanes, chain.needsPlanes)
        request.channels = chain.channels
        request.guideSamples = chain.guideSamples
        request.timeout = plan.file.run.timeouts.render
        return request
    }

    private func lights(_ view: View) -> [Light] {
        if let named = plan.file.scene.lights { return named }
        return fileLights.contains(where: \.shapes) ? [] : LightRig.cameraTied(view: view, bounds: bounds)
    }

    private func framing(_ frame: PlannedFrame) -> Framing {
        let settings = plan.file.camera
        switch frame.camera {
        case .preset(let preset):
            if let own = stageCamera, frame.turn == nil {
                return Framing(
                    view: own.view, projection: own.projection(fitting: aspect), nearClip: nearClip(own.view))
            }
            if let turn = frame.turn, let all = turns[preset], all.indices.contains(turn.index) {
                return keepingHeight(all[turn.index])
            }
            return keepingHeight(
                Framing.fit(
                    points: points, direction: preset.direction(up: up), up: preset.upVector(up: up),
                    projection: settings.projection.projection, aspect: aspect, margin: settings.margin))
        case .fixed(let view):
            let turned = frame.turn.map { view.rotatedAroundTarget(by: rotation($0, step: $0.index)) } ?? view
            return Framing(view: turned, projection: fixedProjection(turned), nearClip: nearClip(turned))
        }
    }

    /// A height that the job names goes before the one that fits.
    private func keepingHeight(_ framing: Framing) -> Framing {
        guard case .orthographic = framing.projection, let height = plan.file.camera.projection.height else {
            return framing
        }
        return Framing(view: framing.view, projection: .orthographic(height: height), nearClip: framing.nearClip)
    }

    private func fixedProjection(_ view: View) -> Projection {
        let settings = plan.file.camera.projection
        guard settings.type == .orthographic, settings.height == nil else { return settings.projection }
        return Framing.fit(
            bounds: bounds, direction: view.target - view.position, up: view.up, projection: settings.projection,
            aspect: aspect, margin: plan.file.camera.margin
        ).projection
    }

    /// A millionth of the scene's reach: near enough to cut nothing off that can be seen.
    private func nearClip(_ view: View) -> Double {
        let reach = max(bounds.diagonal, (view.position - view.target).length)
        return reach.isFinite && reach > 0 ? reach * 1e-6 : 1e-6
    }

    private func direction(_ preset: ViewPreset, _ turn: PlannedFrame.Turn, step: Int) -> (
        direction: Vector3, up: Vector3
    ) {
        let rotation = rotation(turn, step: step)
        return (rotation.rotate(preset.direction(up: up)), rotation.rotate(preset.upVector(up: up)))
    }

    private func rotation(_ turn: PlannedFrame.Turn, step: Int) -> Quaternion {
        .rotation(degrees: 360 * Double(step) / Double(turn.count), about: (turn.axis ?? up).direction)
    }
}

extension Light {
    /// Whether the light shows form: an ambient one alone leaves a silhouette.
    fileprivate var shapes: Bool {
        if case .ambient = self { return false }
        return true
    }
}
