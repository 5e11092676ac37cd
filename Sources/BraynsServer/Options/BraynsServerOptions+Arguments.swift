// SPDX-License-Identifier: Apache-2.0
import Logging
import WebSocket

extension BraynsServerOptions {
    /// Reads the command line of `braynsService` with our additions, without the program's name.
    ///
    /// - Throws: `BraynsServerError`, `.help` for `--help` (print its message and end with 0), else `.usage`.
    public init(braynsArguments arguments: [String]) throws(BraynsServerError) {
        self.init()
        ownsProcess = true
        var files = TLSFiles(certificateFile: "", privateKeyFile: "")
        var uri: String?
        var reader = ArgumentReader(arguments)
        while let name = try reader.next() {
            switch name {
            case "help": throw BraynsServerError(.help, Self.helpText)
            case "uri": uri = try reader.text()
            case "private-key-file": files.privateKeyFile = try reader.text()
            case "private-key-passphrase": files.passphrase = try reader.text()
            case "certificate-file": files.certificateFile = try reader.text()
            default:
                if try readBrayns(name, &reader) { continue }
                if try readOwn(name, &reader) { continue }
                throw BraynsServerError(.usage, "Unknown option --\(name), see --help")
            }
        }
        try setAddress(uri)
        try setTLS(files)
    }

    /// Options of `braynsService` that stand for themselves.
    private mutating func readBrayns(
        _ name: String, _ reader: inout ArgumentReader
    ) throws(BraynsServerError) -> Bool {
        switch name {
        case "plugin": try addPlugin(try reader.text())
        case "log-level": logLevel = try Self.logLevel(try reader.text())
        case "window-size": viewport = try reader.size(minimum: 64)
        case "client": isClient = try reader.flag()
        case "secure": isSecure = try reader.flag()
        case "max-clients": maxClients = try reader.integer(1...1_000_000)
        case "reconnection-period": reconnectionSeconds = try reader.seconds()
        case "ca-location": caFile = try reader.text()
        default: return false
        }
        return true
    }

    /// Options that a real `braynsService` does not have.
    private mutating func readOwn(_ name: String, _ reader: inout ArgumentReader) throws(BraynsServerError) -> Bool {
        let descriptors = 0...Int(Int32.max)
        switch name {
        case "root": roots = (roots ?? []) + [try reader.text()]
        case "report-fd": reportDescriptor = Int32(try reader.integer(descriptors))
        case "lifeline-fd": lifelineDescriptor = Int32(try reader.integer(descriptors))
        case "secret-fd": secretDescriptor = Int32(try reader.integer(descriptors))
        case "threads": threads = try reader.integer(1...1024)
        case "expect-samples": expectedSamples = try reader.integer(0...Int.max)
        case "memory-limit": limits.memoryBytes = try reader.bytes()
        case "cpu-limit": limits.cpuSeconds = try reader.integer(1...Int(Int32.max))
        case "file-limit": limits.openFiles = try reader.integer(16...(1 << 20))
        case "max-bytes": limits.modelBytes = try reader.bytes()
        case "max-triangles": limits.triangles = try reader.integer(1...Int(Int32.max))
        case "max-pixels": limits.pixels = try reader.integer(1...Int(Int32.max))
        default: return false
        }
        return true
    }

    private mutating func addPlugin(_ name: String) throws(BraynsServerError) {
        guard Self.knownPlugins.contains(name) else {
            throw BraynsServerError(
                .usage, "There is no plugin '\(name)'; known are \(Self.knownPlugins.joined(separator: ", "))")
        }
        if !plugins.contains(name) { plugins.append(name) }
    }

    private static func logLevel(_ name: String) throws(BraynsServerError) -> Logger.Level? {
        let levels: [String: Logger.Level] = [
            "trace": .trace, "debug": .debug, "info": .info, "warn": .warning, "error": .error, "critical": .critical,
        ]
        if name == "off" { return nil }
        guard let level = levels[name] else {
            throw BraynsServerError(
                .usage, "--log-level needs trace, debug, info, warn, error, critical or off, not '\(name)'")
        }
        return level
    }

    private mutating func setAddress(_ uri: String?) throws(BraynsServerError) {
        guard let uri, !uri.isEmpty else {
            throw BraynsServerError(.usage, "--uri is missing: say where to listen, such as --uri 127.0.0.1:5000")
        }
        // Port 0 asks for a free one: an address to listen on, but none to connect to.
        if !isClient, uri.hasSuffix(":0") {
            host = String(uri.dropLast(2))
            if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
            guard !host.isEmpty, !host.contains("/") else {
                throw BraynsServerError(.usage, "--uri '\(uri)' is no address, such as 127.0.0.1:0")
            }
            port = 0
            return
        }
        do {
            let endpoint = try WebSocketEndpoint(uri)
            (host, port, path, socket) = (endpoint.host, endpoint.port, endpoint.path, endpoint.socket)
        } catch {
            throw BraynsServerError(.usage, error.message, underlying: error)
        }
    }

    private mutating func setTLS(_ files: TLSFiles) throws(BraynsServerError) {
        if !files.certificateFile.isEmpty, !files.privateKeyFile.isEmpty { tls = files }
        if isSecure, socket != nil {
            throw BraynsServerError(.usage, "--secure is for the network; leave it out with --uri unix:…")
        }
        if isSecure, !isClient, tls == nil {
            throw BraynsServerError(.usage, "--secure needs --certificate-file and --private-key-file")
        }
    }
}
