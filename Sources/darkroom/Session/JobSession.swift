// SPDX-License-Identifier: Apache-2.0
import Jobs

/// Carries out a job from the command line.
struct JobSession {
    var job: JobFile
    var run: RunFlags
    var report: ReportFlags
    var frames: FrameSelection?
    var writesToStandardOutput: Bool

    func run() async throws {
        throw CommandFailure(.bug, "Jobs cannot be carried out yet.")
    }
}
