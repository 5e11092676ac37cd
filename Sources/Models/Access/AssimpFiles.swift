// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Foundation

/// The files of one import as Assimp sees them: the model itself, and side files that pass `FileAccess`.
///
/// Assimp never opens a file by itself: every path it asks for comes here.
final class AssimpFiles {
    /// The path under which Assimp is told to find the model.
    let mainPath: String
    private let main: ReadableFile
    private let folder: String?
    private let prefix: String
    private let access: FileAccess

    /// A side file was too much, or must not be read: the import cannot be used.
    private(set) var failure: ModelError?
    /// Side files that were asked for and are not there, in the order of asking.
    private(set) var missing: [String] = []
    private(set) var warnings: [String] = []

    /// - Parameters:
    ///   - folder: where side files are looked for; `nil` for a model in memory.
    init(main: ReadableFile, fileName: String, folder: String?, access: FileAccess) {
        prefix = (folder ?? "/upload") + "/"
        mainPath = prefix + fileName
        (self.main, self.folder, self.access) = (main, folder, access)
    }

    /// Calls `body` with callbacks that stay valid until it returns.
    func withCallbacks<R>(_ body: (UnsafeMutablePointer<aiFileIO>) -> R) -> R {
        var callbacks = aiFileIO(
            OpenProc: { io, path, mode in
                guard let io, let path, let mode else { return nil }
                return AssimpFiles.of(io).open(String(cString: path), mode: String(cString: mode))
            },
            CloseProc: { _, file in
                guard let file else { return }
                Unmanaged<ReadableFile>.fromOpaque(UnsafeRawPointer(file.pointee.UserData)).release()
                file.deallocate()
            },
            UserData: Unmanaged.passUnretained(self).toOpaque().assumingMemoryBound(to: CChar.self))
        return withExtendedLifetime(self) { body(&callbacks) }
    }

    private static func of(_ io: UnsafeMutablePointer<aiFileIO>) -> AssimpFiles {
        Unmanaged.fromOpaque(UnsafeRawPointer(io.pointee.UserData)).takeUnretainedValue()
    }

    private func open(_ path: String, mode: String) -> UnsafeMutablePointer<aiFile>? {
        guard !mode.contains("w"), !mode.contains("a"), !mode.contains("+") else { return nil }
        if path == mainPath {
            guard main.seek(to: 0) else { return nil }
            return AssimpFiles.lend(main)
        }
        let name = path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
        return openSide(name).map(AssimpFiles.lend)
    }

    private func openSide(_ name: String) -> ReadableFile? {
        do throws(ModelError) {
            switch access.side(name, in: folder) {
            case .found(let path, let asNamed):
                let file = try access.openResolved(path, named: name)
                if !asNamed { note("The side file \"\(name)\" was found as \(path).") }
                return file
            case .missing:
                if !missing.contains(name) { missing.append(name) }
            case .refused(let reason):
                if !missing.contains(name) { missing.append(name) }
                note("The side file \"\(name)\" was not read: \(reason).")
            }
        } catch {
            if error.code == .limits {
                failure = failure ?? error
            } else {
                if !missing.contains(name) { missing.append(name) }
                note("The side file \"\(name)\" was not read: \(error.message)")
            }
        }
        return nil
    }

    private func note(_ sentence: String) {
        if !warnings.contains(sentence) { warnings.append(sentence) }
    }

    private static func lend(_ file: ReadableFile) -> UnsafeMutablePointer<aiFile> {
        let lent = UnsafeMutablePointer<aiFile>.allocate(capacity: 1)
        lent.initialize(
            to: aiFile(
                ReadProc: { file, buffer, size, count in
                    guard let file, let buffer, size > 0 else { return 0 }
                    let (wanted, overflow) = size.multipliedReportingOverflow(by: count)
                    guard !overflow else { return 0 }
                    let memory = UnsafeMutableRawBufferPointer(start: buffer, count: Int(clamping: wanted))
                    return AssimpFiles.of(file).read(into: memory) / Int(size)
                },
                WriteProc: { _, _, _, _ in 0 },
                TellProc: { file in file.map { AssimpFiles.of($0).position } ?? 0 },
                FileSizeProc: { file in file.map { AssimpFiles.of($0).size } ?? 0 },
                SeekProc: { file, offset, origin in
                    guard let file else { return aiReturn_FAILURE }
                    let open = AssimpFiles.of(file)
                    // Negative offsets arrive as huge unsigned ones.
                    let move = Int(bitPattern: UInt(offset))
                    let start = origin == aiOrigin_SET ? 0 : origin == aiOrigin_CUR ? open.position : open.size
                    let (place, overflow) = start.addingReportingOverflow(move)
                    return !overflow && open.seek(to: place) ? aiReturn_SUCCESS : aiReturn_FAILURE
                },
                FlushProc: { _ in },
                UserData: Unmanaged.passRetained(file).toOpaque().assumingMemoryBound(to: CChar.self)))
        return lent
    }

    private static func of(_ file: UnsafeMutablePointer<aiFile>) -> ReadableFile {
        Unmanaged.fromOpaque(UnsafeRawPointer(file.pointee.UserData)).takeUnretainedValue()
    }
}
