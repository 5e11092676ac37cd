// SPDX-License-Identifier: Apache-2.0

/// How a run ended.
public struct JobSummary: Sendable {
    /// The job's name.
    public var name: String
    public var shard: Shard
    /// Every item, and every input that could not become one, in the order of the plan.
    public var items: [ItemReport] = []
    /// Sheet, movie and reports that were written.
    public var extras: [String] = []
    /// Why the run as a whole failed: the ledger, the backend, a report that could not be written.
    public var errors: [JobError] = []
    /// What drew, where something was drawn.
    public var backend: String?
    public var seconds = 0.0
    /// Whether the run was told to stop.
    public var isInterrupted = false
    /// Whether it stopped by itself at `max-failures`.
    public var isStoppedByFailures = false
    public var exitCode = ExitCode.success

    public init(name: String, shard: Shard) { (self.name, self.shard) = (name, shard) }

    /// How many items ended each way.
    public var counts: [ItemResult: Int] {
        items.reduce(into: [:]) { $0[$1.result, default: 0] += 1 }
    }

    /// One line for a person: `12 done, 3 unchanged, 1 failed`.
    public var sentence: String {
        let counts = counts
        let parts = ItemResult.allCases.compactMap { result in
            counts[result].map { "\($0) \(Self.word(result))" }
        }
        return parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
    }

    private static func word(_ result: ItemResult) -> String {
        switch result {
        case .skippedByLimit: "over a limit"
        case .crashedRenderer: "crashed the renderer"
        case .emptyFrame: "empty"
        default: result.rawValue
        }
    }
}

extension JobSummary {
    /// Settles the exit code by who has to act.
    package mutating func settle(_ settings: JobFile.RunSettings, failsUnsupported: (ItemReport) -> Bool) {
        exitCode = code(settings, failsUnsupported: failsUnsupported)
    }

    private func code(_ settings: JobFile.RunSettings, failsUnsupported: (ItemReport) -> Bool) -> ExitCode {
        if isInterrupted { return .interrupted }
        if let error = errors.first { return ExitCode(error) }
        let failures = items.filter { item in
            switch item.result {
            case .done, .unchanged: false
            case .unsupported: failsUnsupported(item)
            case .failed, .crashedRenderer, .emptyFrame, .skippedByLimit, .interrupted: true
            }
        }
        let counted: [ItemReport] =
            switch settings.failOn {
            case .any: failures
            case .new: failures.filter { !$0.isKnown }
            case .none: []
            }
        let isAnythingThere = items.contains { $0.result.isInPlace }
        if counted.isEmpty {
            let isAllUnsupported = !items.isEmpty && items.allSatisfy { $0.result == .unsupported }
            return isAllUnsupported && settings.failOn != .none ? .input : .success
        }
        let blames = Set(counted.filter { $0.result != .interrupted }.compactMap(\.blame))
        if let blame = blames.first, blames.count == 1, !isAnythingThere || isStoppedByFailures {
            return blame.exitCode
        }
        return .partial
    }
}
