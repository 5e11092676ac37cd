// SPDX-License-Identifier: Apache-2.0
import Codecs
import JSONRPC
import Scene

extension JobFile {
    /// How each frame is drawn.
    public struct RenderSettings: Hashable, Sendable {
        public var renderer = RendererSettings.Kind.interactive
        /// Samples a pixel.
        public var samples = 16
        /// Pixels of the render; one number is a square. `nil` takes the largest of the outputs, else 1920x1080.
        public var size: PictureSize?

        public init() {}
    }

    /// A file made from each render.
    public struct Output: Hashable, Sendable {
        /// Path with placeholders; the extension is the format.
        public var path = ""
        /// Sizes of the file, made from the one render; empty keeps the render's.
        public var size: [PictureSize] = []
        /// How hard PNG is pressed.
        public var compression = PNGCompression.balanced
        /// Bits a channel of a PNG: 8 or 16.
        public var depth = 8
        /// What the picture is flattened over; `nil` keeps transparency, or is white where the format has none.
        public var background: PictureColor?
        /// 1…100, for JPEG.
        public var quality = 90
        /// Whether the file is a thumbnail for file managers: it holds the source's URI and time, and is readable by
        /// its owner alone.
        public var isDesktop = false
        /// What an OpenEXR file holds; only for paths that end in .exr.
        public var channels = Buffer.allCases

        public init() {}

        /// An output at `path`.
        public init(path: String) { self.path = path }

        /// The format of a picture that the path's extension names.
        public var format: ImageFormat {
            let name = path.lowercased()
            return name.hasSuffix(".jpg") || name.hasSuffix(".jpeg") ? .jpeg : .png
        }
    }

    /// One picture of all pictures.
    public struct Sheet: Hashable, Sendable {
        public var path = ""
        public var columns = 8
        /// Pixels of a cell's side.
        public var size = 128
        public var background: PictureColor?
        /// Whether each picture's name stands below it; cells narrower than 64 pixels have no room for one.
        public var labels = true

        public init() {}

        /// A sheet at `path`.
        public init(path: String) { self.path = path }
    }

    /// One film of all frames.
    public struct Movie: Hashable, Sendable {
        public var path = ""
        /// Frames a second.
        public var fps = 25.0

        public init() {}

        /// A film at `path`.
        public init(path: String) { self.path = path }
    }

    /// Reports written at the end.
    public struct ReportSettings: Hashable, Sendable {
        public var json: String?
        public var junit: String?
        public var html: String?
        public var metrics: String?

        public init() {}
    }
}

extension JobFile.RenderSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("renderer", \.renderer, .word, "Which renderer draws."),
        JobKey("samples", \.samples, .int(1...1_000_000), "Samples a pixel."),
        JobKey("size", \.size, JobShape<PictureSize>.size.or("auto"), "Pixels of the render."),
    ]
}

extension JobFile.Output: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("path", \.path, .path, "Where the file goes, with placeholders."),
        JobKey("size", \.size, JobShape<PictureSize>.size.oneOrList, "Sizes, all made from the one render."),
        JobKey("compression", \.compression, .word, "How hard PNG is pressed."),
        JobKey("depth", \.depth, .bitDepth, "Bits a channel of a PNG."),
        JobKey(
            "background", \.background, JobShape<PictureColor>.color.or("transparent"), "What lies behind the picture."),
        JobKey("quality", \.quality, .int(1...100), "JPEG quality."),
        JobKey("channels", \.channels, JobShape<Buffer>.buffer.list, "What an OpenEXR file (.exr) holds."),
        JobKey("desktop", \.isDesktop, .bool, "Whether it is a PNG thumbnail for file managers."),
    ]

    func check(at node: JobNode) throws(JobError) {
        if path.isEmpty { throw node.error("an output needs a path") }
        let name = path.lowercased()
        guard [".png", ".jpg", ".jpeg", ".exr"].contains(where: name.hasSuffix) else {
            throw node.error("path must end in .png, .jpg, .jpeg or .exr")
        }
        if isBuffers {
            if !size.isEmpty { throw node.error("an .exr file has the render's own size") }
            if channels.isEmpty || Set(channels).count != channels.count {
                throw node.error("channels needs at least one, and none twice")
            }
        } else if channels != Buffer.allCases {
            throw node.error("channels is for paths that end in .exr")
        }
        if isDesktop, format != .png || depth != 8 { throw node.error("a desktop thumbnail is a PNG of 8 bits") }
        if format == .jpeg, depth == 16 { throw node.error("a JPEG has 8 bits a channel") }
        if Set(size.map(\.description)).count != size.count { throw node.error("the same size twice") }
    }
}

extension JobFile.Sheet: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("path", \.path, .path, "Where the sheet goes; a PNG."),
        JobKey("columns", \.columns, .int(1...1000), "Cells in a row."),
        JobKey("size", \.size, .int(8...4096), "Pixels of a cell's side."),
        JobKey(
            "background", \.background, JobShape<PictureColor>.color.or("transparent"), "What lies behind the cells."),
        JobKey("labels", \.labels, .bool, "Whether each picture's name stands below it."),
    ]

    func check(at node: JobNode) throws(JobError) {
        guard path.lowercased().hasSuffix(".png") else { throw node.error("a sheet needs a path that ends in .png") }
    }
}

extension JobFile.Movie: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("path", \.path, .path, "Where the film goes; ffmpeg takes the format from its extension."),
        JobKey("fps", \.fps, .number(0.1...1000, "a number from 0.1 to 1000"), "Frames a second."),
    ]

    func check(at node: JobNode) throws(JobError) {
        if path.isEmpty { throw node.error("a movie needs a path") }
    }
}

extension JobFile.ReportSettings: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey(optional: "json", \.json, .path, "Every item and the totals."),
        JobKey(optional: "junit", \.junit, .path, "For continuous integration."),
        JobKey(optional: "html", \.html, .path, "For eyes."),
        JobKey(optional: "metrics", \.metrics, .path, "For Prometheus, as text."),
    ]
}

extension JobShape where Value == Int {
    static let bitDepth = JobShape("8 or 16", schema: ["enum": [8, 16]]) { node in
        node.text.flatMap { ["8": 8, "16": 16][$0] }
    } write: {
        .plain(String($0))
    }
}
