// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import JSONRPC
import Scene

/// The first picture of a job apart from any run, at a size and with samples of one's own: what its renderer is asked
/// for is what the job would ask for, with denoising or without, and the light is denoised as the job's would be.
package struct LoneItem: Sendable {
    /// What a person would call it.
    package let title: String
    /// The job, less all that is not about this picture's light.
    private let job: JobFile
    private let scene: PlannedScene
    private let request: SceneRequest

    /// Works the job out as far as its first picture.
    ///
    /// - Throws: `JobError` as a plan does, and with code `input` for models that lie in a store.
    package init(_ job: JobFile, width: Int, height: Int) throws(JobError) {
        guard !StoredFiles.isNeeded(by: job) else {
            throw JobError(.input, "models of a store (s3://, az://) are not measured: fetch the file and name that")
        }
        var lone = job
        (lone.outputs, lone.sheet, lone.movie, lone.develop) = ([], nil, nil, [])
        lone.render.size = PictureSize(width: width, height: height)
        lone.run.shard = .whole
        let plan = try JobPlan(lone)
        scene = plan.scenes[0]
        title = plan.title(ItemID(scene: 0, frame: 0))
        if lone.scene.models.isEmpty { (lone.sources.paths, lone.sources.list) = ([scene.source.path], nil) }
        // A strength that the job itself names is the one that is measured.
        lone.develop = job.develop.filter { if case .denoise(let strength) = $0 { strength > 0 } else { false } }
        if lone.develop.isEmpty { lone.develop = [.denoise(1)] }
        self.job = lone
        request = plan.request(scene, setup: try SetupFile.load(lone.scene.setup))
    }

    /// A scene that a renderer holds, ready for frames.
    package struct Prepared: Sendable {
        fileprivate let item: LoneItem
        fileprivate let report: SceneReport
        fileprivate let outermost: [Vector3]
    }

    /// Makes a renderer hold the scene.
    package func prepare(on renderer: any FrameRenderer) async throws -> Prepared {
        let report = try await renderer.prepare(request)
        let probes = SceneCamera(try plan(samples: 1, denoises: false), scene: scene, report: report).probes
        let outermost = probes.isEmpty ? [] : try await renderer.outermostPoints(along: probes)
        return Prepared(item: self, report: report, outermost: outermost)
    }

    /// The linear premultiplied RGBA of a frame that `Prepared.frame` asked for, denoised as jobs do it or as it came.
    ///
    /// - Throws: `CodecError` for planes that are missing or broken, `ImageError`.
    package func light(of frame: RenderedFrame, samples: Int, denoises: Bool) throws -> PixelBuffer {
        let chain = DevelopChain(try plan(samples: samples, denoises: denoises))
        let planes = try Self.planes(frame)
        if let defect = planes.defect(needing: chain.channels) {
            throw CodecError(.corrupt, "The backend sent \(defect).")
        }
        guard let denoise = chain.denoise else { return planes.picture() }
        return try planes.picture().denoised(denoise, guides: planes.guides(for: chain))
    }

    /// The float planes of a frame, in whichever form they came.
    package static func planes(_ frame: RenderedFrame) throws(CodecError) -> FloatPlanes {
        switch frame.pixels {
        case .planes(let planes): return planes
        case .buffers(let bytes): return try FloatPlanes(exr: bytes, limits: .standard)
        case .encoded:
            throw CodecError(.unsupported, "The backend sent 8 bits a channel and no planes, which denoising needs.")
        }
    }

    fileprivate func plan(samples: Int, denoises: Bool) throws(JobError) -> JobPlan {
        var job = job
        job.render.samples = samples
        if !denoises { job.develop = [] }
        return try JobPlan(job)
    }

    /// What decides on a frame's light, in 32 hexadecimal digits: all files by their content, where they lie not at
    /// all; `nil` when a file cannot be read here.
    ///
    /// - Parameter backend: name and version of what draws.
    package func key(_ frame: FrameRequest, backend: String) -> String? {
        var lines = [
            "light \(Fingerprint.pictureVersion) \(backend)", "\(frame.view) \(frame.projection)",
            "\(frame.width)x\(frame.height) \(frame.renderer)", "\(frame.lights)",
            "\(String(describing: frame.nearClip)) \(String(describing: frame.simulationFrame))",
        ]
        for call in request.setup { lines.append("\(call.method) \(Self.text(call.parameters))") }
        for model in request.models {
            let material = model.material.map { "\($0.name) \(Self.text($0.parameters))" } ?? "none"
            lines.append("\(model.loader ?? "auto") \(Self.text(model.properties)) \(material)")
            lines.append("\(String(describing: model.transform)) \(String(describing: model.color))")
            let sides = SideFiles.names(of: model.path).map { ($0, SideFiles.resolve($0, beside: model.path)) }
            for (name, path) in [(PathName.fileExtension(model.path), model.path)] + sides {
                let state = InputState(name: name, path: path, kind: .content).state
                if state == "unreadable" || state == "absent" && path == model.path { return nil }
                lines.append("\(name) \(state)")
            }
        }
        return Fingerprint(of: Array(lines.joined(separator: "\n").utf8)).description
    }

    private static func text(_ value: JSONValue?) -> String {
        value.map { $0.serialized() } ?? "none"
    }
}

extension LoneItem.Prepared {
    /// What a renderer is to draw: always float planes, and of those only what the chain asks for.
    package func frame(samples: Int, denoises: Bool) throws(JobError) -> FrameRequest {
        let plan = try item.plan(samples: samples, denoises: denoises)
        var camera = SceneCamera(plan, scene: item.scene, report: report)
        camera.fit(to: outermost)
        var frame = camera.request(plan.frames[0])
        (frame.wantsPlanes, frame.needsPlanes) = (true, true)
        return frame
    }
}
