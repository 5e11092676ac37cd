// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

/// How far a job is, told by its ledgers, which may be those of shards at work on other machines.
public struct JobStatus: Sendable {
    /// One shard of the job.
    public struct Part: Sendable {
        public var shard: Shard
        /// Items that belong to it.
        public var items: Int
        /// How many ended each way.
        public var counts: [ItemResult: Int]
        /// Seconds since its ledger was last written to; `nil` before it has one.
        public var age: Double?
    }

    public var name: String
    /// Items of the whole job; those in place, those that came to nothing, those that are left.
    public var items: Int
    public var done: Int
    public var failed: Int
    public var left: Int
    /// The shards that have not been merged yet.
    public var parts: [Part]
    /// What was submitted to a scheduler.
    public var submission: Submission?

    /// - Parameter plan: the whole job.
    /// - Throws: `JobError` for a ledger that cannot be read.
    public init(_ plan: JobPlan) throws(JobError) {
        var options = JobRunner.Options()
        options.takesEveryEnd = true
        let work = try WorkLeft(plan, options: options)
        name = plan.name
        (items, done, left) = (plan.itemCount, work.finished, work.pending.count)
        failed = work.failed + work.colliding
        submission = Submission.last(ledger: plan.file.ledger)
        let now = Date().timeIntervalSince1970
        let shards = work.files.map(\.shard).filter { $0 != .whole }
        var counts = Set(shards.map(\.count))
        if let submission, left > 0, submission.shards > 1 { counts.insert(submission.shards) }
        parts = counts.sorted().flatMap { count in
            let items = plan.itemCounts(shards: count)
            return (1...count).compactMap { (index) -> Part? in
                guard let shard = Shard(index: index, count: count) else { return nil }
                let file = work.files.first { $0.shard == shard }
                return Part(
                    shard: shard, items: items[index - 1], counts: file?.counts ?? [:],
                    age: file.map { max(0, now - Double($0.modified) / 1e9) })
            }
        }
    }

    /// The status as JSON.
    public var json: JSONValue {
        var members: [String: JSONValue] = [
            "name": .string(name), "items": .int(Int64(items)), "done": .int(Int64(done)),
            "failed": .int(Int64(failed)), "left": .int(Int64(left)),
            "shards": .array(
                parts.map { part in
                    var members: [String: JSONValue] = [
                        "shard": .string(part.shard.description), "items": .int(Int64(part.items)),
                        "counts": .object(
                            Dictionary(uniqueKeysWithValues: part.counts.map { ($0.rawValue, .int(Int64($1))) })),
                    ]
                    if let age = part.age { members["age"] = .double(age) }
                    return .object(members)
                }),
        ]
        if let submission {
            members["array"] = .string(submission.array)
            members["merge"] = .string(submission.merge)
        }
        return .object(members)
    }
}
