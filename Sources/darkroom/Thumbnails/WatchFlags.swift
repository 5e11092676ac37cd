// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs

/// How `thumbnail` goes on looking for work.
struct WatchFlags: ParsableArguments {
    @Flag(
        help: """
            Go on: draw what comes and changes, until a signal or --deadline. Ends with 0 when everything seen is drawn.
            """)
    var watch = false

    @Option(
        help: ArgumentHelp(
            """
            What is new is drawn once two looks that are so far apart see it the same; files that a program has open \
            for writing wait longer (default: 2s).
            """, valueName: "time"),
        transform: FlagValue.time)
    var settle: Duration?

    @Option(
        help: ArgumentHelp(
            """
            Longest time between two looks; of folders the system tells what changes, but not what other machines \
            do (default: 30s).
            """, valueName: "time"),
        transform: FlagValue.time)
    var poll: Duration?

    @Option(
        help: ArgumentHelp("End the watch after this time (default: none).", valueName: "time"),
        transform: FlagValue.duration)
    var deadline: Setting<Duration>?

    func validate() throws {
        guard watch || settle == nil && poll == nil && deadline == nil else {
            throw ValidationError("--settle, --poll and --deadline need --watch.")
        }
    }

    /// Runs a watch until it ends by itself, a signal comes or its time is over.
    ///
    /// - Throws: what `body` throws, but for the end that was asked for.
    func run(_ body: @escaping @Sendable () async throws -> Void) async throws {
        let work = Task { try await body() }
        let wish = Interruption.onRequest { work.cancel() }
        defer { wish.withdraw() }
        let alarm = Task {
            guard let limit = deadline?.value else { return }
            try await Task.sleep(for: limit)
            work.cancel()
        }
        defer { alarm.cancel() }
        do {
            try await work.value
        } catch {
            if !work.isCancelled { throw error }
        }
    }
}
