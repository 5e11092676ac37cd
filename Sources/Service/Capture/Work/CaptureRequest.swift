// SPDX-License-Identifier: Apache-2.0
import Codecs
import JSONRPC
import Jobs
import Scene

/// What a client wants a picture of.
struct CaptureRequest: Sendable, Hashable {
    /// The view of the stage's own camera, or `iso` where it has none.
    private static let anyView = "auto"
    /// The words that `view` may be.
    static let views = [anyView] + ViewPreset.allCases.map(\.rawValue)

    /// The arguments of `POST /capture`: that of the framework's own sample, and ours.
    static let model = Model(
        name: "ViewportCaptureRequestModel",
        fields: [
            Field(
                "usd_stage_path", .text(4096), "Stage to draw",
                "Path of the stage or model on the service's machine; any format that the renderer loads."),
            Field("width", .integer(1...16384), "Width", "Pixels.", fallback: 1280),
            Field("height", .integer(1...16384), "Height", "Pixels.", fallback: 720),
            Field(
                "view", .word(views), "View",
                "Where the camera looks from; auto is the stage's own camera, else iso.", fallback: .string(anyView)),
            Field(
                "renderer", .word(RendererSettings.Kind.allCases.map(\.rawValue)), "Renderer",
                "interactive is quick, production traces paths.", fallback: "interactive"),
            Field("samples", .integer(1...4096), "Samples", "Samples a pixel.", fallback: 16),
            Field(
                "background", .pattern(#"^(transparent|#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?)$"#), "Background",
                "transparent, or a colour such as #1e1e1e.",
                fallback: "transparent"),
            Field(
                "wait", .flag, "Wait", "Answer when the picture is there; false answers at once, with the job's id.",
                fallback: true),
        ])

    var stage: String
    var width: Int
    var height: Int
    var view: String
    var renderer: String
    var samples: Int
    var background: String

    /// - Parameter values: fields that `model` has read.
    init(_ values: [String: JSONValue]) {
        stage = values["usd_stage_path"]?.stringValue ?? ""
        (width, height) = (Int(values["width"]?.intValue ?? 1280), Int(values["height"]?.intValue ?? 720))
        view = values["view"]?.stringValue ?? Self.anyView
        renderer = values["renderer"]?.stringValue ?? "interactive"
        samples = Int(values["samples"]?.intValue ?? 16)
        background = values["background"]?.stringValue ?? "transparent"
    }

    var json: JSONValue {
        [
            "usd_stage_path": .string(stage), "width": .int(Int64(width)), "height": .int(Int64(height)),
            "view": .string(view), "renderer": .string(renderer), "samples": .int(Int64(samples)),
            "background": .string(background),
        ]
    }

    /// The job that draws it.
    func job(model: String, picture: String, ledger: String, within time: Duration, maxPixels: Int) -> JobFile {
        var job = JobFile()
        job.name = "capture"
        (job.sources.paths, job.ledger) = ([model], ledger)
        job.sources.unsupported = .fail
        job.scene.background = PictureColor(background)
        job.frames.views = ViewPreset(rawValue: view).map { [$0] } ?? []
        job.render.renderer = RendererSettings.Kind(rawValue: renderer) ?? .interactive
        (job.render.samples, job.render.size) = (samples, PictureSize(width: width, height: height))
        var output = JobFile.Output(path: picture)
        output.compression = .fast
        job.outputs = [output]
        (job.run.jobs, job.run.retries) = (1, 1)
        (job.run.timeouts.item, job.run.limits.pixels) = (time, maxPixels)
        return job
    }
}
