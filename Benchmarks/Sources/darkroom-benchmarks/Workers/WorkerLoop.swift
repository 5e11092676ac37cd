// SPDX-License-Identifier: Apache-2.0
import BenchmarkRows
import CPeers
import Foundation

/// Our side of the pipe: makes calls as it is asked, until the pipe ends.
struct WorkerLoop {
    private var calls: [String: PreparedCall] = [:]

    /// Threads that this worker's calls may use; the image core reads the same variable.
    static let threads = ProcessInfo.processInfo.environment["DARKROOM_THREADS"].flatMap { Int($0) } ?? 1

    /// Answers every line of standard input on standard output.
    mutating func run() throws {
        while let line = readLine() {
            let answer: Answer
            do {
                answer = try self.answer(JSONDecoder().decode(Question.self, from: Data(line.utf8)))
            } catch let absence as Absence {
                answer = Answer(absent: absence.description)
            } catch {
                answer = Answer(error: "\(error)")
            }
            try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(answer) + Data("\n".utf8))
        }
    }

    private mutating func answer(_ question: Question) throws -> Answer {
        switch question.ask {
        case .describe: return Answer(versions: CallTable.versions)
        case .prepare:
            calls[question.slot] = try CallTable.prepare(question.call, CallOptions(question.options))
            return Answer()
        case .drop:
            calls[question.slot] = nil
            return Answer()
        case .time: return try time(call(question), times: question.times)
        case .weigh: return try weigh(call(question))
        }
    }

    private func call(_ question: Question) throws -> PreparedCall {
        guard let call = calls[question.slot] else { throw Failure("no call was prepared as \(question.slot)") }
        return call
    }

    private func time(_ call: PreparedCall, times: Int) throws -> Answer {
        var output: Int?
        let start = ContinuousClock.now
        for _ in 0..<times { output = try call.run() }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Answer(seconds: seconds, work: call.work, output: output)
    }

    private func weigh(_ call: PreparedCall) throws -> Answer {
        let probe = MemoryProbe()
        let before = peers_heap_calls()
        _ = try call.run()
        return Answer(allocations: Int(peers_heap_calls() - before), peak: probe?.peak())
    }
}
