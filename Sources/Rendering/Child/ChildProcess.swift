// SPDX-License-Identifier: Apache-2.0
import CSystemShim
import Foundation
import Glibc
import Jobs
import Synchronization

/// A program started from here, watched until it ends.
///
/// It runs in a process group of its own, so that an interrupt typed at the terminal reaches only this process, which
/// then ends it in good order. Its output is kept in part, for messages to people.
final class ChildProcess: Sendable {
    private struct State {
        var status: ExitStatus?
        var outputEnded = false
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        /// Waits whose time is over.
        var expired: Set<Int> = []
        var nextTicket = 0
        var lastLines: [String] = []
        var partialLine: [UInt8] = []
    }

    /// Lines of output that are kept.
    private static let keptLines = 20

    let pid: Int32
    /// The program's name, for messages.
    let name: String
    private let state: Mutex<State>

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: the words after the program's name.
    ///   - handedOn: descriptors that the child has as 3, 4, 5 …
    /// - Throws: `RendererError` when it cannot be started.
    init(_ program: String, _ arguments: [String], handedOn: [FileDescriptor] = []) throws(RendererError) {
        let nothing = try FileDescriptor.null()
        let output = try FileDescriptor.pipe()
        let descriptors = [nothing.raw, output.write.raw, output.write.raw] + handedOn.map(\.raw)
        var pid: Int32 = 0
        let words = ([program] + arguments).map { strdup($0) } + [nil]
        let environment = ProcessInfo.processInfo.environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + environment).forEach { free($0) } }
        let error = csystemshim_posix_spawn(&pid, program, words, environment, descriptors, Int32(descriptors.count))
        guard error == 0 else {
            throw RendererError(
                .environment, stage: "start", "\(program) cannot be started: \(String(cString: strerror(error))).")
        }
        self.pid = pid
        name = program.split(separator: "/").last.map(String.init) ?? program
        state = Mutex(State())
        // Only the child may hold this end, so that its death ends the file.
        output.write.close()
        let said = output.read
        Thread.detachNewThread { [self] in follow(said) }
        Thread.detachNewThread { [self] in watch() }
    }

    /// How it ended; `nil` while it runs.
    var status: ExitStatus? { state.withLock { $0.status } }

    /// The last lines of its output, at most twenty.
    var lastLines: [String] { state.withLock { $0.lastLines } }

    var residentBytes: Int? { status == nil ? ProcessMemory.residentBytes(of: pid) : nil }

    /// Sends a signal to the process and those it started; nothing once it has ended.
    func signal(_ signal: Int32) {
        // Under the lock the process is not reaped, so its number cannot belong to another.
        state.withLock { state in
            guard state.status == nil else { return }
            if kill(-pid, signal) != 0 { _ = kill(pid, signal) }
        }
    }

    /// Waits for its end and that of its output.
    ///
    /// - Returns: how it ended, or `nil` when it still runs after the time.
    @discardableResult
    func wait(for timeout: Duration) async -> ExitStatus? {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let clock = Task {
            try? await Task.sleep(for: timeout)
            let waiter = state.withLock { state in
                state.expired.insert(ticket)
                return state.waiters.removeValue(forKey: ticket)
            }
            waiter?.resume()
        }
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.status != nil && state.outputEnded || state.expired.contains(ticket) { return true }
                state.waiters[ticket] = continuation
                return false
            }
            if isOver { continuation.resume() }
        }
        clock.cancel()
        return status
    }

    /// Waits for its end and kills it when it does not come in time.
    @discardableResult
    func end(grace: Duration) async -> ExitStatus? {
        if let status = await wait(for: grace) { return status }
        signal(SIGKILL)
        return await wait(for: .seconds(5))
    }

    private func watch() {
        let error = csystemshim_wait_without_reaping(pid)
        change { state in
            var status: Int32 = 0
            let reaped = error == 0 && waitpid(pid, &status, 0) == pid
            // Somebody else has reaped it, so nothing is known but its end.
            state.status = reaped ? ExitStatus(waitStatus: status) : ExitStatus(.exited(code: -1))
        }
    }

    private func follow(_ output: FileDescriptor) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(output.raw, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            state.withLock { Self.keep(buffer[..<count], in: &$0) }
        }
        change { state in
            Self.keep([UInt8(ascii: "\n")], in: &state)
            state.outputEnded = true
        }
    }

    private static func keep(_ bytes: ArraySlice<UInt8>, in state: inout State) {
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                if state.partialLine.count < 1000 { state.partialLine.append(byte) }
                continue
            }
            let line = String(decoding: state.partialLine, as: UTF8.self)
            state.partialLine.removeAll(keepingCapacity: true)
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            state.lastLines.append(line)
            if state.lastLines.count > keptLines { state.lastLines.removeFirst() }
        }
    }

    /// Changes the state and wakes the waiters once the process and its output have ended.
    private func change(_ change: (inout State) -> Void) {
        let woken = state.withLock { state in
            change(&state)
            guard state.status != nil, state.outputEnded else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters.removeAll() }
            return Array(state.waiters.values)
        }
        woken.forEach { $0.resume() }
    }
}
