// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Watches the models of folders and hands out those that are new or have changed, once they are whole.
package struct FolderWatch: Sendable {
    package var sources: JobFile.Sources
    /// How far apart two looks have to be that see a model the same.
    package var settle: Duration
    /// The longest time between two looks, where the system tells nothing.
    package var poll: Duration

    package init(_ sources: JobFile.Sources, settle: Duration, poll: Duration) {
        (self.sources, self.settle, self.poll) = (sources, settle, poll)
    }

    /// Watches until the task is cancelled.
    ///
    /// - Parameters:
    ///   - ready: told once before the first look whether the system tells of every change.
    ///   - draw: draws models, given by their paths, and returns those to try again later.
    /// - Throws: `JobError` when a folder is not there; what `draw` throws.
    package func run(
        ready: (_ isComplete: Bool) -> Void = { _ in }, draw: ([String]) async throws -> Set<String>
    ) async throws {
        let bell = Bell()
        let events = try FolderEvents(below: roots, bell: bell)
        defer { events.end() }
        ready(events.isComplete)
        var scan = FolderScan(sources)
        let watch = SettledWatch<String, FolderScan.State>(settle: settle, poll: poll, bell: bell)
        try await watch.run(
            look: { _ in try scan.look().filter { !events.isBeingWritten($0.key) } }, handle: draw)
    }

    /// The folders that models lie in or below.
    private var roots: [String] {
        guard !sources.paths.isEmpty else { return [sources.root] }
        return sources.paths.map { path in
            if FileSystem.status(path)?.isFolder == true { return path }
            let folder = PathName.folder(path)
            return folder.isEmpty ? "." : folder
        }
    }
}
