// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A worker as the one who asks sees it: a child process behind two pipes.
final class WorkerProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var pending = Data()
    /// Seconds after which a call counts as hanging.
    private static let patience = 300.0

    /// Starts a program.
    ///
    /// - Throws: `Absence` when the program is not there.
    init(_ program: String, _ arguments: [String], environment: [String: String]) throws {
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Absence("\(program) is not there; make bench sets it up")
        }
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
    }

    /// Ends the worker by ending its pipe, and waits until it is gone.
    func close() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Asks and waits for the answer.
    ///
    /// - Throws: `Absence` where the worker says that it does not have the call, else `Failure`.
    func ask(_ question: Question) throws -> Answer {
        try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(question) + Data("\n".utf8))
        let line = try readLine(question)
        guard let answer = try? JSONDecoder().decode(Answer.self, from: line) else {
            throw Failure("a worker answered no JSON: \(String(decoding: line.prefix(200), as: UTF8.self))")
        }
        if let absent = answer.absent { throw Absence(absent) }
        if let error = answer.error { throw Failure("\(question.call): \(error)") }
        return answer
    }

    private func readLine(_ question: Question) throws -> Data {
        let descriptor = output.fileHandleForReading.fileDescriptor
        let end = Date(timeIntervalSinceNow: Self.patience)
        while true {
            if let newline = pending.firstIndex(of: UInt8(ascii: "\n")) {
                let line = pending[..<newline]
                pending = Data(pending[(newline + 1)...])
                return Data(line)
            }
            var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let left = end.timeIntervalSinceNow
            guard left > 0, poll(&request, 1, Int32(left * 1000) + 1) > 0 else {
                process.terminate()
                throw Failure("\(question.call) did not answer for \(Int(Self.patience)) s")
            }
            var bytes = [UInt8](repeating: 0, count: 1 << 16)
            let count = read(descriptor, &bytes, bytes.count)
            guard count > 0 else { throw Failure("the worker of \(question.call) has ended") }
            pending += bytes[..<count]
        }
    }
}
