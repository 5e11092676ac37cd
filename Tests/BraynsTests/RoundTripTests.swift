// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import TestFixtures
import Testing

/// Every recorded message goes into the client's types and comes out of them as it was.
@Suite struct RoundTripTests {
    /// What the recordings hold, by kind.
    struct Counts: Equatable {
        var parameters = 0
        var results = 0
        var progress = 0
        var errors = 0
        var loaders = 0
    }

    @Test("parameters, results, progress and errors of all recordings round-trip")
    func everything() throws {
        var counts = Counts()
        let methods = Dictionary(uniqueKeysWithValues: Methods.all.map { ($0.name, $0) })
        for recording in try RecordedMessage.all() {
            try check(recording, methods, &counts)
        }
        for line in try Self.lines("server/xyz-progress.jsonl") where line["method"] != nil {
            checkProgress(line, "server", &counts)
        }
        for line in try Self.lines("python-client-requests.jsonl") {
            let data = line["data"]?.stringValue ?? ""
            let (start, end) = (try #require(data.firstIndex(of: "{")), try #require(data.lastIndex(of: "}")))
            let request = try JSONValue(parsing: String(data[start...end]))
            guard let parameters = request["params"] else { continue }
            let method = try #require(methods[request["method"]?.stringValue ?? ""])
            try roundTrip(method, parameters, nil, "python client", &counts)
        }
        // Fewer would mean that messages were passed over.
        #expect(counts == Counts(parameters: 73, results: 82, progress: 539, errors: 41, loaders: 19))
    }

    private func check(
        _ recording: [RecordedMessage], _ methods: [String: any BraynsMethod], _ counts: inout Counts
    ) throws {
        var asked: [RPCID: [JSONValue]] = [:]
        for message in recording {
            guard let json = message.json, json.objectValue != nil else { continue }
            let id = json["id"].flatMap(RPCID.init)
            if !message.isFromServer {
                if let id { asked[id, default: []].append(json) }
            } else if let error = json["error"] {
                try checkError(error, &counts)
            } else if let result = json["result"], let id, var requests = asked[id], !requests.isEmpty {
                let request = requests.removeFirst()
                asked[id] = requests
                let name = try #require(request["method"]?.stringValue)
                let method = try #require(methods[name], "\(name)")
                try roundTrip(method, request["params"], result, message.folder, &counts)
            } else if json["method"] != nil {
                checkProgress(json, message.folder, &counts)
            }
        }
    }

    private func roundTrip<Method: BraynsMethod>(
        _ method: Method, _ parameters: JSONValue?, _ result: JSONValue?, _ folder: String, _ counts: inout Counts
    ) throws {
        let sent = parameters ?? .null
        #expect(same(try again(sent, as: Method.Parameters.self), sent), "\(folder): \(method.name) \(sent)")
        counts.parameters += parameters == nil ? 0 : 1
        if let result {
            #expect(same(try again(result, as: Method.Result.self), result), "\(folder): \(method.name) \(result)")
            counts.results += 1
        }
        if let name = sent["loader_name"]?.stringValue, let properties = sent["loader_properties"] {
            try checkLoader(name, properties, &counts)
        }
        for model in result?.arrayValue ?? [result ?? .null] {
            guard let info = model["info"]?["load_info"], let name = info["loader_name"]?.stringValue,
                let properties = info["load_parameters"]
            else { continue }
            try checkLoader(name, properties, &counts)
        }
    }

    private func checkLoader(_ name: String, _ properties: JSONValue, _ counts: inout Counts) throws {
        func one<Settings: LoaderSettings>(_ type: Settings.Type) throws {
            #expect(same(try again(properties, as: type), properties), "\(name): \(properties)")
        }
        // A real server lets anything pass for a mesh, which is recorded too.
        guard !name.isEmpty, let type = Loaders.all.first(where: { $0.loaderName == name }),
            properties.objectValue != nil, properties["nonsense"] == nil, properties["unknown"] == nil
        else { return }
        if type == MeshLoader.self, properties != [:] { return }
        try one(type)
        counts.loaders += 1
    }

    private func checkError(_ error: JSONValue, _ counts: inout Counts) throws {
        #expect(error["code"]?.intValue != nil && error["message"]?.stringValue != nil)
        if let data = error["data"] { #expect(data.arrayValue?.allSatisfy { $0.stringValue != nil } == true) }
        counts.errors += 1
    }

    private func checkProgress(_ json: JSONValue, _ folder: String, _ counts: inout Counts) {
        let params = json["params"]
        let amount = params?["amount"]?.doubleValue ?? -1
        #expect((0...1).contains(amount) && params?["operation"]?.stringValue != nil, "\(folder): \(json)")
        #expect(params?["id"].flatMap(RPCID.init) != nil)
        counts.progress += 1
    }

    @Test("the client knows the methods that a server with all plugins lists, and its loaders")
    func complete() throws {
        let registry = try JSONValue(parsing: try Fixtures.bytes("brayns/all-plugins/00-registry/response.json"))
        let names = registry["result"]?.arrayValue?.compactMap(\.stringValue) ?? []
        #expect(names.count == 90 && Set(names) == Set(Methods.all.map(\.name)))
        #expect(Set(Methods.all.filter(\.isTask).map(\.name)) == BraynsInstance.cancellableMethods)
        let loaders = try JSONValue(parsing: try Fixtures.bytes("brayns/all-plugins/01-get-loaders/response.json"))
        let listed = try #require(try loaders["result"]?.decode([LoaderDescription].self))
        #expect(listed.count == 11 && listed.count == Loaders.all.count)
        for loader in listed {
            let type = try #require(Loaders.all.first { $0.loaderName == loader.name })
            #expect(type.plugin.rawValue == loader.plugin && type.takesUploads == loader.binary)
            #expect(Set(type.extensions.map { $0.lowercased() }) == loader.normalizedExtensions)
        }
    }

    @Test(
        "settings go out under the server's names, and what is nil is left out",
        arguments: [
            (#"{"percentage":0.1,"report_type":"spikes","neuron_morphology_parameters":{"radius_multiplier":20}}"#, 0),
            (#"{"node_population_settings":[{"node_population":"p","edge_populations":[]}]}"#, 1),
            (#"{"dimensions":[1,2,3],"spacing":[1,1,2],"data_type":"float"}"#, 2), ("{}", 3),
        ])
    func settings(text: String, index: Int) throws {
        let loadings = [
            try ModelLoading(
                BBPLoader(percentage: 0.1, reportType: .spikes, morphology: Morphology(radiusMultiplier: 20))),
            try ModelLoading(
                SonataLoader(populations: [SonataPopulation(nodePopulation: "p", edgePopulations: [])])),
            try ModelLoading(
                RawVolumeLoader(dataType: .float, dimensions: SIMD3(1, 2, 3), spacing: SIMD3(1, 1, 2))),
            try ModelLoading(ProteinLoader()),
        ]
        #expect(same(loadings[index].properties, try JSONValue(parsing: text)))
        #expect(throws: BraynsError.self) { try ModelLoading(DTILoader(radius: .nan)) }
    }

    private static func lines(_ file: String) throws -> [JSONValue] {
        String(decoding: try Fixtures.bytes("brayns/\(file)"), as: UTF8.self).split(separator: "\n").compactMap {
            try? JSONValue(parsing: String($0))
        }
    }

    private func again<Value: Codable>(_ json: JSONValue, as type: Value.Type) throws -> JSONValue {
        try JSONValue(encoding: try json.decode(type))
    }
}

/// Equal when numbers count by their value to the precision of a server's floats.
func same(_ a: JSONValue?, _ b: JSONValue?) -> Bool {
    switch (a, b) {
    case (nil, nil): true
    case (.array(let a)?, .array(let b)?): a.count == b.count && zip(a, b).allSatisfy { same($0, $1) }
    case (.object(let a)?, .object(let b)?): a.keys == b.keys && a.allSatisfy { same($0.value, b[$0.key]) }
    case (let a?, let b?):
        if let x = a.doubleValue, let y = b.doubleValue { Float(x) == Float(y) } else { a == b }
    default: false
    }
}
