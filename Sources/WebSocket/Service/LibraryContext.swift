// SPDX-License-Identifier: Apache-2.0
import CLibWebSockets
import CWebSocketShim
import Foundation

/// What a service thread is for.
struct ServiceConfiguration: Sendable {
    struct Listener: Sendable {
        /// Numeric, or a Unix domain socket; `nil` listens on all.
        var address: String?
        var port: Int
        var isSocket = false
        var tls: WebSocketServer.TLS?
        var maxClients: Int
    }

    /// `nil` for a client.
    var listener: Listener?
    /// For clients of `wss`.
    var tls: WebSocketTLS?
    var usesIPv6 = false
    /// Whether the library may send pings, as it would by itself. Brayns takes them for goodbyes.
    var sendsPings = false
}

typealias LibraryCallback =
    @convention(c) (
        OpaquePointer?, lws_callback_reasons, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, Int
    ) -> Int32

/// A libwebsockets context with its one virtual host and all the memory that both refer to.
///
/// Made, used and destroyed on one service thread.
struct LibraryContext {
    let context: OpaquePointer
    private(set) var vhost: OpaquePointer?
    private let protocols: UnsafeMutablePointer<lws_protocols>
    /// The name of the second protocol, which the server writes anew for each client that asks for one.
    let subprotocol: UnsafeMutableBufferPointer<CChar>
    private var strings: [UnsafeMutablePointer<CChar>] = []
    private var clientTLS: UnsafeMutableRawPointer?

    /// How much is read and written at once. More hardly helps: the library's reader takes single bytes.
    private static let readBytes = 64 << 10
    private static let writeBytes = 256 << 10

    /// The library keeps a few things for the whole process, which contexts made at once might both set up.
    private static let creation = NSLock()

    init(
        _ configuration: ServiceConfiguration, user: UnsafeMutableRawPointer,
        callback: @escaping LibraryCallback
    ) throws(WebSocketError) {
        cws_initialize()
        subprotocol = .allocate(capacity: 256)
        subprotocol.initialize(repeating: 0)
        protocols = .allocate(capacity: 3)
        protocols.initialize(repeating: lws_protocols(), count: 3)
        let name = strdup("darkroom")
        if let name { strings.append(name) }
        for index in 0..<2 {
            protocols[index].name = index == 0 ? UnsafePointer(name) : UnsafePointer(subprotocol.baseAddress)
            protocols[index].callback = callback
            protocols[index].rx_buffer_size = Self.readBytes
            protocols[index].tx_packet_size = Self.writeBytes
        }
        var info = lws_context_creation_info()
        info.port = -1
        info.gid = -1
        info.uid = -1
        info.user = user
        info.pt_serv_buf_size = UInt32(Self.readBytes)
        info.timeout_secs = configuration.listener == nil ? 3600 : 20
        info.connect_timeout_secs = 3600
        // Left alone, the library takes room for as many descriptors as the process may ever open.
        info.fd_limit_per_thread = UInt32(configuration.listener.map { min(max($0.maxClients, 0), 960) + 64 } ?? 16)
        info.retry_and_idle_policy = cws_idle_policy(configuration.sendsPings ? 1 : 0)
        info.options = UInt64(LWS_SERVER_OPTION_EXPLICIT_VHOSTS)
        Self.creation.lock()
        let created = lws_create_context(&info)
        Self.creation.unlock()
        guard let created else {
            subprotocol.deallocate()
            protocols.deallocate()
            strings.forEach { free($0) }
            throw WebSocketError(
                .resources, "libwebsockets could not be started: the system gave no memory or no descriptor")
        }
        context = created
        do throws(WebSocketError) {
            try addVirtualHost(configuration, &info)
        } catch {
            destroy()
            throw error
        }
    }

    private mutating func addVirtualHost(
        _ configuration: ServiceConfiguration, _ info: inout lws_context_creation_info
    ) throws(WebSocketError) {
        info.protocols = UnsafePointer(protocols)
        info.options = 0
        info.ka_time = 60
        info.ka_interval = 10
        info.ka_probes = 6
        // With an address and without a port the library uses no proxy, whatever the environment says.
        info.http_proxy_address = copied("")
        if !configuration.usesIPv6 { info.options |= UInt64(LWS_SERVER_OPTION_DISABLE_IPV6) }
        if configuration.tls != nil || configuration.listener?.tls != nil {
            try addTLS(configuration, &info)
        }
        if let listener = configuration.listener {
            info.port = Int32(listener.port)
            info.options |= UInt64(LWS_SERVER_OPTION_FAIL_UPON_UNABLE_TO_BIND)
            if listener.isSocket { info.options |= UInt64(LWS_SERVER_OPTION_UNIX_SOCK) }
            info.iface = listener.address.flatMap { copied($0) }
        }
        vhost = lws_create_vhost(context, &info)
        guard vhost != nil else {
            let place =
                configuration.listener.map {
                    $0.isSocket ? $0.address ?? "" : "\($0.address ?? "any address"), port \($0.port)"
                } ?? "a client"
            throw WebSocketError(
                .configuration, "the server could not be set up on \(place): the address may be in use or not be here")
        }
    }

    private mutating func addTLS(
        _ configuration: ServiceConfiguration, _ info: inout lws_context_creation_info
    ) throws(WebSocketError) {
        info.options |= UInt64(LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT)
        info.alpn = copied("http/1.1")
        var reason = [CChar](repeating: 0, count: 300)
        let file = configuration.tls?.caFile
        clientTLS = file.withOptionalCString { cws_client_tls_create($0, &reason, reason.count) }
        guard let clientTLS else {
            throw WebSocketError(
                .configuration, "the certificates of \(file ?? "the system") cannot be used: \(text(of: reason))")
        }
        info.provided_client_ssl_ctx = OpaquePointer(clientTLS)
        guard let tls = configuration.listener?.tls else { return }
        let status = tls.passphrase.withOptionalCString {
            cws_server_tls_check(tls.certificateFile, tls.privateKeyFile, $0, &reason, reason.count)
        }
        guard status == 0 else {
            throw WebSocketError(
                .configuration,
                "the server cannot speak TLS with \(tls.certificateFile) and \(tls.privateKeyFile): \(text(of: reason))"
            )
        }
        info.ssl_cert_filepath = copied(tls.certificateFile)
        info.ssl_private_key_filepath = copied(tls.privateKeyFile)
        info.ssl_private_key_password = copied(tls.passphrase ?? "")
    }

    private mutating func copied(_ text: String) -> UnsafePointer<CChar>? {
        guard let copy = strdup(text) else { return nil }
        strings.append(copy)
        return UnsafePointer(copy)
    }

    /// The port that a server listens on.
    var port: Int { vhost.map { Int(lws_get_vhost_listen_port($0)) } ?? 0 }

    /// Ends every connection and frees everything.
    func destroy() {
        Self.creation.lock()
        lws_context_destroy(context)
        Self.creation.unlock()
        if let clientTLS { cws_tls_free(clientTLS) }
        subprotocol.deallocate()
        protocols.deallocate()
        strings.forEach { free($0) }
    }
}

/// The text before the terminating zero.
func text(of characters: [CChar]) -> String {
    String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

extension String? {
    func withOptionalCString<Result>(_ body: (UnsafePointer<CChar>?) -> Result) -> Result {
        guard let self else { return body(nil) }
        return self.withCString(body)
    }
}
