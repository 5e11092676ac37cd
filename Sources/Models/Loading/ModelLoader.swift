// SPDX-License-Identifier: Apache-2.0
import Scene

/// Reads model files of many formats, within limits.
public struct ModelLoader: Sendable {
    /// What a loader may read, and how much.
    public struct Options: Sendable, Hashable {
        /// Folders that models and their side files must lie in after links are followed; `nil` for anywhere.
        public var roots: [String]?
        /// Bytes of the model and all its side files together.
        public var maxBytes: Int
        /// Triangles of all meshes as often as they are placed.
        public var maxTriangles: Int
        /// Whether a missing side file is an error instead of an entry in `Model.missingFiles`.
        public var strictFiles: Bool
        /// Threads to read on, all cores when `nil`; the model is the same with any number.
        public var threads: Int?

        /// The limits of a job that says nothing of its own: 2 GiB, 50 million triangles, missing files tolerated.
        public init(
            roots: [String]? = nil, maxBytes: Int = 2 << 30, maxTriangles: Int = 50_000_000, strictFiles: Bool = false,
            threads: Int? = nil
        ) {
            (self.roots, self.maxBytes, self.maxTriangles) = (roots, maxBytes, maxTriangles)
            (self.strictFiles, self.threads) = (strictFiles, threads)
        }
    }

    public var options: Options
    /// Whether files that our own readers understand are read by them; tests hold them against Assimp.
    var usesOwnReaders = true

    public init(options: Options = Options()) { self.options = options }

    /// Reads a file and the side files it names: material libraries, buffers, pictures.
    ///
    /// The same file gives the same model in every run. Blocking; a model of millions of triangles takes seconds.
    public func load(path: String) throws(ModelError) -> Model {
        let format = try ModelLoader.format(of: path, shown: path)
        let access = FileAccess(options: options)
        let file = try access.open(path)
        let cut = path.lastIndex(of: "/")
        let folder = cut.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        return try load(file, format: format, shown: path, folder: folder, access: access)
    }

    /// Reads a file that lies in memory; side files it names count as missing.
    /// - Parameter type: the file extension that says the format, with or without the dot, in any case.
    public func load(bytes: [UInt8], type: String) throws(ModelError) -> Model {
        let shown = "The uploaded model"
        let format = try ModelLoader.format(
            of: "." + (type.hasPrefix(".") ? String(type.dropFirst()) : type), shown: shown)
        let access = FileAccess(options: options)
        try access.count(bytes.count, of: "", named: shown)
        return try load(ReadableFile(bytes: bytes), format: format, shown: shown, folder: nil, access: access)
    }

    private static func format(of path: String, shown: String) throws(ModelError) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        let dot = name.lastIndex(of: ".")
        let format = dot.map { name[name.index(after: $0)...].lowercased() } ?? ""
        guard extensions.contains(format) else {
            let what = format.isEmpty ? "has no file extension" : "is of the format \"\(format.prefix(30))\""
            throw ModelError(.unsupportedFormat, "\(shown) \(what), which is not read; these are: \(extensionList).")
        }
        return format
    }

    private func load(
        _ file: ReadableFile, format: String, shown: String, folder: String?, access: FileAccess
    ) throws(ModelError) -> Model {
        if format == "ply", PointCloudReader.isPointPLY(file.head(65_536)) { return try points(file, shown: shown) }
        let inspected = try FileInspection(
            file: file, format: format, shown: shown, folder: folder, options: options, access: access)
        if usesOwnReaders, var model = PlainMesh.model(of: inspected, WorkSplit(threads: options.threads)) {
            model.warnings = inspected.warnings + model.warnings
            return model
        }
        // Some formats find their side files by the model's own name.
        let name = folder == nil ? "upload" : String(shown.split(separator: "/").last ?? "model")
        let isPlain = folder != nil && inspected.format == format
        let files = AssimpFiles(
            main: inspected.file, fileName: isPlain ? name : name + "." + inspected.format, folder: folder,
            access: access)
        let imported = try AssimpImport(files: files, shown: shown, format: inspected.format)
        var reader = SceneReader(
            scene: imported.scene, shown: shown, format: inspected.format, folder: folder, options: options,
            access: access)
        reader.model.warnings = inspected.warnings + files.warnings
        reader.model.missingFiles = ModelLoader.needed(files.missing)
        var model = try reader.read()
        let counts = imported.counts
        model.metadata = [
            "faces": String(counts.faces), "meshes": String(counts.meshes), "vertices": String(counts.vertices),
        ]
        if options.strictFiles, !model.missingFiles.isEmpty {
            throw ModelError(
                .missingFile,
                "\(shown) names files that are not there: \(model.missingFiles.joined(separator: ", ")) (--strict).")
        }
        return model
    }

    /// A scan's points, as spheres that touch.
    private func points(_ file: ReadableFile, shown: String) throws(ModelError) -> Model {
        let cloud = try PointCloudReader(options: options).ply(file.contents(), shown: shown)
        var model = Model()
        model.primitives.spheres = cloud.spheres()
        model.up = .plusZ
        model.metadata = ["faces": "0", "meshes": "0", "vertices": String(cloud.count)]
        return model
    }

    /// The files whose lack changes the picture; Assimp also asks for animations and the like that few models have.
    private static func needed(_ missing: [String]) -> [String] {
        var result: [String] = []
        for name in missing {
            let end = name.split(separator: ".").last?.lowercased() ?? ""
            guard end == "mtl" || end == "bin" || extensions.contains(end) else { continue }
            // Where a material library is not there, Assimp goes on to try names of its own.
            if end == "mtl", result.contains(where: { $0.lowercased().hasSuffix(".mtl") }) { continue }
            result.append(name)
        }
        return result
    }
}
