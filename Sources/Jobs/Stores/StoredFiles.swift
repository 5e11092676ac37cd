// SPDX-License-Identifier: Apache-2.0
import Foundation
import Stores
import Synchronization

/// The files of a job that lie in stores: what is known of them, and the way to them.
///
/// Objects go by their whole address, `s3://bucket/models/house.obj`, as other files by their path. What a job needs to
/// know of them is taken from lists before it is planned, so that neither planning nor the check of finished work asks
/// for one object after the other.
public final class StoredFiles: Sendable {
    /// How objects come and go.
    public struct Options: Sendable {
        /// The folder that models lie below in the meantime, each until its pictures are drawn.
        public var scratch = NSTemporaryDirectory()
        /// Bytes of models that may lie there; a single one that is larger comes alone.
        public var scratchBytes = 8 << 30
        /// Objects on their way at once, each way.
        public var atOnce = 8
        /// How often a ledger that lies in a store is put there while a run goes on.
        public var ledgerPace: Duration = .seconds(300)

        public init() {}
    }

    private struct State {
        var objects: [String: ObjectState] = [:]
        /// Starts of addresses below which all is known.
        var lists: [String] = []
        /// Objects that were looked for and are not there.
        var absent: Set<String> = []
        var isMade = false
    }

    let options: Options
    /// A folder of this run alone; it is made when something comes.
    let scratch: String
    private let opener: @Sendable (StoreAddress) throws(StoreError) -> any ObjectStore
    private let state = Mutex(State())
    let ledger = Mutex<StoredLedger?>(nil)

    /// - Parameter opener: gives the store that an address lies in.
    public init(
        options: Options = Options(),
        opener: @escaping @Sendable (StoreAddress) throws(StoreError) -> any ObjectStore
    ) {
        (self.options, self.opener) = (options, opener)
        let folder = options.scratch.hasSuffix("/") ? options.scratch : options.scratch + "/"
        scratch = "\(folder)darkroom-\(getpid())-\(UUID().uuidString)"
    }

    /// Removes everything that lies in the scratch folder.
    public func close() { try? FileManager.default.removeItem(atPath: scratch) }

    deinit { close() }

    /// Whether a path is the address of an object.
    public static func holds(_ path: String) -> Bool { StoreAddress.isAddress(path) }

    // MARK: What is known

    /// How an object stands, as far as lists and looks have told.
    func known(_ path: String) -> ObjectState? {
        let path = Self.plain(path)
        return state.withLock { $0.objects[path] }
    }

    /// Whether it is known if there is such an object.
    func isSettled(_ path: String) -> Bool {
        let path = Self.plain(path)
        return state.withLock { state in
            state.objects[path] != nil || state.absent.contains(path) || state.lists.contains { path.hasPrefix($0) }
        }
    }

    /// The objects below a folder, by their addresses, in the order of their bytes; those without a name of their own,
    /// which stand for folders, are left out.
    func objects(below folder: String) -> [String] {
        let start = ObjectName.folder(folder)
        return state.withLock { $0.objects.keys.filter { $0.hasPrefix(start) && !$0.hasSuffix("/") } }
            .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }

    /// Takes note of how an object stands now.
    func note(_ path: String, _ object: ObjectState?) {
        let path = Self.plain(path)
        state.withLock { state in
            state.objects[path] = object
            if object == nil { state.absent.insert(path) } else { state.absent.remove(path) }
        }
    }

    /// An address without `.` and `..`, as far as they lead to nothing outside the store.
    static func plain(_ path: String) -> String {
        guard path.contains("/."), let address = try? StoreAddress(path), !address.name.isEmpty,
            let name = ObjectName.beside("", address.name)
        else { return path }
        var plain = address
        plain.name = name
        return plain.description
    }

    // MARK: Asking

    /// The store of an object, and its name there.
    func place(_ path: String) throws(StoreError) -> (store: any ObjectStore, name: String) {
        let address = try StoreAddress(Self.plain(path))
        return (try opener(address), address.name)
    }

    /// Learns of every object whose address starts with a text, by as few requests as there are pages.
    func list(_ start: String) async throws {
        if state.withLock({ $0.lists.contains { start.hasPrefix($0) } }) { return }
        let (store, prefix) = try place(start)
        let found = try await store.list(prefix: prefix)
        state.withLock { state in
            for object in found { state.objects["\(store.address)/\(object.name)"] = object.state }
            state.lists.append(start)
        }
    }

    /// How an object stands: as known, else by a request.
    ///
    /// - Parameter anew: ask whatever is known, for what lists do not tell.
    func look(_ path: String, anew: Bool = false) async throws -> ObjectState? {
        if !anew, isSettled(path) { return known(path) }
        let (store, name) = try place(path)
        let object = try await store.look(at: name)
        note(path, object)
        return object
    }

    /// The fingerprint that an object was put with.
    func fingerprint(of path: String) async throws -> Fingerprint? {
        try await look(path, anew: true)?.metadata[Self.fingerprintName].flatMap { Fingerprint($0) }
    }

    static let fingerprintName = "fingerprint"

    // MARK: Bytes

    /// Brings an object into a file of this machine.
    func fetch(_ path: String, to file: String) async throws {
        let (store, name) = try place(path)
        do {
            try FileManager.default.createDirectory(
                atPath: PathName.folder(file), withIntermediateDirectories: true)
        } catch {
            throw StoreError(.file, "\(PathName.folder(file)) cannot be made: \(error.localizedDescription)")
        }
        note(path, try await store.fetch(name, to: file))
    }

    /// Puts an object in its place, whole or not at all.
    func put(_ bytes: [UInt8], to path: String, fingerprint: Fingerprint? = nil) async throws {
        let (store, name) = try place(path)
        var options = PutOptions(contentType: Self.contentType(of: path))
        if let fingerprint { options.metadata[Self.fingerprintName] = fingerprint.description }
        note(path, try await store.put(bytes, as: name, options))
    }

    /// Puts a file of this machine in an object's place.
    func put(file: String, to path: String, fingerprint: Fingerprint? = nil) async throws {
        let (store, name) = try place(path)
        var options = PutOptions(contentType: Self.contentType(of: path))
        if let fingerprint { options.metadata[Self.fingerprintName] = fingerprint.description }
        note(path, try await store.put(file: file, as: name, options))
    }

    /// Takes an object away.
    func delete(_ path: String) async throws {
        let (store, name) = try place(path)
        try await store.delete(name)
        note(path, nil)
    }

    /// The scratch folder, which only its owner may look into.
    func makeScratch() throws(StoreError) -> String {
        try state.withLock { state throws(StoreError) in
            if state.isMade { return scratch }
            do {
                try FileManager.default.createDirectory(
                    atPath: scratch, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            } catch {
                throw StoreError(
                    .file,
                    "\(scratch) cannot be made, where models lie in the meantime: \(error.localizedDescription); choose "
                        + "a place with --scratch.")
            }
            state.isMade = true
            return scratch
        }
    }

    static func contentType(of path: String) -> String {
        switch PathName.fileExtension(path).lowercased() {
        case "png": "image/png"
        case "jpg", "jpeg": "image/jpeg"
        case "exr": "image/x-exr"
        case "mp4": "video/mp4"
        case "html": "text/html; charset=utf-8"
        case "json": "application/json"
        case "jsonl": "application/x-ndjson"
        case "xml": "application/xml"
        default: "application/octet-stream"
        }
    }
}
