// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Programs that start, draw one model and end.
enum ProgramCalls {
    static func run(_ options: CallOptions) throws -> PreparedCall {
        let (model, size) = (try options.model(), try options.size())
        let name = try options.text("program")
        let target = try "\(options.text("work"))/model-\(name).png"
        let (program, arguments): (String, [String])
        switch name {
        case "darkroom":
            program = try options.text("darkroom")
            arguments = ["thumbnail", model, "--size", "\(size.width)", "--output", target]
        case "f3d":
            program = "/usr/bin/f3d"
            guard ProcessInfo.processInfo.environment["DISPLAY"]?.isEmpty == false else {
                throw Absence("there is no display; Xvfb of the Debian package xvfb gives one")
            }
            arguments = ["--output=\(target)", "--resolution=\(size.width),\(size.height)", model]
        default:
            program = try "\(options.text("work"))/peers/bin/python"
            arguments = [
                try "\(options.text("peers"))/f3d_once.py", model, target, String(size.width), String(size.height),
            ]
        }
        guard FileManager.default.isExecutableFile(atPath: program) else {
            throw Absence("\(program) is not installed")
        }
        return PreparedCall(work: 1) {
            try? FileManager.default.removeItem(atPath: target)
            try start(program, arguments)
            guard FileManager.default.fileExists(atPath: target) else { throw Failure("\(name) made no picture") }
            return nil
        }
    }

    /// Runs a program to its end, its talk thrown away.
    static func start(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("\(program) ended with \(process.terminationStatus)")
        }
    }
}
