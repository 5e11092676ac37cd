// SPDX-License-Identifier: Apache-2.0
import Codecs
import Film
import Foundation
import ImageCore
import Synchronization

/// Makes a film of finished pictures with the program ffmpeg.
struct MovieMaker {
    let settings: JobFile.Movie
    /// What transparent pictures are laid over.
    let background: PictureColor
    /// Folders to look for the program in.
    let searchPath: String

    /// Writes the film; pictures that differ in size from the first are fitted to it.
    ///
    /// - Throws: `JobError` of code `environment`, which names the package when the program is absent.
    func write(_ pictures: [String]) throws(JobError) {
        guard let program = program() else {
            throw JobError(
                .environment,
                "movie \(settings.path): the program ffmpeg is not there; install the package ffmpeg (apt-get install ffmpeg)"
            )
        }
        let folder = PathName.folder(settings.path)
        let name = PathName.last(settings.path)
        let temporary = PathName.join(
            folder, ".darkroom-\(getpid())-\(PathName.stem(name)).\(PathName.fileExtension(name))")
        do {
            try FileSystem.makeFolders(folder)
            defer { unlink(temporary) }
            try encode(pictures, with: program, to: temporary)
            guard rename(temporary, settings.path) == 0 else {
                throw FileError(settings.path, "put in place", number: errno)
            }
        } catch let error as JobError {
            throw error
        } catch {
            throw JobError(
                .environment, "movie \(settings.path): \((error as? FileError)?.message ?? "\(error)")",
                underlying: error)
        }
    }

    private func program() -> String? {
        searchPath.split(separator: ":").map { PathName.join(String($0), "ffmpeg") }.first { access($0, X_OK) == 0 }
    }

    private func encode(_ pictures: [String], with program: String, to path: String) throws {
        guard let first = pictures.first, let head = try? frame(first, size: nil) else {
            throw JobError(.environment, "movie \(settings.path): the first picture cannot be read")
        }
        var ends: [Int32] = [0, 0]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw FileError(settings.path, "start ffmpeg", number: errno)
        }
        // The child must not inherit our end: it would never see the end of its input.
        _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
        let (child, complaints) = try start(program, head.width, head.height, input: ends[1], to: path)
        close(ends[1])
        var isBroken = false
        for picture in pictures where !isBroken {
            guard let next = try? frame(picture, size: (head.width, head.height)) else { continue }
            isBroken = !send(next.bytes, to: ends[0])
        }
        close(ends[0])
        child.waitUntilExit()
        guard child.terminationStatus == 0, child.terminationReason == .exit, !isBroken else {
            let said = String(decoding: complaints.withLock { $0 }, as: UTF8.self)
            let last = said.split(separator: "\n").last.map(String.init) ?? "status \(child.terminationStatus)"
            throw JobError(.environment, "movie \(settings.path): ffmpeg failed: \(last)")
        }
    }

    private func start(_ program: String, _ width: Int, _ height: Int, input: Int32, to path: String) throws
        -> (Process, ComplaintBox)
    {
        let encoding = FilmEncoding(fps: settings.fps)
        let child = Process()
        child.executableURL = URL(fileURLWithPath: program)
        child.arguments =
            [
                "-hide_banner", "-loglevel", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
                "\(width)x\(height)", "-r", encoding.rate, "-i", "-",
            ] + encoding.outputOptions + [path]
        child.standardInput = FileHandle(fileDescriptor: input, closeOnDealloc: false)
        child.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        child.standardError = errors
        let box = ComplaintBox()
        errors.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            if data.isEmpty { handle.readabilityHandler = nil } else { box.append(data) }
        }
        try child.run()
        return (child, box)
    }

    /// The last kilobytes that a child said on its error stream.
    private final class ComplaintBox: Sendable {
        private let bytes = Mutex<[UInt8]>([])
        func append(_ data: Data) { bytes.withLock { $0 = ($0 + data).suffix(8192) } }
        func withLock<Value: Sendable>(_ body: ([UInt8]) -> Value) -> Value { bytes.withLock { body($0) } }
    }

    /// Sends bytes without the signal that a closed pipe would raise; `false` when the child is gone.
    private func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let flags = Int32(MSG_NOSIGNAL)
                let count = Glibc.send(socket, buffer.baseAddress?.advanced(by: offset), buffer.count - offset, flags)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return false }
                offset += count
            }
            return true
        }
    }

    private func frame(_ path: String, size: (Int, Int)?) throws -> (width: Int, height: Int, bytes: [UInt8]) {
        let picture = try ImageDecoder.decode(FileSystem.read(path))
        let (width, height) = size ?? (picture.width, picture.height)
        let output = Development.Output(
            width: width, height: height, format: .rgb8, background: background.linearRGB)
        return (width, height, picture.developed(Development(outputs: [output])).first().packedBytes())
    }
}
