// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// Connections that came when all places were taken, in order, each with its request still unread in the socket.
struct WaitingLine {
    /// What the first request of a connection is, as far as it has come.
    private enum Request { case unknown, upgrade, plain, gone }

    private struct Member {
        var descriptor: Int32
        var since = ContinuousClock.now
    }

    private var members: [Member] = []

    /// POLLRDHUP, which the Glibc module leaves out.
    private static let hasLeft: Int16 = 0x2000

    /// How long a connection may wait without a request.
    private static let patience = Duration.seconds(20)

    var count: Int { members.count }

    /// Takes a connection in by a descriptor of its own; `false` when the system has none left.
    mutating func add(copyOf descriptor: Int32) -> Bool {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { return false }
        members.append(Member(descriptor: copy))
        return true
    }

    /// Lets those go whose turn it is, and forgets those that have left.
    ///
    /// - Parameter places: how many may become clients; plain HTTP requests need no place.
    /// - Returns: descriptors, which are the caller's from now on.
    mutating func next(places: Int) -> [(descriptor: Int32, isClient: Bool)] {
        var (leaving, staying): ([(descriptor: Int32, isClient: Bool)], [Member]) = ([], [])
        var places = places
        for member in members {
            switch Self.look(at: member.descriptor) {
            case .plain: leaving.append((member.descriptor, false))
            case .upgrade where places > 0:
                leaving.append((member.descriptor, true))
                places -= 1
            case .unknown where ContinuousClock.now - member.since > Self.patience, .gone: close(member.descriptor)
            case .upgrade, .unknown: staying.append(member)
            }
        }
        members = staying
        return leaving
    }

    /// Hangs up on all.
    mutating func close() {
        for member in members { Glibc.close(member.descriptor) }
        members = []
    }

    private func close(_ descriptor: Int32) { Glibc.close(descriptor) }

    private static func look(at descriptor: Int32) -> Request {
        var bytes = [UInt8](repeating: 0, count: 2048)
        let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        guard count > 0 else { return count < 0 && (errno == EAGAIN || errno == EINTR) ? .unknown : .gone }
        // Nobody can see what a client of TLS will ask.
        let isEncrypted = bytes[0] == 0x16
        let head = String(decoding: bytes[..<count], as: UTF8.self).lowercased()
        let isWhole = head.contains("\r\n\r\n") || count == bytes.count
        if isWhole, !isEncrypted, !head.contains("\r\nupgrade:") { return .plain }
        var poller = pollfd(fd: descriptor, events: Self.hasLeft, revents: 0)
        guard poll(&poller, 1, 0) == 0 else { return .gone }
        return isWhole || isEncrypted ? .upgrade : .unknown
    }
}
