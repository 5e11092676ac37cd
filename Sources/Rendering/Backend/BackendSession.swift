// SPDX-License-Identifier: Apache-2.0
import Brayns
import JSONRPC
import Jobs
import Models
import Scene

/// A backend that answers, and what it can do.
struct BackendSession: Sendable {
    let instance: BraynsInstance
    /// The process, when it was started from here.
    let process: BackendProcess?
    /// Name for messages: an address or a program.
    let name: String
    let version: ServerVersion
    let registry: Set<String>
    let loaders: [LoaderDescription]
    /// Whether nobody else uses the backend.
    let isExclusive: Bool

    /// Whether it is Darkroom's own backend, which has the extensions and survives what ends a real Brayns.
    var isDarkroom: Bool { registry.contains(BraynsInstance.sceneReportMethod) }

    /// The connection for callers who do not know what ends a real server.
    var guarded: BraynsInstance {
        var instance = instance
        instance.isGuarded = !isDarkroom
        return instance
    }

    /// Extensions that it loads by path or upload, and those that can be turned into triangles for it here.
    var loadableExtensions: Set<String> {
        let own = loaders.reduce(into: Set<String>()) { $0.formUnion($1.normalizedExtensions) }
        let known = takesTriangles ? own.union(ModelLoader.extensions) : own
        return known.contains("glb") ? known.union(StageFlattener.extensions) : known
    }

    /// Whether a mesh in a PLY file can be sent to it.
    var takesTriangles: Bool { loaders.loader(forExtension: "ply", uploads: true) != nil }

    /// The loader for a file extension: on Darkroom's own backend the one that draws materials and pictures, where
    /// Brayns' `mesh` draws everything white.
    func loaderName(forExtension kind: String) -> String? {
        let own = loaders.first { $0.name == "darkroom-mesh" && $0.normalizedExtensions.contains(kind.lowercased()) }
        return (isDarkroom ? own : nil)?.name ?? loaders.loader(forExtension: kind)?.name
    }

    /// What it is, for reports.
    var description: String {
        process != nil && isDarkroom ? "darkroom (Brayns \(version))" : "\(name) (Brayns \(version))"
    }

    /// Ends the connection and, when it was started from here, the backend.
    func end(grace: Duration) async {
        await instance.disconnect()
        await process?.end(grace: grace)
    }

    /// Ends everything at once.
    func abandon() async {
        process?.kill()
        await instance.disconnect()
        await process?.end(grace: .zero)
    }
}
