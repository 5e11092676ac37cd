// SPDX-License-Identifier: Apache-2.0

/// How one item ended, for reports and progress.
public struct ItemReport: Hashable, Sendable {
    /// What a person would call the item.
    public var title: String
    /// The model file, or the input that could not become an item.
    public var source: String
    /// The picture's number in its scene.
    public var frame = 0
    /// The item's files, in the order of the outputs.
    public var outputs: [String] = []
    /// Those that show something in a browser; all of them where none does.
    var pictures: [String] {
        let shown = outputs.filter { !$0.lowercased().hasSuffix(".exr") }
        return shown.isEmpty ? outputs : shown
    }
    public var result: ItemResult
    /// Where it ended: `plan`, `connect`, `load`, `render`, `decode`, `check`, `write`, `ledger`.
    public var stage: String?
    /// One sentence: what, where, what to do.
    public var cause: String?
    /// Who has to act, for an item that is not in place.
    public var blame: Blame?
    /// Whether the failure is remembered from an earlier run, and was not tried again.
    public var isKnown = false
    public var warnings: [String] = []
    /// Seconds by stage: `load` (with the scene's first picture), `render`, `transfer`, `develop`, `write` ….
    public var stageSeconds: [String: Double] = [:]

    public init(title: String, source: String, result: ItemResult) {
        (self.title, self.source, self.result) = (title, source, result)
    }
}

/// Why an item is not in place.
struct ItemFailure: Error, Sendable {
    var result: ItemResult
    var stage: String
    var cause: String
    var blame: Blame

    init(_ result: ItemResult = .failed, stage: String, blame: Blame, _ cause: String) {
        (self.result, self.stage, self.cause, self.blame) = (result, stage, cause, blame)
    }

    /// What an error of a renderer says of the item.
    init(_ error: RendererError) {
        switch error.blame {
        case .input: self.init(stage: error.stage, blame: .input, error.message)
        case .limits: self.init(.skippedByLimit, stage: error.stage, blame: .limits, error.message)
        case .unsupported: self.init(.unsupported, stage: error.stage, blame: .input, error.message)
        case .remote, .rendererLost: self.init(stage: error.stage, blame: .remote, error.message)
        case .environment: self.init(stage: error.stage, blame: .environment, error.message)
        }
    }

    static let interrupted = ItemFailure(
        .interrupted, stage: "run", blame: .environment, "the run was stopped before this item; run it again to go on")
}
