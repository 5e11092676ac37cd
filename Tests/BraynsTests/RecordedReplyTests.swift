// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Scene
import TestFixtures
import Testing

/// Replies of a real server decode into the client's types.
@Suite struct RecordedReplyTests {
    typealias Check = @Sendable (BraynsInstance) async throws -> Bool

    static let replies: [(folder: String, check: Check)] = [
        ("11-version", { try await $0.checkVersion().description == "3.10.1" }),
        ("12-registry", { try await $0.registry().count == 84 }),
        ("15-schema-snapshot", { try await $0.schema(of: "snapshot").async }),
        ("25-get-loaders", { try await $0.loaders().loader(forExtension: "OBJ", uploads: true)?.name == "mesh" }),
        (
            "all-plugins/01-get-loaders",
            {
                let loaders = try await $0.loaders()
                return loaders.count == 11 && loaders.loader(forExtension: "nrrd")?.name == "NRRD loader"
                    && loaders.loader(forExtension: "nrrd", uploads: true) == nil
            }
        ),
        (
            "28-get-scene-empty",
            {
                let scene = try await $0.scene()
                return scene.bounds.isEmpty && scene.models.isEmpty
            }
        ),
        ("29-get-application-parameters", { try await $0.applicationParameters().viewport?.width == 800 }),
        ("30-get-camera-type", { try await $0.cameraType() == "perspective" }),
        ("31-get-camera-view", { try await $0.cameraView().target == Vector3(0, 0, 1) }),
        ("32-get-renderer-type", { try await $0.rendererType() == "interactive" }),
        ("33-get-renderer-interactive", { try await $0.interactiveRenderer().samplesPerPixel == 1 }),
        ("35-add-model-cube", { try await $0.load("x")[0].info.metadata?["faces"] == "24" }),
        ("36-get-scene-cube", { try await $0.scene().models[0].info.loadInfo?.source == "from_file" }),
        ("37-get-model", { try await $0.model(0).type == "mesh" }),
        ("39-get-camera-perspective", { try await $0.perspectiveCamera().fovy == 45 }),
        ("41-add-light-ambient", { try await $0.lights.add(.ambient()).isLight }),
        ("63-add-model-raw-volume-progress", { try await $0.load("x")[0].type == "Volume" }),
        ("66-add-model-protein", { try await $0.load("x")[0].info.loadInfo?.loaderName == "protein" }),
        ("67-inspect-hit", { try await $0.pick(at: SIMD2(0.5, 0.5))?.modelID == 0 }),
        ("68-inspect-miss", { try await $0.pick(at: .zero) == nil }),
        ("all-plugins/05-get-scene", { try await !$0.scene().models.isEmpty }),
        ("all-plugins/06-get-simulation-parameters", { try await $0.simulation().frames == 0...2 }),
        ("all-plugins/10-get-color-methods", { try await $0.colorMethods(of: 0).contains(.solid) }),
        ("all-plugins/11-get-color-values", { try await $0.colorValues(of: 0, by: "layer") == ["L1"] }),
        (
            "all-plugins/12-get-color-ramp",
            {
                let ramp = try await $0.colorRamp(of: 0)
                return ramp.colors?.first == SIMD4(0, 0, 0, 1) && ramp.range != nil
            }
        ),
    ]

    @Test("decodes the recorded reply", arguments: replies.map(\.folder))
    func decodes(folder: String) async throws {
        let reply = try Self.json("brayns/\(folder)/response.json")
        let result = try #require(reply["result"])
        let instance = try Self.server { _ in .result(result) }
        let check = try #require(Self.replies.first { $0.folder == folder }).check
        #expect(try await check(instance))
        await instance.disconnect()
    }

    @Test(
        "turns recorded errors into errors with the server's code and reason",
        arguments: [
            ("88-error-out-of-range", "jpeg_quality"), ("91-error-file-not-found", "/nonexistent.obj"),
            ("62-error-unsigned-char-typo", "data_type"), ("94-error-camera", ""),
        ])
    func errors(folder: String, hint: String) async throws {
        let reply = try Self.json("brayns/\(folder)/response.json")
        let code = Int(try #require(reply["error"]?["code"]?.intValue))
        let instance = try Self.server(rawReply: reply)
        let error = await #expect(throws: BraynsError.self) { try await instance.call("anything") }
        #expect(error?.code == .server && error?.answer?.code == code)
        #expect(hint.isEmpty || error?.message.contains(hint) == true)
        await instance.disconnect()
    }

    @Test("takes the picture out of a recorded snapshot")
    func snapshot() async throws {
        let png = try Fixtures.bytes("brayns/45-snapshot-png/response.payload.png")
        let result = try #require(try Self.json("brayns/45-snapshot-png/response.json")["result"])
        let instance = try Self.server { _ in .result(result, payload: png) }
        #expect(try await Snapshot().download(from: instance) == png)
        await instance.disconnect()
    }

    @Test(
        "refuses a picture that lies outside its reply",
        arguments: [(0, 5), (1, 4), (-1, 2), (0, -1), (Int64.max, 1), (2, Int64.max)] as [(Int64, Int64)])
    func badBuffer(offset: Int64, size: Int64) async throws {
        let instance = try Self.server { _ in
            .result(["color_buffer": ["offset": .int(offset), "size": .int(size)]], payload: [1, 2, 3, 4])
        }
        let error = await #expect(throws: BraynsError.self) { try await Snapshot().download(from: instance) }
        #expect(error?.code == .badReply)
        await instance.disconnect()
    }

    @Test("takes only float planes that fit their reply")
    func planes() async throws {
        let floats: [Float] = [0.5, 1, 2, 0.25]
        let payload = floats.flatMap { withUnsafeBytes(of: $0.bitPattern.littleEndian, Array.init) }
        func answer(_ size: Int64) -> JSONValue {
            [
                "width": 1, "height": 1,
                "channels": [["name": "color", "components": 4, "offset": 0, "size": .int(size)]],
            ]
        }
        let request = BufferRequest(channels: [.color], resolution: PixelSize(width: 1, height: 1))
        let good = answer(16)
        let instance = try Self.server { _ in .result(good, payload: payload) }
        #expect(try await instance.renderPlanes(request).planes[.color] == floats)
        await instance.disconnect()
        for size in [0, 12, 20, Int64.max] {
            let bad = answer(size)
            let instance = try Self.server { _ in .result(bad, payload: payload) }
            await #expect(throws: BraynsError.self) { try await instance.renderPlanes(request) }
            await instance.disconnect()
        }
    }

    private static func json(_ path: String) throws -> JSONValue { try JSONValue(parsing: try Fixtures.bytes(path)) }

    private static func server(rawReply: JSONValue) throws -> BraynsInstance {
        let code = Int(rawReply["error"]?["code"]?.intValue ?? 0)
        let message = rawReply["error"]?["message"]?.stringValue ?? ""
        let data = rawReply["error"]?["data"]
        let (client, server) = MemoryPipe.pair()
        Task {
            for try await text in server.messages {
                guard let request = try? RPCRequestParser.parse(text).get() else { continue }
                try await server.send(
                    RPCResponse.error(id: request.id, RPCError(code: code, message: message, data: data)))
            }
        }
        var instance = BraynsInstance(connection: client)
        // It knows no lights and no renderer that the guard could ask for.
        instance.isGuarded = false
        return instance
    }

    /// A server that answers everything alike.
    private static func server(_ reaction: @escaping FakeBrayns.Handler) throws -> BraynsInstance {
        let (client, server) = MemoryPipe.pair()
        Task {
            for try await text in server.messages {
                guard let request = try? RPCRequestParser.parse(text).get(), let id = request.id,
                    case .result(let value, let payload) = reaction(request)
                else { continue }
                try await server.send(RPCResponse.result(id: id, value, payload: payload))
            }
        }
        var instance = BraynsInstance(connection: client)
        // It knows no lights and no renderer that the guard could ask for.
        instance.isGuarded = false
        return instance
    }
}
