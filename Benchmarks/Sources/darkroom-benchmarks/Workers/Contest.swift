// SPDX-License-Identifier: Apache-2.0
import BenchmarkRows
import Foundation

/// One benchmark on one input: all sides in turns, so that whatever the machine does meets all of them.
struct Contest {
    var benchmark: Benchmark
    var input: Benchmark.Input
    var limits: Limits
    /// Options that every call gets.
    var places: Places

    /// How long a contest lasts.
    struct Limits {
        /// Rounds at most.
        var rounds: Int
        /// Seconds after which no round begins, but for the least rounds.
        var seconds: Double
        static let leastRounds = 3
        /// A timed call is repeated until it takes about so long: clocks and pipes have grain.
        static let leastSeconds = 0.01
    }

    private struct Entry {
        var name: String
        var call: Call
        var slot: String
        var options: [String: String] = [:]
        var times = 1
        var seconds: [Double] = []
        var work = 0.0
        var output: Int?
        var weight: Answer?
    }

    /// Measures; a row for each peer.
    ///
    /// A peer that crashes or hangs is told as absent, and the others begin anew without it.
    func run(_ workers: Workers) throws -> [Row] {
        var absent: [String: String] = [:]
        while true {
            do {
                return try measure(workers, &absent)
            } catch let fall as Fall {
                absent[fall.peer] = fall.description
                workers.close()
            }
        }
    }

    /// A peer that could not go on.
    private struct Fall: Error {
        var peer: String
        var description: String
    }

    private func measure(_ workers: Workers, _ absent: inout [String: String]) throws -> [Row] {
        var entries: [Entry] = []
        defer { drop(entries, workers) }
        let sides = [Benchmark.Peer(Self.ourName, benchmark.ours)] + benchmark.peers
        for (index, side) in sides.enumerated() where absent[side.name] == nil {
            var entry = Entry(name: side.name, call: side.call, slot: String(index))
            do {
                try prepare(&entry, workers)
                entries.append(entry)
            } catch let absence as Absence where index > 0 {
                absent[side.name] = absence.description
            }
        }
        if entries.count > 1 { try takeTurns(&entries, workers) }
        if benchmark.weighs {
            for index in entries.indices { entries[index].weight = try ask(.weigh, entries[index], workers) }
        }
        return benchmark.peers.map { peer in
            let entry = entries.first { $0.name == peer.name }
            return Row(
                benchmark: benchmark.name, input: input.name, peer: peer.name,
                outcome: entry.map { .measured(Figures(ours: Self.side(entries[0]), theirs: Self.side($0))) }
                    ?? .absent(absent[peer.name] ?? "not measured"))
        }
    }

    private func drop(_ entries: [Entry], _ workers: Workers) {
        for entry in entries where workers.isRunning(entry.call.worker) {
            // One that has died meanwhile holds nothing any more.
            _ = try? workers.worker(entry.call.worker).ask(Question(ask: .drop, slot: entry.slot))
        }
    }

    private static let ourName = "darkroom"

    private func prepare(_ entry: inout Entry, _ workers: Workers) throws {
        let known = ["work": places.work, "darkroom": places.darkroom, "peers": places.peers]
        entry.options = known.merging(input.options) { $1 }.merging(entry.call.options) { $1 }
        _ = try ask(.prepare, entry, workers)
        // The first call warms caches and heap; the second says how often to repeat.
        _ = try ask(.time, entry, workers)
        let seconds = try ask(.time, entry, workers).seconds ?? 0
        entry.times = max(1, min(10_000, Int(Limits.leastSeconds / max(seconds, 1e-7))))
    }

    private func takeTurns(_ entries: inout [Entry], _ workers: Workers) throws {
        let start = ContinuousClock.now
        for round in 0..<limits.rounds {
            let spent = (ContinuousClock.now - start) / .seconds(1)
            if round >= Limits.leastRounds, spent > limits.seconds { return }
            for turn in entries.indices {
                // Another one begins each time, so that nobody always comes after the same one.
                let index = (round + turn) % entries.count
                let answer = try ask(.time, entries[index], workers)
                entries[index].seconds.append((answer.seconds ?? 0) / Double(entries[index].times))
                entries[index].work = answer.work ?? 0
                entries[index].output = answer.output
            }
        }
    }

    /// - Throws: `Absence`; `Failure` where our own side fails, `Fall` where a peer does.
    private func ask(_ ask: Question.Ask, _ entry: Entry, _ workers: Workers) throws -> Answer {
        let question = Question(
            ask: ask, slot: entry.slot, call: entry.call.name, options: entry.options, times: entry.times)
        do {
            return try workers.worker(entry.call.worker).ask(question)
        } catch let failure as Failure where entry.name != Self.ourName {
            throw Fall(peer: entry.name, description: failure.description)
        }
    }

    private static func side(_ entry: Entry) -> Side {
        Side(
            times: Series(entry.seconds), work: entry.work, output: entry.output,
            allocations: entry.weight?.allocations, peak: entry.weight?.peak)
    }
}
