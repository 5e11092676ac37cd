// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Synchronization

/// Watches what may end the backend from outside: the parent's lifeline, signals, memory.
final class ProcessWatch: Sendable {
    private let options: BraynsServerOptions
    private let stop: @Sendable (StopSignal.Reason) -> Void
    private let isOver = Atomic(false)

    init(options: BraynsServerOptions, stop: @escaping @Sendable (StopSignal.Reason) -> Void) {
        (self.options, self.stop) = (options, stop)
    }

    /// Begins to watch, and sets the process's limits where it is ours.
    func start() throws(BraynsServerError) {
        if options.ownsProcess {
            try ProcessLimits(options.limits).apply()
            watchSignals()
        }
        if let descriptor = options.lifelineDescriptor {
            guard fcntl(descriptor, F_GETFD) != -1 else {
                throw BraynsServerError(.environment, "The descriptor \(descriptor) of --lifeline-fd is not open")
            }
            Thread.detachNewThread { self.watchLifeline(descriptor) }
        }
        if let limit = options.limits.memoryBytes {
            Thread.detachNewThread { self.watchMemory(limit) }
        }
    }

    /// Ends all watching.
    func end() {
        isOver.store(true, ordering: .relaxed)
    }

    private var goesOn: Bool { !isOver.load(ordering: .relaxed) }

    private func watchSignals() {
        for number in [SIGTERM, SIGINT, SIGXCPU] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            let reason: StopSignal.Reason =
                number == SIGXCPU
                ? .limit("The backend has used up the processor time of --cpu-limit and ends") : .signal(number)
            // The handler holds its own source: it stays for as long as the process, which is the backend's.
            source.setEventHandler { [stop] in withExtendedLifetime(source) { stop(reason) } }
            source.resume()
        }
    }

    private func watchLifeline(_ descriptor: Int32) {
        while goesOn {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&entry, 1, 200)
            guard ready > 0 || (ready < 0 && errno != EINTR) else { continue }
            var byte: UInt8 = 0
            let count = read(descriptor, &byte, 1)
            if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { return stop(.lifeline) }
        }
    }

    private func watchMemory(_ limit: Int) {
        while goesOn {
            if let used = Self.residentBytes(), used > limit {
                let sentence =
                    "The backend holds \(used >> 20) MiB, more than the \(limit >> 20) MiB of --memory-limit, and ends;"
                    + " a job gives its renderers more with --memory-per-job"
                if options.ownsProcess { Self.end(sentence) }
                return stop(.limit(sentence))
            }
            usleep(100_000)
        }
    }

    /// Ends the process in the middle of whatever fills the memory.
    private static func end(_ sentence: String) -> Never {
        FileHandle.standardError.write(Data((sentence + "\n").utf8))
        _exit(BraynsServerError.limitExitStatus)
    }

    /// Bytes of memory that the process holds, `nil` where the system does not tell.
    static func residentBytes() -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        let fields = text.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return nil }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
