// SPDX-License-Identifier: Apache-2.0
import Scene

/// A job worked out: which pictures, from what, to where.
public struct JobPlan: Sendable {
    /// What a command line adds to a job file for one run.
    public struct Options: Sendable {
        /// Collisions, missing side files and rejected inputs fail.
        public var isStrict = false
        /// Only these frames.
        public var frames: FrameList?
        /// Where the shard is read from when the job leaves it open.
        public var environment: [String: String]
        /// What `sources.list: -` reads.
        public var standardInput: (@Sendable () throws -> [UInt8])?
        /// What is known of the stores that the job names.
        public var stored: StoredFiles?

        public init(environment: [String: String] = [:]) { self.environment = environment }
    }

    public let file: JobFile
    public let options: Options
    /// The part of the job that this plan holds.
    public let shard: Shard
    /// The scenes of this shard.
    public let scenes: [PlannedScene]
    /// The pictures of every scene.
    public let frames: [PlannedFrame]
    /// The files of every picture.
    public let outputs: [PlannedOutput]
    /// Pixels of the render.
    public let width: Int
    public let height: Int
    /// Inputs that cannot become scenes.
    public let rejected: [RejectedSource]
    /// Items of this shard whose files another item of the job would overwrite, and the sentence that names both.
    public let collisions: [ItemID: String]
    /// The frames of each scene that belong to this shard.
    let parts: [Range<Int>]

    /// Works a job out: finds the sources, counts the frames, settles paths and sizes.
    ///
    /// - Throws: `JobError` for what no item can be blamed for: unknown placeholders, no input at all, outputs that
    ///   collide with each other, sizes beyond the limits.
    public init(_ file: JobFile, options: Options = Options()) throws(JobError) {
        self.file = file
        self.options = options
        if let named = file.run.shard { shard = named } else { shard = try Shard(environment: options.environment) }
        guard options.stored != nil || !StoredFiles.isNeeded(by: file) else {
            throw JobError(.usage, "this job names files in a store (s3://, az://), and no way to stores is open here")
        }
        let (sources, rejected) = try Self.sources(file, options: options)
        self.rejected = rejected
        if let first = rejected.first, sources.isEmpty {
            let more = rejected.count > 1 ? " (and \(rejected.count - 1) more)" : ""
            throw JobError(.input, "\(first.cause)\(more)")
        }
        if let first = rejected.first, options.isStrict { throw JobError(.input, first.cause) }
        (width, height) = Self.renderSize(file)
        guard width * height <= file.run.limits.pixels else {
            throw JobError(
                .limits,
                "a render of \(width)x\(height) is over the limit of \(Quantity.text(count: file.run.limits.pixels)) pixels; raise it with --max-pixels"
            )
        }
        outputs = try Self.outputs(file, width: width, height: height)
        var frames = try FrameAxes.frames(file.frames, camera: file.camera)
        if let list = options.frames {
            let all = frames
            frames = all.filter { list.contains($0.index) }
            if frames.isEmpty {
                throw JobError(.usage, "--frames \(list): the job's frames are 0 to \(all.count - 1)")
            }
        }
        self.frames = frames
        let all = sources.enumerated().map { PlannedScene(index: $0.offset, source: $0.element) }
        let paths = PathResolver(outputs: outputs, frames: frames, name: Self.name(file, sources))
        let samples = Self.samples(file, width: width, height: height, frames: frames.count)
        let bytes = { Self.status(of: $0, options)?.size ?? 0 }
        let own = Self.parts(of: all, file: file, shard: shard, samples: samples, paths: paths, bytes: bytes)
        scenes = own.map { all[$0.scene] }
        parts = own.map(\.frames)
        try paths.checkOwn(all[0])
        let collisions = paths.collisions(all)
        if options.isStrict, let first = collisions.values.min() { throw JobError(.usage, first) }
        let places =
            collisions.isEmpty ? [:] : Dictionary(uniqueKeysWithValues: own.enumerated().map { ($1.scene, $0) })
        let parts = parts
        self.collisions = Dictionary(
            uniqueKeysWithValues: collisions.compactMap { id, cause in
                places[id.scene].flatMap { place in
                    parts[place].contains(id.frame) ? (ItemID(scene: place, frame: id.frame), cause) : nil
                }
            })
        self.paths = paths
    }

    private let paths: PathResolver

    /// Every item of this shard, scene by scene.
    public var items: some Sequence<ItemID> {
        scenes.indices.lazy.flatMap { scene in parts[scene].lazy.map { ItemID(scene: scene, frame: $0) } }
    }

    /// How many items this shard has.
    public var itemCount: Int { parts.reduce(0) { $0 + $1.count } }
    /// Samples that are drawn of each scene, all its pictures together and whoever draws them; a path counts for eight.
    public var samplesPerScene: Int {
        Self.samples(file, width: width, height: height, frames: frames.count)
    }

    private static func samples(_ file: JobFile, width: Int, height: Int, frames: Int) -> Int {
        [width, height, file.render.samples, file.render.renderer == .production ? 8 : 1].reduce(frames) {
            let (product, overflow) = $0.multipliedReportingOverflow(by: $1)
            return overflow ? .max : product
        }
    }

    /// The status of a file or of an object in a store, as far as it is known; `nil` when there is none.
    func status(of path: String) -> FileSystem.Status? { Self.status(of: path, options) }

    private static func status(of path: String, _ options: Options) -> FileSystem.Status? {
        guard let stored = options.stored, StoredFiles.holds(path) else { return FileSystem.status(path) }
        return stored.known(path).map { FileSystem.Status(object: $0) }
    }

    /// The files of an item, in the order of `outputs`.
    public func outputPaths(_ item: ItemID) -> [String] {
        paths.paths(scenes[item.scene], frame: item.frame)
    }

    /// The first file's path, by which an item is known in the ledger.
    func key(_ item: ItemID) -> String { paths.path(scenes[item.scene], frame: item.frame, output: 0) }

    /// What a person would call an item.
    public func title(_ item: ItemID) -> String {
        let rel = scenes[item.scene].source.rel
        return frames.count == 1 ? rel : "\(rel) (\(frames[item.frame].label))"
    }

    /// A path that every shard writes, made the shard's own: `contact.png` becomes `contact.2-of-8.png`.
    func sharded(_ path: String) -> String {
        guard shard.count > 1 else { return path }
        let ending = PathName.fileExtension(path)
        let part = "\(shard.index)-of-\(shard.count)"
        return ending.isEmpty ? "\(path).\(part)" : "\(path.dropLast(ending.count))\(part).\(ending)"
    }

    /// The job's name, else the stem of its first model.
    public var name: String { paths.name }
}

extension JobPlan {
    /// What a shard draws of the job's scenes.
    private static func parts(
        of scenes: [PlannedScene], file: JobFile, shard: Shard, samples: Int, paths: PathResolver,
        bytes: (String) -> Int
    ) -> [ShardDivision.Part] {
        let frames = paths.frames.count
        guard shard.count > 1 else { return scenes.indices.map { ShardDivision.Part(scene: $0, frames: 0..<frames) } }
        let all = division(
            of: scenes, file: file, shards: shard.count, samples: samples, paths: paths, bytes: bytes)
        return all[shard.index - 1]
    }

    private static func division(
        of scenes: [PlannedScene], file: JobFile, shards: Int, samples: Int, paths: PathResolver,
        bytes: (String) -> Int
    ) -> [[ShardDivision.Part]] {
        let frames = paths.frames.count
        let costs = SceneCosts(ledger: file.ledger, samples: samples, frames: frames)
        let all = scenes.map { scene in
            costs.cost(
                bytes: bytes(scene.source.path),
                keys: (0..<frames).lazy.map { paths.path(scene, frame: $0, output: 0) })
        }
        return ShardDivision.parts(all, frames: frames, shards: shards)
    }

    /// How many items each of so many shards of this whole job has.
    public func itemCounts(shards: Int) -> [Int] {
        Self.division(
            of: scenes, file: file, shards: shards, samples: samplesPerScene, paths: paths,
            bytes: { status(of: $0)?.size ?? 0 }
        ).map { $0.reduce(0) { $0 + $1.frames.count } }
    }

    private static func sources(
        _ file: JobFile, options: Options
    ) throws(JobError) -> ([SourceFile], [RejectedSource]) {
        if let first = file.scene.models.first {
            let rel = first.path.split(separator: "/").filter { $0 != ".." && $0 != "." }.joined(separator: "/")
            return ([SourceFile(path: first.path, rel: rel, isNamed: true)], [])
        }
        var search = SourceSearch(file.sources)
        search.stored = options.stored
        if let read = options.standardInput {
            search.standardInput = { () throws(FileError) in
                do { return try read() } catch { throw FileError("standard input: \(error)") }
            }
        }
        try search.run()
        if search.found.isEmpty, search.rejected.isEmpty {
            let place = file.sources.list.map { "the list \($0)" } ?? "the folder \(file.sources.root)"
            throw JobError(
                .input, "no input: \(place) has no file that fits \(file.sources.include.joined(separator: ", "))")
        }
        return (search.found, search.rejected)
    }

    private static func name(_ file: JobFile, _ sources: [SourceFile]) -> String {
        file.name ?? sources.first.map { PathName.stem($0.rel) } ?? "job"
    }

    private static func renderSize(_ file: JobFile) -> (Int, Int) {
        let wanted = file.effectiveOutputs.flatMap(\.size).max { $0.width * $0.height < $1.width * $1.height }
        let size = file.render.size ?? wanted ?? PictureSize(width: 1920, height: 1080)
        return (size.width, size.height)
    }

    private static func outputs(_ file: JobFile, width: Int, height: Int) throws(JobError) -> [PlannedOutput] {
        var planned: [PlannedOutput] = []
        for output in file.effectiveOutputs {
            let template = try OutputTemplate(output.path)
            if output.isBuffers, !output.size.isEmpty {
                throw JobError(.usage, "output \(output.path): an .exr file has the render's own size; leave out size")
            }
            if output.size.isEmpty {
                planned.append(PlannedOutput(settings: output, template: template, width: width, height: height))
            }
            for size in output.size {
                let (w, h) = size.fitted(width: width, height: height)
                planned.append(PlannedOutput(settings: output, template: template, width: w, height: h))
            }
        }
        if file.sheet != nil || file.movie != nil, planned.allSatisfy(\.settings.isBuffers) {
            throw JobError(.usage, "a sheet or a movie needs pictures: add an output that ends in .png or .jpg")
        }
        return planned
    }
}
