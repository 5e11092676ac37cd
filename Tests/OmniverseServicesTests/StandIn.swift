// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestFixtures

/// The stand-in of an Omniverse service with a Farm Queue, a FastAPI program, on a free port.
final class StandIn: Sendable {
    static let interpreter = ProcessInfo.processInfo.environment["DARKROOM_PYTHON"]

    let address: String
    private let process: Process

    /// Starts it and waits until it answers.
    init() async throws {
        let port = try Self.freePort()
        address = "http://127.0.0.1:\(port)"
        process = Process()
        process.executableURL = URL(fileURLWithPath: Self.interpreter ?? "")
        process.arguments = [Fixtures.url("python/omniverse_app.py").path, "--port", String(port)]
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        for _ in 0..<300 {
            if Self.connects(port) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        process.terminate()
        throw CocoaError(.executableLoad)
    }

    /// Ends it at once; waiting for it would hold up one of the few threads that tests share.
    func stop() { kill(process.processIdentifier, SIGKILL) }

    /// Runs a body against a stand-in of its own.
    static func run(_ body: (String) async throws -> Void) async throws {
        let standIn = try await StandIn()
        defer { standIn.stop() }
        try await body(standIn.address)
    }

    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw CocoaError(.executableLoad) }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    private static func connects(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = loopback(UInt16(port))
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }
}
