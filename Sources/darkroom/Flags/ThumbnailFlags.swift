// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Codecs
import Jobs
import Scene

/// What thumbnails are made of.
struct ThumbnailFlags: ParsableArguments {
    /// The file formats of thumbnails.
    enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
        case png, jpg
    }

    @Option(
        help: ArgumentHelp("Longer side in pixels; several parted by commas (default: 512).", valueName: "n,n…"),
        transform: FlagValue.sizes)
    var size: [PictureSize]?

    @Option(
        help: ArgumentHelp(
            """
            Preset views, several parted by commas: front, back, left, right, top, bottom, iso (default: iso; of a \
            USD stage its own camera).
            """, valueName: "names"),
        transform: FlagValue.views)
    var view: [JobFile.FrameSettings.ViewName]?

    @Option(
        help: ArgumentHelp(
            """
            File names below the output folder (default: {rel}.png, with .{width} and .{view} when there are several).
            """, valueName: "template"))
    var template: String?

    @Option(help: ArgumentHelp("The files' format (default: png)."))
    var format: Format?

    @Option(
        help: ArgumentHelp(
            "transparent, white, black or #rrggbb (default: transparent for PNG, white for JPEG).",
            valueName: "colour"),
        transform: FlagValue.background)
    var background: Setting<PictureColor>?

    @Option(help: ArgumentHelp("Which renderer draws (default: interactive)."))
    var renderer: RendererSettings.Kind?

    @Option(help: ArgumentHelp("Samples a pixel (default: 8).", valueName: "n"))
    var samples: Int?

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp("Take out noise by what the renderer knows besides colour (default: no)."))
    var denoise: Bool?

    @Option(help: ArgumentHelp("How hard PNG is pressed (default: fast)."))
    var compression: PNGCompression?

    @Option(help: ArgumentHelp("Put all thumbnails on one sheet, a PNG (default: none).", valueName: "file"))
    var sheet: String?

    @Option(
        help: ArgumentHelp(
            """
            Put thumbnails where file managers look for them, in these sizes parted by commas: normal, large, \
            x-large, xx-large, or all (default: none).
            """, valueName: "sizes"),
        transform: FlagValue.desktopSizes)
    var xdg: [DesktopThumbnail.Size]?

    func validate() throws {
        if xdg != nil {
            let others: [(String, Bool)] = [
                ("--size", size != nil), ("--template", template != nil), ("--format", format != nil),
                ("--background", background != nil), ("--sheet", sheet != nil), ("--compression", compression != nil),
                ("several --view", (view?.count ?? 1) > 1),
            ]
            if let other = others.first(where: \.1) {
                throw ValidationError("--xdg and \(other.0) exclude each other: file managers say how thumbnails look.")
            }
        }
        if let samples, !(1...1_000_000).contains(samples) {
            throw ValidationError("--samples needs a number from 1 to 1000000.")
        }
        if let size, Set(size.map(\.description)).count != size.count {
            throw ValidationError("--size names a size twice.")
        }
        if let view, Set(view).count != view.count { throw ValidationError("--view names a view twice.") }
        if let template, let format {
            if template.lowercased().hasSuffix(".png") != (format == .png) {
                throw ValidationError("--format \(format.rawValue) contradicts --template \(template).")
            }
        }
    }

    /// Puts what was given into a job whose pictures go to `folder`, or to the working folder.
    func apply(to job: inout JobFile, folder: String?) throws {
        job.frames.views = view ?? []
        // A thumbnail stands before any background; its edges must fit there.
        job.develop = [.cleanEdges]
        if let denoise { job.setDenoise(denoise) }
        job.render.renderer = renderer ?? .interactive
        job.render.samples = samples ?? 8
        if let xdg {
            let cache = try DesktopCache.ofThisUser()
            (job.outputs, job.ledger) = (cache.outputs(xdg), cache.ledger)
            return
        }
        let sizes = size ?? [PictureSize(512)]
        var output = JobFile.Output(path: path(of: job, folder: folder, sizes: sizes))
        output.size = sizes
        output.compression = compression ?? .fast
        if let background { output.background = background.value }
        job.outputs = [output]
        if let sheet { job.setSheet(sheet) }
        job.ledger = JobFile.ledger(besides: folder)
    }

    private func path(of job: JobFile, folder: String?, sizes: [PictureSize]) -> String {
        var base = folder ?? ""
        if JobFile.isPicture(base) { return base }
        if !base.isEmpty, !base.hasSuffix("/") { base += "/" }
        if let template { return base + template }
        return job.defaultTemplate(base: base + "{rel}", sizes: sizes, format: (format ?? .png).rawValue)
    }
}
