// SPDX-License-Identifier: Apache-2.0

extension WebSocketServer {
    /// Where and how to listen.
    public struct Options: Sendable {
        /// A numeric address or a name that has one; `0.0.0.0` and `::` are all addresses of this machine.
        public var host = "127.0.0.1"
        /// 0 takes any free port.
        public var port = 0
        /// A Unix domain socket in the place of host and port, named as in `WebSocketEndpoint.socket`. Only who may
        /// write to its file can connect; a name behind an `@` is open to the whole machine.
        public var socket: String?
        /// Makes the server speak wss.
        public var tls: TLS?
        /// How many may be connected at once. Never more than about a thousand.
        public var maxClients = Int.max
        /// How many more may wait, unanswered, until one of those leaves; the next is refused with HTTP 503. Plain HTTP
        /// waits for nobody.
        public var maxWaiting = 0
        /// A larger message ends its connection; at most 2^31 - 1.
        public var maxMessageBytes = 512 << 20
        /// The one path on which connections are taken, such as `/SECRET`; others get 404. `nil` takes any.
        public var requiredPath: String?
        /// Whether `GET /healthz` is answered with "Ok"; any other plain HTTP gets 400.
        public var healthz = true
        /// How long one message may take to leave before its client is given up, in whole seconds.
        public var sendTimeout: Duration? = .seconds(600)

        public init() {}
    }

    /// The certificate of a server.
    public struct TLS: Sendable, Hashable {
        /// PEM file with the certificate chain.
        public var certificateFile: String
        /// PEM file with the private key.
        public var privateKeyFile: String
        /// Opens an encrypted private key.
        public var passphrase: String?

        public init(certificateFile: String, privateKeyFile: String, passphrase: String? = nil) {
            self.certificateFile = certificateFile
            self.privateKeyFile = privateKeyFile
            self.passphrase = passphrase
        }
    }
}
