// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Jobs

/// Who draws.
struct BackendFlags: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            A running server to draw with: HOST:PORT, ws://… or wss://…; may be given several times \
            (default: the built-in renderer).
            """, valueName: "host:port"))
    var backend: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            """
            A command that starts a server of our own, with {uri} where its address belongs \
            (default: the built-in renderer).
            """, valueName: "cmd"))
    var backendStart: String?

    @Option(
        help: ArgumentHelp(
            "Certificates, in PEM, that a wss:// server is checked against (default: the system's).",
            valueName: "file"))
    var ca: String?

    @Flag(help: "Accept any certificate of a wss:// server (default: refuse what cannot be verified).")
    var insecure = false

    @Option(
        help: ArgumentHelp(
            "The Python whose usd-core reads USD stages (default: $DARKROOM_PYTHON, else python3).",
            valueName: "program"))
    var python: String?

    func validate() throws {
        if !backend.isEmpty, backendStart != nil {
            throw ValidationError("--backend and --backend-start exclude each other.")
        }
        if ca != nil, insecure { throw ValidationError("--ca and --insecure exclude each other.") }
    }

    /// Puts what was given into a job.
    func apply(to job: inout JobFile) {
        if !backend.isEmpty { job.backend.kind = .connect(backend) }
        if let backendStart { job.backend.kind = .start(backendStart) }
        if let ca { (job.backend.ca, job.backend.insecure) = (ca, false) }
        if let python { job.backend.python = python }
        if insecure { (job.backend.ca, job.backend.insecure) = (nil, true) }
    }
}
