// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures
import Testing

/// The built program, run as users run it.
struct Program {
    /// What a run left behind.
    struct Result {
        var code: Int32
        var output: [UInt8]
        var talk: String
        var outputText: String { String(decoding: output, as: UTF8.self) }
    }

    /// The program was not built beside the tests.
    struct Missing: Error {}

    var arguments: [String]
    /// The whole environment; by default this process's own.
    var environment: [String: String]?
    var folder: URL?
    var input: [UInt8] = []
    /// What a shell does first, in the process that becomes the program.
    var shell: String?

    init(_ arguments: String...) { self.arguments = arguments }
    init(arguments: [String]) { self.arguments = arguments }

    /// The program, beside the test bundle or its helper, wherever that was built.
    static let built: URL? = {
        if let given = ProcessInfo.processInfo.environment["DARKROOM_PROGRAM"] { return URL(fileURLWithPath: given) }
        var folders = [Bundle.main.bundleURL, Bundle.main.executableURL?.deletingLastPathComponent()].compactMap { $0 }
        folders += CommandLine.arguments.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
        folders.append(Fixtures.repository.appendingPathComponent(".build/release"))
        return folders.map { $0.appendingPathComponent("darkroom") }.first { file in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) && !isFolder.boolValue
                && FileManager.default.isExecutableFile(atPath: file.path)
        }
    }()

    /// Starts the program; both streams go to files, so that no pipe can fill up.
    func start(in folder: URL) throws -> Running {
        guard let program = Self.built else { throw Missing() }
        let process = Process()
        process.executableURL = shell == nil ? program : URL(fileURLWithPath: "/bin/bash")
        process.arguments =
            shell.map { ["-c", "\($0); exec \"$0\" \"$@\"", program.path] + arguments } ?? arguments
        if let environment { process.environment = environment }
        process.currentDirectoryURL = self.folder ?? folder
        let (output, talk, input) = (
            folder.appendingPathComponent("stdout-of-program"), folder.appendingPathComponent("stderr-of-program"),
            folder.appendingPathComponent("stdin-of-program")
        )
        try Data().write(to: output)
        try Data().write(to: talk)
        try Data(self.input).write(to: input)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: talk)
        process.standardInput = try FileHandle(forReadingFrom: input)
        try process.run()
        return Running(process: process, output: output, talk: talk)
    }

    /// Runs the program to its end, which must come within `seconds`.
    func run(within seconds: Double = 120) throws -> Result {
        try Scratch.with { folder in
            let running = try start(in: folder)
            return try running.result(within: seconds)
        }
    }

    /// A program at work.
    struct Running {
        var process: Process
        var output: URL
        var talk: URL

        func result(within seconds: Double) throws -> Result {
            let end = Date(timeIntervalSinceNow: seconds)
            while process.isRunning, Date() < end { usleep(20_000) }
            if process.isRunning {
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                Issue.record("the program did not end within \(seconds) s: \(process.arguments ?? [])")
            }
            process.waitUntilExit()
            return Result(
                code: process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus,
                output: [UInt8](try Data(contentsOf: output)),
                talk: String(decoding: try Data(contentsOf: talk), as: UTF8.self))
        }

        /// Waits until standard error holds a text.
        func waitForTalk(_ text: String, within seconds: Double) throws -> Bool {
            let end = Date(timeIntervalSinceNow: seconds)
            while Date() < end {
                if String(decoding: try Data(contentsOf: talk), as: UTF8.self).contains(text) { return true }
                if !process.isRunning { return false }
                usleep(10_000)
            }
            return false
        }
    }
}

/// A folder that is gone after the test.
enum Scratch {
    static func with<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("darkroom-cli-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
