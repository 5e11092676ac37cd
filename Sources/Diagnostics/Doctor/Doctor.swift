// SPDX-License-Identifier: Apache-2.0
import Foundation
import ImageCore
import JSONRPC
import Jobs
import Rendering

/// Looks at everything that rendering stands on and says what is there and what is missing.
public struct Doctor: Sendable {
    /// Folders that a run would write to.
    public var folders: [String]
    /// Where programs are searched.
    public var searchPath: String

    public init(folders: [String], searchPath: String) {
        (self.folders, self.searchPath) = (folders, searchPath)
    }

    /// Everything that can be told without drawing.
    public func examine() -> [Finding] {
        let machine = MachineFacts.current()
        return [Self.processor(machine), Self.kernels(), Self.threads(), Self.memory(machine)] + Self.devices()
            + LinkedLibrary.all().map(Self.library) + [film()] + folders.map(Self.writing)
    }

    static func processor(_ machine: MachineFacts) -> Finding {
        Finding(
            "processor", .good,
            "\(machine.cpu), \(machine.processors) online, \(machine.architecture); \(machine.system), "
                + "kernel \(machine.kernel)",
            facts: [
                "processors": .int(Int64(machine.processors)),
                "features": .array(machine.features.map { .string($0) }),
            ])
    }

    static func kernels(environment: [String: String] = ProcessInfo.processInfo.environment) -> Finding {
        let current = KernelSet.current.name.rawValue
        let available = KernelSet.available.map(\.rawValue)
        let facts: [String: JSONValue] = [
            "kernels": .string(current), "available": .array(available.map { .string($0) }),
        ]
        let detail = "\(current), of \(available.joined(separator: ", "))"
        if let wanted = environment[KernelSet.variable], wanted != current {
            return Finding(
                "kernels", .lacking, detail,
                advice: "\(KernelSet.variable)=\(wanted) names none that this processor can run.", facts: facts)
        }
        let forced = environment[KernelSet.variable] == nil ? "best of this processor" : "by \(KernelSet.variable)"
        return Finding("kernels", .good, "\(detail) (\(forced))", facts: facts)
    }

    static func threads() -> Finding {
        let cores = CoreBudget.available()
        return Finding("threads", .good, "\(cores)", facts: ["threads": .int(Int64(cores))])
    }

    static func memory(_ machine: MachineFacts) -> Finding {
        guard let total = machine.memoryBytes, let available = machine.availableBytes else {
            return Finding("memory", .lacking, "the machine does not tell how much it has")
        }
        let limit = MemoryLimit.current()
        let usable = min(available, limit ?? available)
        var detail = "\(Self.gibibytes(usable)) of \(Self.gibibytes(total)) to be had"
        if let limit { detail += ", control group limit \(Self.gibibytes(limit))" }
        let facts: [String: JSONValue] = [
            "total_bytes": .int(Int64(total)), "available_bytes": .int(Int64(available)),
            "limit_bytes": limit.map { .int(Int64($0)) } ?? .null,
        ]
        guard usable >= 512 << 20 else {
            return Finding(
                "memory", .lacking, detail, advice: "Large models will not load; free some memory or lift the limit.",
                facts: facts)
        }
        return Finding("memory", .good, detail, facts: facts)
    }

    static func library(_ library: LinkedLibrary) -> Finding {
        guard let file = library.file else {
            return Finding(
                library.name, .broken, "not loaded",
                advice: "Install it (Debian: apt-get install \(library.package)) and build again.")
        }
        let version = library.version.map { "\($0), " } ?? ""
        return Finding(
            library.name, .good, version + file,
            facts: ["version": library.version.map { .string($0) } ?? .null, "file": .string(file)])
    }

    private func film() -> Finding {
        guard let file = ProgramSearch.find("ffmpeg", in: searchPath) else {
            return Finding(
                "ffmpeg", .lacking, "not found; pictures work, films do not",
                advice: "For --movie, install it (Debian: apt-get install ffmpeg).")
        }
        return Finding("ffmpeg", .good, file, facts: ["file": .string(file)])
    }

    /// Whether USD stages can be read.
    ///
    /// - Parameter python: the Python to ask; `nil` is that of `DARKROOM_PYTHON`, else `python3`.
    public func stages(python: String?) async -> Finding {
        do {
            let found = try await StageFlattener(python: python).version()
            return Finding(
                "usd-core", .good, "\(found.usd), of \(found.python)",
                facts: ["version": .string(found.usd), "python": .string(found.python)])
        } catch let error as RendererError {
            return Finding(
                "usd-core", .lacking, "not found; pictures of other models work, those of USD stages do not",
                advice: error.message)
        } catch {
            return Finding("usd-core", .lacking, "not looked for: \(error)")
        }
    }

    static func writing(_ folder: String) -> Finding {
        let name = "writing to \(folder)"
        let probe = folder + "/.darkroom-doctor-\(getpid())"
        let descriptor = open(probe, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            return Finding(
                name, .lacking, String(cString: strerror(errno)),
                advice: "Pictures cannot be saved there; choose another folder with --output.")
        }
        close(descriptor)
        unlink(probe)
        return Finding(name, .good, "possible")
    }

    static func gibibytes(_ bytes: Int) -> String {
        String(format: "%.1f GiB", Double(bytes) / Double(1 << 30))
    }
}
