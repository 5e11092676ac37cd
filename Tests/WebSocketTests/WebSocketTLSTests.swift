// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Testing

@testable import WebSocket

@Suite(.timeLimit(.minutes(2))) struct WebSocketTLSTests {
    private func server(_ tls: WebSocketServer.TLS, host: String = "127.0.0.1") async throws -> TestServer {
        var options = WebSocketServer.Options()
        options.host = host
        options.tls = tls
        return try await TestServer.start(options)
    }

    @Test("a certificate is accepted for each name that stands in it", arguments: ["localhost", "127.0.0.1"])
    func trusted(host: String) async throws {
        let server = try await server(TestCertificates.tls)
        let endpoint = WebSocketEndpoint(host: host, port: server.port, isSecure: true)
        let connection = try await WebSocketClient.connect(
            to: endpoint, tls: WebSocketTLS(caFile: TestCertificates.localhost))
        try await connection.send(.text("x"))
        #expect(try await connection.nextArrival()?.message == .text("x"))
        await connection.close()
        await server.stop()
    }

    @Test("a certificate that nobody vouches for is refused with the reason")
    func untrusted() async throws {
        let server = try await server(TestCertificates.tls)
        let endpoint = WebSocketEndpoint(host: "localhost", port: server.port, isSecure: true)
        let error = await #expect(throws: WebSocketError.self) { try await WebSocketClient.connect(to: endpoint) }
        #expect(error?.code == .certificate)
        #expect(error?.message.contains("self-signed certificate") == true, "\(error?.message ?? "")")
        await server.stop()
    }

    @Test("a trusted certificate of another host is refused")
    func wrongHost() async throws {
        let server = try await server(TestCertificates.elsewhere)
        for host in ["localhost", "127.0.0.1"] {
            let endpoint = WebSocketEndpoint(host: host, port: server.port, isSecure: true)
            let tls = WebSocketTLS(caFile: TestCertificates.elsewhere.certificateFile)
            let error = await #expect(throws: WebSocketError.self) {
                try await WebSocketClient.connect(to: endpoint, tls: tls)
            }
            #expect(error?.code == .certificate)
            #expect(error?.message.contains("mismatch") == true, "\(error?.message ?? "")")
        }
        await server.stop()
    }

    @Test("an IPv6 address is looked for in the certificate like any other", arguments: [true, false])
    func addressOfVersion6(isNamed: Bool) async throws {
        guard let server = try? await server(isNamed ? TestCertificates.tls : TestCertificates.elsewhere, host: "::1")
        else { return }  // This machine has no IPv6.
        let endpoint = WebSocketEndpoint(host: "::1", port: server.port, isSecure: true)
        let file = isNamed ? TestCertificates.localhost : TestCertificates.elsewhere.certificateFile
        do {
            let connection = try await WebSocketClient.connect(to: endpoint, tls: WebSocketTLS(caFile: file))
            #expect(isNamed)
            await connection.close()
        } catch {
            #expect(!isNamed && error.code == .certificate, "\(error.message)")
        }
        await server.stop()
    }

    @Test("with insecure connections allowed any certificate does")
    func insecure() async throws {
        let server = try await server(TestCertificates.elsewhere)
        let endpoint = WebSocketEndpoint(host: "127.0.0.1", port: server.port, isSecure: true)
        let connection = try await WebSocketClient.connect(to: endpoint, tls: WebSocketTLS(allowsInsecure: true))
        await connection.close()
        await server.stop()
    }

    @Test("an encrypted key is opened by its passphrase and by nothing else", arguments: ["darkroom", "wrong", nil])
    func passphrase(passphrase: String?) async throws {
        let tls = WebSocketServer.TLS(
            certificateFile: TestCertificates.localhost,
            privateKeyFile: TestCertificates.path("localhost-key-encrypted.pem"), passphrase: passphrase)
        do {
            let server = try await server(tls)
            #expect(passphrase == "darkroom")
            await server.stop()
        } catch let error as WebSocketError {
            #expect(passphrase != "darkroom")
            #expect(error.code == .configuration)
            #expect(error.message.contains("the private key cannot be used"), "\(error.message)")
        }
    }

    @Test("files that cannot be used are named", arguments: ["missing.pem", "index.md"])
    func badFiles(file: String) async throws {
        let tls = WebSocketServer.TLS(
            certificateFile: TestCertificates.path(file), privateKeyFile: TestCertificates.path("localhost-key.pem"))
        let error = await #expect(throws: WebSocketError.self) { try await server(tls) }
        #expect(error?.code == .configuration)
        #expect(error?.message.contains("the certificate cannot be used") == true, "\(error?.message ?? "")")
        let endpoint = WebSocketEndpoint(host: "127.0.0.1", port: 1, isSecure: true)
        let client = await #expect(throws: WebSocketError.self) {
            try await WebSocketClient.connect(
                to: endpoint, tls: WebSocketTLS(caFile: TestCertificates.path(file)))
        }
        #expect(client?.code == .configuration)
        #expect(client?.message.contains(file) == true)
    }

    @Test("a server and clients with different trust live beside each other in one process")
    func manyContexts() async throws {
        let (first, second) = (try await server(TestCertificates.tls), try await server(TestCertificates.elsewhere))
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let isTrusted = number % 2 == 0
                    let endpoint = WebSocketEndpoint(
                        host: "localhost", port: (isTrusted ? first : second).port, isSecure: true)
                    let tls = WebSocketTLS(caFile: TestCertificates.localhost)
                    guard let connection = try? await WebSocketClient.connect(to: endpoint, tls: tls) else {
                        return !isTrusted
                    }
                    await connection.close()
                    return isTrusted
                }
            }
            for await isRight in group { #expect(isRight) }
        }
        await first.stop()
        await second.stop()
    }
}
