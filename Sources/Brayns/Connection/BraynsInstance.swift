// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// A Brayns server that this program is connected to.
///
/// One connection serves several requests at once; the server answers them in order, one after another. The typed
/// methods lie in extensions by family; `call` reaches every other method. No pings are ever sent: they end the
/// connection of a real server.
public struct BraynsInstance: Sendable {
    /// The request machinery beneath.
    public let client: RPCClient
    /// The server's address, for messages to people.
    public let peer: String
    /// How long each request may take unless told otherwise; `nil` waits as long as the connection holds.
    public var deadline: Duration?

    /// Whether requests that would end a real server are held back with an error.
    ///
    /// A real Brayns ends with pictures smaller than 64 by 64 pixels, and with the path tracer in a scene without
    /// lights. Switch it off for servers known to survive them, such as Darkroom's own.
    public var isGuarded = true

    /// Speaks to a server over an open connection, which from here on belongs to this instance.
    ///
    /// - Parameters:
    ///   - deadline: how long each request may take; no limit when `nil`.
    ///   - cancelBound: how long a cancelled task of the server is waited for: a real server ends it only with its
    ///     frame.
    public init(
        connection: any MessageConnection, deadline: Duration? = nil, cancelBound: Duration = .seconds(120)
    ) {
        client = RPCClient(connection: connection, cancelBound: cancelBound)
        (peer, self.deadline) = (connection.peer, deadline)
    }

    /// Whether the connection can still carry requests.
    public var isConnected: Bool { client.isOpen }

    /// The same connection with another time limit a request.
    public func withDeadline(_ deadline: Duration?) -> BraynsInstance {
        var copy = self
        copy.deadline = deadline
        return copy
    }

    /// The methods that a server runs as tasks: they report progress, and cancelling the waiting Swift task sends
    /// `cancel`. A cancelled request of any other method is only forgotten here; the server finishes it.
    public static let cancellableMethods: Set<String> = ["add-model", "upload-model", "snapshot", "export-gbuffers"]

    /// Ends the connection; requests that wait fail. Safe to call twice.
    public func disconnect() async { await client.close() }
}
