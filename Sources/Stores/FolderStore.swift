// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A folder of this machine as a store; its files' names are their paths below it.
public struct FolderStore: ObjectStore {
    public let address: String
    private let folder: String

    /// - Parameters:
    ///   - folder: its path.
    ///   - address: what it is called; `nil` for the path.
    public init(folder: String, address: String? = nil) { (self.folder, self.address) = (folder, address ?? folder) }

    public func look(at name: String) throws -> ObjectState? { Self.state(try path(of: name)) }

    public func list(prefix: String) throws -> [StoredObject] {
        let above = prefix.lastIndex(of: "/").map { String(prefix[..<$0]) } ?? ""
        let start = above.isEmpty ? folder : try path(of: above)
        var found: [StoredObject] = []
        for case let below as String in FileManager.default.enumerator(atPath: start) ?? .init() {
            let name = above.isEmpty ? below : "\(above)/\(below)"
            guard name.hasPrefix(prefix), let state = Self.state("\(folder)/\(name)") else { continue }
            found.append(StoredObject(name: name, state: state))
        }
        return found
    }

    public func head(of name: String, count: Int) throws -> [UInt8]? {
        let path = try path(of: name)
        guard Self.state(path) != nil else { return nil }
        guard let file = FileHandle(forReadingAtPath: path) else { throw Self.failure("read", path) }
        defer { try? file.close() }
        do {
            return [UInt8](try file.read(upToCount: count) ?? Data())
        } catch {
            throw StoreError(.file, "\(path) cannot be read: \(error.localizedDescription)", underlying: error)
        }
    }

    @discardableResult
    public func fetch(_ name: String, to file: String) throws -> ObjectState {
        let path = try path(of: name)
        guard let state = Self.state(path) else { throw StoreError(.noObject, "\(path) is not there.") }
        // Whoever reads it can do so where it lies: a link costs no copy.
        guard symlink(URL(fileURLWithPath: path).standardizedFileURL.path, file) == 0 else {
            throw Self.failure("write", file)
        }
        return state
    }

    @discardableResult
    public func put(_ bytes: [UInt8], as name: String, _ options: PutOptions) throws -> ObjectState {
        try place(name, options) { try Data(bytes).write(to: URL(fileURLWithPath: $0)) }
    }

    @discardableResult
    public func put(file: String, as name: String, _ options: PutOptions) throws -> ObjectState {
        try place(name, options) { try FileManager.default.copyItem(atPath: file, toPath: $0) }
    }

    public func delete(_ name: String) throws {
        let path = try path(of: name)
        guard unlink(path) == 0 || errno == ENOENT else { throw Self.failure("remove", path) }
    }

    // MARK: Files

    private func path(of name: String) throws(StoreError) -> String { try ObjectName.path(of: name, in: folder) }

    private static func state(_ path: String) -> ObjectState? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return ObjectState(
            length: Int64(status.st_size),
            version: "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)")
    }

    /// Fills a hidden file beside the object's place and moves it there in one step, down to the disk.
    private func place(_ name: String, _ options: PutOptions, fill: (String) throws -> Void) throws -> ObjectState {
        let path = try path(of: name)
        let parent = (path as NSString).deletingLastPathComponent
        let temporary = "\(parent)/.darkroom-\(UUID().uuidString).tmp"
        do {
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            defer { unlink(temporary) }
            try fill(temporary)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: temporary))
            try handle.synchronize()
            try handle.close()
            switch options.condition {
            case .always: guard rename(temporary, path) == 0 else { throw Self.failure("write", path) }
            case .ifNew:
                guard link(temporary, path) == 0 else {
                    if errno == EEXIST { throw StoreError(.conflict, "\(path) is there already.") }
                    throw Self.failure("write", path)
                }
            case .ifUnchanged(let version):
                guard Self.state(path)?.version == version else {
                    throw StoreError(.conflict, "\(path) was changed by somebody else in the meantime.")
                }
                guard rename(temporary, path) == 0 else { throw Self.failure("write", path) }
            }
        } catch let error as StoreError {
            throw error
        } catch {
            throw StoreError(.file, "\(path) cannot be written: \(error.localizedDescription)", underlying: error)
        }
        guard let state = Self.state(path) else { throw Self.failure("read", path) }
        return state
    }

    private static func failure(_ verb: String, _ path: String) -> StoreError {
        let past = ["read": "read", "write": "written", "remove": "removed"][verb] ?? verb
        return StoreError(.file, "\(path) cannot be \(past): \(String(cString: strerror(errno))).")
    }
}
