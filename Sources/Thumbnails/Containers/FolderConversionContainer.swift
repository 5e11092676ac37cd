// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs

/// A folder of this machine that stands for a container.
public struct FolderConversionContainer: ConversionContainer {
    public let address: String
    private let folder: String

    /// - Parameters:
    ///   - address: of the container that the folder stands for.
    ///   - folder: its path.
    public init(address: String, folder: String) { (self.address, self.folder) = (address, folder) }

    public func look(at name: String) throws -> BlobState? {
        var status = stat()
        guard stat(try path(of: name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return BlobState(
            version: "\(status.st_size) \(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)",
            length: Int64(status.st_size))
    }

    public func names(below prefix: String) throws -> [String] {
        let start = URL(fileURLWithPath: try path(of: prefix))
        let found = FileManager.default.enumerator(atPath: start.path)?.compactMap { $0 as? String } ?? []
        return found.map { prefix + $0 }
    }

    public func head(of name: String, count: Int) throws -> [UInt8]? {
        let path = try path(of: name)
        guard try look(at: name) != nil else { return nil }
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw ContainerProblem(
                message: "\(path) cannot be read: \(String(cString: strerror(errno))).", blame: .environment)
        }
        defer { try? file.close() }
        return [UInt8](try file.read(upToCount: count) ?? Data())
    }

    public func fetch(_ name: String, to file: String) throws {
        let path = try path(of: name)
        // The renderer reads it where it lies: a link costs no copy.
        guard symlink(URL(fileURLWithPath: path).standardizedFileURL.path, file) == 0 else {
            throw ContainerProblem(
                message: "\(file) cannot be written: \(String(cString: strerror(errno))).", blame: .environment)
        }
    }

    public func put(picture bytes: [UInt8], as name: String) throws {
        let path = try path(of: name)
        do throws(FileError) {
            try AtomicFile.write(bytes, to: path)
        } catch {
            throw ContainerProblem(message: "\(error.message).", blame: .environment)
        }
    }

    /// A name of the container as a path, which cannot lead out of the folder.
    private func path(of name: String) throws -> String {
        let parts = name.split(separator: "/").map(String.init)
        guard parts.allSatisfy({ $0 != ".." && $0 != "." && !$0.utf8.contains(0) }) else {
            throw ContainerProblem(message: "\"\(name)\" is no name of a blob: it leads out of its container.")
        }
        return ([folder] + parts).joined(separator: "/")
    }
}
