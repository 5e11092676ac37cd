// SPDX-License-Identifier: Apache-2.0
import Brayns
import Rendering
import Scene
import TestFixtures
import Testing

/// The examples of `Rendering.docc`, compiled and run.
@Suite(.serialized) struct DocumentedExampleTests {
    @Test("the page's examples run as they stand there")
    func examples() async throws {
        var embedded = BackendChoice.EmbeddedOptions(threads: 1)
        embedded.executable = EmbeddedProgram.path
        let program = Service.Program.darkroom(embedded)

        let service = try await Service.start(program)
        try await service.instance.add([ColoredPrimitive(SpherePrimitive(center: .zero, radius: 1))])
        try await service.instance.lights.add(.ambient())
        await service.stop()

        var pool = BackendPool([.service(program), .service(program)])
        pool.prepare = { backend in
            try await backend.add([ColoredPrimitive(SpherePrimitive(center: .zero, radius: 1))])
            try await backend.lights.add(.ambient())
        }
        let eyes = [Vector3(0, 0, 5), Vector3(5, 0, 0), Vector3(0, 0, -5)]
        let outcome = await pool.run(eyes) { backend, eye in
            let camera = Camera(view: View(position: eye, target: .zero))
            return try await Snapshot(size: PixelSize(width: 64, height: 64), camera: camera).download(from: backend)
        }

        #expect(!service.isRunning)
        #expect(try outcome.results.map { try $0.get().isEmpty } == [false, false, false])
        let page = "Sources/Rendering/Rendering.docc/Rendering.md"
        #expect(try DocumentedExample.strayLine(of: page, in: #filePath) == nil)
    }
}
