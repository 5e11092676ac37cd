// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The Unix domain socket that a server listens on.
struct SocketFile {
    let name: String

    init(_ name: String) { self.name = name }

    /// Whether it lives in no folder, so that nothing is left of it.
    private var isAbstract: Bool { name.hasPrefix("@") }

    /// Sees to it that the server may listen: what an earlier server left behind goes, what is in use stays.
    ///
    /// - Throws: `WebSocketError` of code `badEndpoint` or `configuration`.
    func prepare() throws(WebSocketError) {
        guard isAbstract || name.hasPrefix("/"), (2...WebSocketEndpoint.longestSocket).contains(name.utf8.count) else {
            throw WebSocketError(
                .badEndpoint, "'\(name)' is no socket: give a whole path, or @ and a name, of at most 107 bytes")
        }
        if try isAnswered() {
            throw WebSocketError(
                .configuration, "cannot listen on \(name): another server does; choose another socket")
        }
        var status = stat()
        guard !isAbstract, lstat(name, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw WebSocketError(.configuration, "cannot listen on \(name): it is a file and no socket")
        }
        guard unlink(name) == 0 else {
            let reason = String(cString: strerror(errno))
            throw WebSocketError(
                .configuration, "cannot listen on \(name): what an earlier server left cannot be removed (\(reason))")
        }
    }

    /// Takes the file away after the server's end.
    func remove() {
        if !isAbstract { unlink(name) }
    }

    private func isAnswered() throws(WebSocketError) -> Bool {
        let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else {
            throw WebSocketError(.resources, "cannot listen on \(name): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { path in
            path.copyBytes(from: name.utf8)
            // An abstract name begins with a zero and, for the library, goes on to the end of the structure.
            if isAbstract { path[0] = 0 }
        }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
    }
}
