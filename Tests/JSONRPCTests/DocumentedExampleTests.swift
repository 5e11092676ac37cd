// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import TestFixtures
import Testing

/// The example of `JSONRPC.docc`, compiled and run.
@Suite struct DocumentedExampleTests {
    @Test("the page's example runs as it stands there")
    func example() async throws {
        let server = FakeBrayns()
        let connection = server.connect()
        let print: @Sendable (Double, String) -> Void = { #expect($0 >= 0 && !$1.isEmpty) }

        let client = RPCClient(connection: connection)
        let reply = try await client.call(
            "add-model", ["path": "/data/cube.obj", "loader_name": "mesh", "loader_properties": [:]],
            cancellation: .sendCancel, deadline: .seconds(60), stage: "load cube.obj"
        ) { word in print(word.amount, word.operation) }
        let models = reply.result.arrayValue ?? []
        await client.close()

        #expect(models.count == 1 && server.methods == ["add-model"])
        let page = "Sources/JSONRPC/JSONRPC.docc/JSONRPC.md"
        #expect(try DocumentedExample.strayLine(of: page, in: #filePath) == nil)
    }
}
