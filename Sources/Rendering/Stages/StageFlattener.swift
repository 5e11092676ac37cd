// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC
import Jobs

/// Makes GLB files of USD stages with Pixar's usd-core, in a child process that may crash or take too long.
///
/// usd-core is a Python package that people install beside Darkroom; the script that uses it is carried in the program.
public struct StageFlattener: Sendable {
    /// The endings of stages, in lower case.
    public static let extensions: Set<String> = ["usd", "usda", "usdc", "usdz"]
    /// The variable that names a Python with usd-core.
    public static let variable = "DARKROOM_PYTHON"

    /// A Python, by its path or its name; `nil` is that of `DARKROOM_PYTHON`, else `python3`.
    public var python: String?
    /// Longest time for one stage.
    public var timeLimit = Duration.seconds(300)
    /// Folders that layers and pictures may be read from; anywhere when `nil`.
    public var roots: [String]?
    /// Bytes of the GLB; no limit when `nil`.
    public var maxBytes: Int?

    public init(python: String? = nil) { self.python = python }

    /// The Python that is used, with its version of usd-core, for people.
    ///
    /// - Throws: `RendererError` of blame `unsupported` when there is no Python or no usd-core, `CancellationError`.
    public func version() async throws -> (python: String, usd: String) {
        let program = try program()
        let question = "from pxr import Usd; print('.'.join(map(str, Usd.GetVersion()[1:])))"
        let run = try await ProgramRun.run(program, ["-c", question], within: .seconds(30))
        guard run.code == 0, let version = run.lastLines.last else { throw Self.lacking("usd-core", program) }
        return (program, version)
    }

    /// Writes a stage as GLB into a folder.
    ///
    /// - Throws: `RendererError` that says whether the stage, this machine or a limit is to blame; `CancellationError`.
    func flatten(_ stage: String, into folder: String, within time: Duration?) async throws -> FlattenedStage {
        let (glb, report) = ("\(folder)/stage.glb", "\(folder)/report.json")
        let program: String
        do throws(RendererError) {
            program = try self.program()
            try writeScript(to: folder)
        } catch {
            throw RendererError(error.blame, stage: "load", "\(stage): \(error.message)", underlying: error)
        }
        let limit = min(timeLimit, max(time ?? timeLimit, .milliseconds(1)))
        let run: ProgramRun
        do {
            let words = ["-B", "\(folder)/stage.py", stage, glb, report] + (roots ?? [])
            run = try await ProgramRun.run(program, words, within: limit)
        } catch let error as RendererError where error.blame == .limits {
            throw RendererError(
                .limits, stage: "load", "\(stage): reading the stage took longer than \(limit) and was ended.",
                underlying: error)
        }
        let told = FileManager.default.contents(atPath: report).flatMap { try? JSONValue(parsing: [UInt8]($0)) }
        switch run.code {
        case 0:
            guard let told, let flat = FlattenedStage(glb: glb, report: told) else { throw crash(stage, run) }
            try check(size: glb, of: stage)
            return flat
        case 3:
            let error = Self.lacking("usd-core", program)
            throw RendererError(error.blame, stage: "load", "\(stage): \(error.message)")
        case 4:
            let reason = told?["error"]?.stringValue ?? "it cannot be read"
            throw RendererError(.input, stage: "load", "\(stage) cannot be drawn as a USD stage: \(reason).")
        default: throw crash(stage, run)
        }
    }

    private func crash(_ stage: String, _ run: ProgramRun) -> RendererError {
        let words = run.lastLines.last.map { "; its last words: \($0)" } ?? ""
        return RendererError(
            .input, stage: "load", "\(stage): the reader of USD stages crashed: it \(run.ending)\(words)")
    }

    private func check(size glb: String, of stage: String) throws(RendererError) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: glb)
        guard let maxBytes, let size = attributes?[.size] as? Int, size > maxBytes else { return }
        throw RendererError(
            .limits, stage: "load",
            "\(stage) comes to \(size) bytes as GLB, more than the \(maxBytes) allowed; --max-bytes lifts it.")
    }

    private func writeScript(to folder: String) throws(RendererError) {
        let files = [
            ("stage", PackageResources.stage_py), ("glb", PackageResources.glb_py),
            ("lights", PackageResources.lights_py), ("shapes", PackageResources.shapes_py),
            ("surfaces", PackageResources.surfaces_py),
        ]
        for (name, bytes) in files {
            guard FileManager.default.createFile(atPath: "\(folder)/\(name).py", contents: Data(bytes)) else {
                throw RendererError(.environment, stage: "load", "the temporary folder \(folder) cannot be written to.")
            }
        }
    }

    /// The path of the Python that is used.
    private func program() throws(RendererError) -> String {
        let environment = ProcessInfo.processInfo.environment
        let name = python ?? environment[Self.variable].flatMap { $0.isEmpty ? nil : $0 } ?? "python3"
        if name.contains("/") {
            guard access(name, X_OK) == 0 else { throw Self.lacking(name, nil) }
            return name
        }
        guard let found = ProgramSearch.find(name, in: environment["PATH"] ?? "/usr/bin:/bin") else {
            throw Self.lacking(name, nil)
        }
        return found
    }

    private static func lacking(_ name: String, _ python: String?) -> RendererError {
        let advice =
            python.map { "install Pixar's usd-core for \($0) (pip install usd-core)" }
            ?? "the Python \(name) is not there: install one with Pixar's usd-core (pip install usd-core)"
        return RendererError(
            .unsupported, stage: "load",
            "USD stages are not supported here: \(advice), or name another Python with --python or \(variable).")
    }
}
