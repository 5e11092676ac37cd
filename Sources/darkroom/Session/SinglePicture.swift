// SPDX-License-Identifier: Apache-2.0
import Codecs
import Foundation
import Jobs

/// A job of exactly one picture that leaves nothing but that: on standard output, or in a file.
struct SinglePicture {
    var session: JobSession
    /// The file; `nil` for standard output.
    var file: String?

    /// Draws the picture beside everything else, and writes it out once it is whole.
    ///
    /// - Throws: `CommandFailure` for more than one picture, or with the run's code.
    func run() async throws {
        let folder = try Self.makeFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var session = session
        let first = session.job.effectiveOutputs.first
        let kind = first?.isBuffers == true ? "exr" : first?.format == .jpeg ? "jpg" : "png"
        let file = "\(folder)/picture.\(kind)"
        session.job.outputs = session.job.effectiveOutputs.map { output in
            var output = output
            output.path = file
            return output
        }
        // A picture that is not kept needs no record, and must not be taken for an earlier one.
        (session.job.ledger, session.job.run.resume) = ("\(folder)/ledger", false)
        session.job.run.shard = .whole
        session = try await session.opened()
        defer { session.stored?.close() }
        let count = try Self.count(session)
        guard count == 1 else {
            throw CommandFailure(
                .usage,
                "-o \(self.file ?? "-") takes exactly one picture, and this job has \(count): give a folder with --output."
            )
        }
        let plan = try session.plan()
        if session.run.dryRun {
            let place = self.file ?? "standard output"
            return StandardStreams.say("darkroom: 1 picture of \(plan.scenes[0].source.rel), to \(place)\n")
        }
        let summary = await session.carryOut(plan)
        guard summary.exitCode == .success else { throw CommandFailure(summary.exitCode, "") }
        let bytes = try FileReading.bytes(of: file)
        if let target = self.file {
            try FileWriting.replace(target, with: bytes)
        } else {
            try StandardStreams.write(bytes)
        }
    }

    /// How many files a job makes, counted with names that cannot collide.
    private static func count(_ session: JobSession) throws -> Int {
        var session = session
        let files = session.job.outputs.reduce(0) { $0 + max(1, $1.size.count) }
        session.job.outputs = [JobFile.Output(path: "{rel}.{index}.{frame}.png")]
        return try session.plan().itemCount * files
    }

    /// A folder of this process alone, in memory where there is no other place.
    private static func makeFolder() throws -> String {
        for place in [NSTemporaryDirectory(), "/tmp", "/dev/shm"] {
            let folder = (place.hasSuffix("/") ? place : place + "/") + "darkroom-\(getpid())-\(UUID().uuidString)"
            if mkdir(folder, 0o700) == 0 { return folder }
        }
        throw CommandFailure(
            .environment, "No temporary folder can be written to: set TMPDIR, or give a file with --output.")
    }
}
