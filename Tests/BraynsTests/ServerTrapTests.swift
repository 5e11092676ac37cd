// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import Glibc
import JSONRPC
import Scene
import TestFixtures
import Testing

/// What a real server does that a client has to know: each trap replayed.
///
/// Sizes below 64 are in `BraynsInstanceTests`, slow cancel in `BraynsTaskTests`, pings in the tests of `WebSocket`.
@Suite struct ServerTrapTests {
    /// A server that ends with a path traced picture in the dark, as OSPRay 2.10.0 does.
    private static func fragile() -> FakeBrayns {
        let server = FakeBrayns()
        for method in ["snapshot", "export-gbuffers", "render-image"] {
            server.on(method) { [weak server] request in
                let isDark = server?.modelTypes.contains("light") != true
                let type = request.params?["renderer"]?["name"]?.stringValue
                let isTraced = (type ?? server?.currentRenderer) == "production"
                if isDark, isTraced { return .breakOff }
                return .result(
                    ["color_buffer": ["offset": 0, "size": 1], "accumulation": 1, "max_accumulation": 1], payload: [1])
            }
        }
        return server
    }

    private static let production = RendererSettings(kind: .production)

    @Test("a path traced picture of a scene without lights is refused here, and the server lives")
    func noLight() async throws {
        let server = Self.fragile()
        let instance = BraynsInstance(connection: server.connect())
        for attempt in [
            { _ = try await Snapshot(renderer: Self.production).download(from: instance) },
            { _ = try await GBuffers([.depth], renderer: Self.production).download(from: instance) },
            {
                try await instance.setRenderer(Self.production)
                _ = try await Image().download(from: instance)
            },
            { _ = try await Snapshot().download(from: instance) },
        ] as [@Sendable () async throws -> Void] {
            let error = await #expect(throws: BraynsError.self) { try await attempt() }
            #expect(error?.code == .badArgument && error?.message.contains("light") == true)
        }
        try await instance.lights.add(.ambient(intensity: 0))
        #expect(try await Snapshot(renderer: Self.production).download(from: instance) == [1])
        #expect(try await Image().download(from: instance).data == [1])
        #expect(instance.isConnected)
        await instance.disconnect()
    }

    @Test("a viewport that somebody else has made too small is not drawn, and the server lives")
    func smallViewport() async throws {
        let server = FakeBrayns()
        var other = BraynsInstance(connection: server.connect())
        other.isGuarded = false
        try await other.setViewport(PixelSize(width: 10, height: 10))
        for method in ["snapshot", "export-gbuffers", "render-image"] { server.on(method) { _ in .breakOff } }
        let instance = BraynsInstance(connection: server.connect())
        for attempt in [
            { _ = try await Image().download(from: instance) },
            { _ = try await Snapshot().download(from: instance) },
            { _ = try await GBuffers([.depth]).download(from: instance) },
            { for try await _ in ImageStream(of: instance) {} },
        ] as [@Sendable () async throws -> Void] {
            let error = await #expect(throws: BraynsError.self) { try await attempt() }
            #expect(error?.code == .badArgument && error?.message.contains("10x10") == true)
        }
        #expect(instance.isConnected)
        await instance.disconnect()
        await other.disconnect()
    }

    @Test("the trap is real: without the guard that picture ends the server")
    func unguarded() async throws {
        var instance = BraynsInstance(connection: Self.fragile().connect())
        instance.isGuarded = false
        let error = await #expect(throws: BraynsError.self) {
            try await Snapshot(renderer: Self.production).download(from: instance)
        }
        #expect(error?.code == .connectionLost)
    }

    @Test(
        "bytes of a volume go out in the spelling that the server takes", arguments: ["unsinged_char", "unsigned_char"])
    func spelling(known: String) async throws {
        let server = FakeBrayns()
        let refusal = try JSONValue(parsing: try Fixtures.bytes("brayns/62-error-unsigned-char-typo/response.json"))
        let data = refusal["error"]?["data"]
        for method in ["add-model", "upload-model"] {
            server.on(method) { request in
                guard request.params?["loader_properties"]?["data_type"]?.stringValue != known else {
                    return .result([])
                }
                return .refusal(RPCError(code: -32602, message: "Invalid loader params schema", data: data))
            }
        }
        let instance = BraynsInstance(connection: server.connect())
        for type in [VolumeDataType.unsignedChar, .unsignedCharSpelledRight] {
            let loader = RawVolumeLoader(dataType: type, dimensions: SIMD3(2, 2, 2), spacing: .one)
            #expect(try await instance.load("/data/a.raw", with: loader).isEmpty)
            _ = try await instance.uploadModel([0], type: "raw", loading: try ModelLoading(loader))
        }
        let float = RawVolumeLoader(dataType: .float, dimensions: SIMD3(2, 2, 2), spacing: .one)
        let error = await #expect(throws: BraynsError.self) { try await instance.load("/data/a.raw", with: float) }
        #expect(error?.answer?.code == -32602)
        await instance.disconnect()
    }

    @Test("a server that takes a connection and never speaks, as beyond --max-clients, is given up in time and by name")
    func maxClients() async throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 4) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        try #require(isListening)
        let uri = "127.0.0.1:\(in_port_t(bigEndian: address.sin_port))"
        let error = await #expect(throws: BraynsError.self) {
            try await Brayns.connect(uri, timeout: .milliseconds(300))
        }
        #expect(error?.code == .deadline && error?.message.contains("--max-clients") == true)
        #expect(error?.message.contains(uri) == true)
    }

    @Test("an address that is none is refused by name", arguments: ["", "nowhere", "http://x:1", "a b:1"])
    func addresses(address: String) async {
        let error = await #expect(throws: BraynsError.self) { try await Brayns.connect(address) }
        #expect(error?.code == .unreachable)
    }
}
