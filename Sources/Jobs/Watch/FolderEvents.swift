// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Synchronization

/// Rings a bell when something below some folders may have changed, as inotify tells, and knows what is being written.
///
/// Who hears the bell looks at everything again, so that events which the system lost (its queue overflowed) cost
/// nothing but a look. Network file systems tell nothing of what other machines do.
package final class FolderEvents: Sendable {
    private struct State {
        /// Folders by the number of their watch.
        var folders: [Int32: String] = [:]
        /// Files that were written to and not closed since, and when that was seen last.
        var written: [String: ContinuousClock.Instant] = [:]
        var isComplete = true
        var hasEnded = false
    }

    private static let wanted = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_ATTRIB | IN_MODIFY
            | IN_ONLYDIR)
    /// Some ways to write to a file never close it; after such a time it counts as whole.
    private static let patience = Duration.seconds(60)

    private let roots: [String]
    private let bell: Bell
    private let events: Int32
    private let stopRead: Int32
    private let stopWrite: Int32
    private let state = Mutex(State())

    /// - Throws: `JobError` of code `environment` when the system gives no inotify.
    package init(below roots: [String], bell: Bell) throws(JobError) {
        (self.roots, self.bell) = (roots, bell)
        var ends: [Int32] = [-1, -1]
        events = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
        guard events >= 0, pipe(&ends) == 0 else {
            let reason = String(cString: strerror(errno))
            if events >= 0 { close(events) }
            throw JobError(
                .environment,
                "the system does not tell of changes in folders: \(reason); see fs.inotify.max_user_instances")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (stopRead, stopWrite) = (ends[0], ends[1])
        watchFolders()
        let (events, stop) = (events, stopRead)
        let thread = Thread { [weak self] in
            while Self.waitForEvents(events, stop) {
                guard let self else { break }
                self.take()
            }
            close(stop)
        }
        thread.name = "folders"
        thread.start()
    }

    /// Ends the watch; the bell is not rung any more.
    package func end() {
        let isFirst = state.withLock { state in
            defer { state.hasEnded = true }
            return !state.hasEnded
        }
        guard isFirst else { return }
        var byte = UInt8(1)
        _ = write(stopWrite, &byte, 1)
    }

    deinit {
        end()
        close(events)
        close(stopWrite)
    }

    /// Whether every folder is watched; not so when the system has no watches left (`fs.inotify.max_user_watches`).
    package var isComplete: Bool { state.withLock { $0.isComplete } }

    /// Whether a program has written to a file and not closed it yet.
    package func isBeingWritten(_ path: String) -> Bool {
        state.withLock { state in
            guard let seen = state.written[path] else { return false }
            if seen.duration(to: .now) < Self.patience { return true }
            state.written[path] = nil
            return false
        }
    }

    /// Whether there is something to read; no longer, once the watch was ended.
    private static func waitForEvents(_ events: Int32, _ stop: Int32) -> Bool {
        var waiting = [
            pollfd(fd: events, events: Int16(POLLIN), revents: 0), pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&waiting, 2, -1) < 0 {
            guard errno == EINTR else { return false }
        }
        return waiting[1].revents == 0
    }

    /// Empties the queue, watches folders that are new, and rings unless files were only written to.
    private func take() {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        var (hasNewFolders, isNews) = (false, false)
        while true {
            let count = read(events, &bytes, bytes.count)
            guard count > 0 else { break }
            for event in FolderEvent.events(in: bytes[..<count]) {
                if event.mask & UInt32(IN_MODIFY) == 0 { isNews = true }
                if event.isNewFolder || event.isOverflow { hasNewFolders = true }
                note(event)
            }
        }
        if hasNewFolders { watchFolders() }
        if isNews { bell.ring() }
    }

    private func note(_ event: FolderEvent) {
        state.withLock { state in
            if event.isOverflow { return state.written = [:] }
            if event.mask & UInt32(IN_IGNORED) != 0 { return state.folders[event.watch] = nil }
            guard let folder = state.folders[event.watch], !event.name.isEmpty else { return }
            let path = PathName.join(folder, event.name)
            if event.mask & UInt32(IN_MODIFY) != 0 {
                state.written[path] = .now
            } else if event.mask & UInt32(IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE) != 0 {
                state.written[path] = nil
            }
        }
    }

    /// Watches every folder below the roots; those that are watched already stay so.
    private func watchFolders() {
        var open = roots
        var seen: Set<[UInt64]> = []
        while let folder = open.popLast() {
            guard let status = FileSystem.status(folder), seen.insert([status.device, status.number]).inserted else {
                continue
            }
            let watch = inotify_add_watch(events, folder, Self.wanted)
            let number = errno
            state.withLock { state in
                if watch >= 0 { state.folders[watch] = folder }
                if watch < 0, number == ENOSPC { state.isComplete = false }
            }
            open += Self.folders(in: folder)
        }
    }

    private static func folders(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var folders: [String] = []
        while let entry = readdir(stream) {
            let type = Int(entry.pointee.d_type)
            guard type == Int(DT_DIR) || type == Int(DT_LNK) || type == Int(DT_UNKNOWN) else { continue }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            let path = PathName.join(folder, name)
            guard !name.hasPrefix("."), type == Int(DT_DIR) || FileSystem.status(path)?.isFolder == true else {
                continue
            }
            folders.append(path)
        }
        return folders
    }
}
