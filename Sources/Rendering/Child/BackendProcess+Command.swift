// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Jobs
import WebSocket

extension BackendProcess {
    /// Starts a server by a command, on a loopback port that is free at this moment.
    ///
    /// The server knows nothing of this process, so a watchdog ends its process group when this process is gone.
    static func started(by template: CommandTemplate) throws(RendererError) -> BackendProcess {
        let endpoint = WebSocketEndpoint(host: "127.0.0.1", port: try freePort())
        let words = template.filled(uri: endpoint.authority)
        let lifeline = try FileDescriptor.pipe()
        let process = try ChildProcess(words[0], Array(words.dropFirst()))
        let watchdog: ChildProcess
        do {
            watchdog = try ChildProcess(
                "/bin/sh", ["-c", watch, "darkroom-watchdog", String(process.pid)], handedOn: [lifeline.read])
        } catch {
            process.signal(SIGKILL)
            throw error
        }
        return BackendProcess(
            process: process, endpoint: endpoint, lifeline: lifeline.write, watchdog: watchdog,
            name: "\(process.name) (process \(process.pid))")
    }

    /// Waits for the end of the lifeline, then ends the process group of the first argument.
    private static let watch = """
        read -r line <&3
        kill -TERM "-$1" 2>/dev/null || exit 0
        for i in 1 2 3 4 5; do sleep 1; kill -0 "-$1" 2>/dev/null || exit 0; done
        kill -KILL "-$1" 2>/dev/null
        """

    /// A port that the kernel has just given and taken back.
    private static func freePort() throws(RendererError) -> Int {
        let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let descriptor = FileDescriptor(number)
        defer { descriptor.close() }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                number >= 0 && bind(number, $0, length) == 0 && getsockname(number, $0, &length) == 0
            }
        }
        guard isBound else {
            throw RendererError(
                .environment, stage: "start",
                "This machine gives no loopback port for a backend: \(String(cString: strerror(errno))).")
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
