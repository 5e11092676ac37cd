// SPDX-License-Identifier: Apache-2.0
import Glibc
import Stores

/// Takes pictures away whose source is gone.
///
/// Only what the job's ledger says was made by it goes, and only where the plan of the whole job has no picture at that
/// place: files of other programs, and pictures of models that are still there, stay. Folders that become empty go too.
public struct JobPrune: Sendable {
    /// Files to go, by path.
    public private(set) var files: [String] = []
    private let keys: [String]
    private let ledger: String
    private let stored: StoredFiles?
    /// The folder that all pictures of the ledger lie in.
    private let base: String

    /// Finds what can go.
    ///
    /// - Parameter limit: how many, or which part, of the ledger's items may go; more are a sign that a folder was not
    ///   mounted.
    /// - Throws: `JobError` of code `usage` for a plan that does not tell what is gone (one shard, some frames, models
    ///   named one by one), `environment` for a ledger that cannot be read, `limits` for more than may go.
    public init(_ plan: JobPlan, limit: JobFile.RunSettings.FailureLimit = .fraction(0.5)) throws(JobError) {
        guard plan.shard == .whole, plan.options.frames == nil else {
            throw JobError(.usage, "pictures can be pruned for the whole job only, not for a shard or some frames")
        }
        guard plan.file.scene.models.isEmpty, plan.file.sources.list == nil, plan.file.sources.paths.isEmpty else {
            throw JobError(
                .usage,
                "only a job over a folder (sources.root) tells which models are gone; nothing is pruned for models named one by one"
            )
        }
        ledger = plan.file.ledger
        var kept: Set<String> = []
        for item in plan.items { kept.formUnion(plan.outputPaths(item).map(PathName.normalized)) }
        let records = try Ledger.records(in: ledger)
        let gone = records.filter { !kept.contains(PathName.normalized($0.key)) }
        let most: Int =
            switch limit {
            case .none: .max
            case .count(let count): count
            case .fraction(let part): Int(part * Double(records.count))
            }
        guard gone.count <= most else {
            throw JobError(
                .limits,
                "\(gone.count) of \(records.count) pictures would be pruned; look whether \(plan.file.sources.root) is all there, or raise --max-prune"
            )
        }
        base = Self.commonFolder(records.map(\.key))
        files = gone.flatMap { $0.files.isEmpty ? [$0.key] : $0.files }
            .filter { !kept.contains(PathName.normalized($0)) && plan.status(of: $0)?.isFile == true }.sorted()
        stored = plan.options.stored
        keys = gone.map(\.key)
    }

    private static func commonFolder(_ paths: [String]) -> String {
        guard var common = paths.first.map(PathName.folder) else { return "" }
        for path in paths {
            while !common.isEmpty, common != "/", !path.hasPrefix(common + "/") { common = PathName.folder(common) }
        }
        return common
    }

    /// Removes the files, forgets their items, and removes folders that become empty.
    ///
    /// - Returns: how many files went.
    /// - Throws: `JobError` of code `environment`.
    public func run() async throws(JobError) -> Int {
        var gone = 0
        for path in files {
            if StoredFiles.holds(path) {
                do {
                    try await stored?.delete(path)
                } catch let error as StoreError {
                    throw JobError(error)
                } catch {
                    throw JobError(.remote, "stopped before \(path) was removed", underlying: error)
                }
                gone += 1
                continue
            }
            guard unlink(path) == 0 else {
                if errno == ENOENT { continue }
                let cause = FileError(path, "remove", number: errno)
                throw JobError(.environment, cause.message, underlying: cause)
            }
            gone += 1
            var folder = PathName.folder(path)
            while folder.count > base.count, rmdir(folder) == 0 { folder = PathName.folder(folder) }
        }
        if !keys.isEmpty { try Ledger.join(ledger, forgetting: Set(keys)) }
        return gone
    }
}
