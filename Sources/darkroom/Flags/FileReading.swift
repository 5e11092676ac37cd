// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import ImageCore
import Jobs

/// Files that a command reads whole.
enum FileReading {
    /// All bytes of a file, or of standard input for `-`.
    ///
    /// - Throws: `CommandFailure` with blame `input`, naming the file.
    static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
        if path == "-" {
            do {
                return [UInt8](try FileHandle.standardInput.readToEnd() ?? Data())
            } catch {
                throw CommandFailure(.input, "Standard input cannot be read: \(error.localizedDescription)")
            }
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw CommandFailure(.input, "\(path) cannot be opened: \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            throw CommandFailure(.input, "\(path) is a folder, where a file is needed.")
        }
        do {
            let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
            return [UInt8](try handle.readToEnd() ?? Data())
        } catch {
            throw CommandFailure(.input, "\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
    }

    /// The picture in a file.
    ///
    /// - Throws: `CommandFailure` with blame `input` or `limits`, naming the file.
    static func picture(_ path: String) throws(CommandFailure) -> PixelBuffer {
        let bytes = try bytes(of: path)
        do {
            return try ImageDecoder.decode(bytes)
        } catch {
            throw failure(path, error)
        }
    }

    /// Runs `body`; a codec's error is made to name the file.
    static func naming<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as CodecError {
            throw failure(path, error)
        }
    }

    private static func failure(_ path: String, _ error: CodecError) -> CommandFailure {
        CommandFailure(error.code == .limits ? .limits : .input, "\(path): \(error.message)")
    }
}
