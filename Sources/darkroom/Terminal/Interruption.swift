// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Turns SIGTERM, SIGINT and SIGHUP into one cooperative request to stop.
///
/// The first signal calls the handlers; a second SIGINT, or `patience` after the first one, ends the
/// process with the code for 'interrupted'. Handlers, not ignored signals, are installed, because a child
/// process would inherit ignored ones.
enum Interruption {
    /// How long the work may take to stop by itself.
    static let patience: TimeInterval = 17

    private struct State {
        var name: String?
        var handlers: [Int: @Sendable () -> Void] = [:]
        var count = 0
        var exitCode: Int32 = 0
    }

    private static let state = Mutex(State())
    // Written once before any signal can arrive; a signal handler may touch nothing that locks.
    nonisolated(unsafe) private static var pipeEnd: Int32 = -1

    /// Installs the handlers; `exitCode` is what an impatient end reports.
    static func install(exitCode: Int32) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        pipeEnd = ends[1]
        state.withLock { $0.exitCode = exitCode }
        for signal in [SIGTERM, SIGINT, SIGHUP] { handle(signal) }
        let source = ends[0]
        let reader = Thread { listen(on: source) }
        reader.name = "signals"
        reader.start()
    }

    /// Turns the end of a reader into an error of the write, here and not in child processes.
    static func ignoreBrokenPipes() {
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in }
        action.sa_flags = SA_RESTART
        sigaction(SIGPIPE, &action, nil)
    }

    /// The signal that asked to stop, by name, once one has.
    static var signalName: String? { state.withLock { $0.name } }

    /// A wish to hear of a request to stop.
    struct Wish: Sendable {
        fileprivate var number: Int

        /// Takes the wish back, so that what it holds on to can go.
        func withdraw() { state.withLock { $0.handlers[number] = nil } }
    }

    /// Runs `action` when a signal asks to stop, or now when one already has.
    @discardableResult
    static func onRequest(_ action: @escaping @Sendable () -> Void) -> Wish {
        let (number, isLate) = state.withLock { state in
            state.count += 1
            state.handlers[state.count] = action
            return (state.count, state.name != nil)
        }
        if isLate { action() }
        return Wish(number: number)
    }

    private static func handle(_ signal: Int32) {
        var previous = sigaction()
        // nohup and its like ignore a signal on purpose; that is kept.
        sigaction(signal, nil, &previous)
        if signal == SIGHUP, unsafeBitCast(previous.__sigaction_handler.sa_handler, to: Int.self) == 1 { return }
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { number in
            var byte = UInt8(truncatingIfNeeded: number)
            _ = Foundation.write(Interruption.pipeEnd, &byte, 1)
        }
        action.sa_flags = SA_RESTART
        sigaction(signal, &action, nil)
    }

    private static func listen(on descriptor: Int32) {
        while true {
            var number: UInt8 = 0
            let count = read(descriptor, &number, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return }
            request(by: Int32(number))
        }
    }

    private static func request(by signal: Int32) {
        let name = [SIGTERM: "SIGTERM", SIGINT: "SIGINT", SIGHUP: "SIGHUP"][signal] ?? "signal \(signal)"
        let (handlers, isSecond, isUnheard, code) = state.withLock { state in
            let isSecond = state.name != nil
            if !isSecond { state.name = name }
            return (Array(state.handlers.values), isSecond, state.count == 0, state.exitCode)
        }
        if isSecond {
            if signal == SIGINT { _exit(code) }
            return
        }
        if isUnheard { _exit(code) }
        let deadline = Thread {
            Thread.sleep(forTimeInterval: patience)
            StandardStreams.say("darkroom: work did not stop within \(Int(patience)) s of \(name); ending now\n")
            _exit(code)
        }
        deadline.start()
        for handler in handlers { handler() }
    }
}

extension Interruption {
    /// Runs `body` in a task that a signal cancels.
    ///
    /// - Throws: what `body` throws; `CancellationError` when it gave up because of a signal.
    static func interruptible<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let task = Task { try await body() }
        onRequest { task.cancel() }
        do {
            return try await task.value
        } catch {
            if signalName != nil { throw CancellationError() }
            throw error
        }
    }
}
