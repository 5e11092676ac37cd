// SPDX-License-Identifier: Apache-2.0

/// Where the service listens and what it lets through.
public struct HostOptions: Sendable, Hashable {
    /// Files of a certificate chain and its key, PEM.
    public struct TLS: Sendable, Hashable {
        public var certificateFile: String
        public var privateKeyFile: String

        public init(certificateFile: String, privateKeyFile: String) {
            (self.certificateFile, self.privateKeyFile) = (certificateFile, privateKeyFile)
        }
    }

    /// The address to listen on; only this machine can reach the default.
    public var host = "127.0.0.1"
    /// 0 takes a port that is free.
    public var port = 0
    public var tls: TLS?
    /// Bytes of a request's body.
    public var maxBodyBytes = 1 << 20
    /// Connections open at once.
    public var maxConnections = 256

    public init() {}
}
