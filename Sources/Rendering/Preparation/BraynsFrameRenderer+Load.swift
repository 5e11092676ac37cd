// SPDX-License-Identifier: Apache-2.0
import Brayns
import Foundation
import JSONRPC
import Jobs
import Models
import Scene

extension BraynsFrameRenderer {
    /// Loads one model in the way that the backend can take it, and gives it its place, material and colour.
    ///
    /// - Returns: sentences about what was lost on the way.
    func load(_ model: SceneRequest.Model, _ clock: StageClock) async throws -> [String] {
        let isStage = StageFlattener.extensions.contains(Self.fileExtension(of: model.path)) && model.send != .path
        let (loaded, warnings) = try await isStage ? sendStage(model, clock) : send(model, clock)
        held.models += loaded.map(\.id)
        for id in loaded.map(\.id) {
            if let transform = model.transform {
                try await clock.instance.updateModel(id, ModelChange(transform: transform))
            }
            if let material = model.material {
                let material = Material.other(name: material.name, parameters: material.parameters)
                try await clock.instance.setMaterial(material, of: id)
            }
            if let color = model.color { try await clock.instance.setColor(color, of: id) }
        }
        return warnings
    }

    /// Makes a GLB of a USD stage, and sends that.
    private func sendStage(_ model: SceneRequest.Model, _ clock: StageClock) async throws -> ([SceneModel], [String]) {
        let folder = try StageFolder()
        defer { folder.remove() }
        var flat = try await options.stages.flatten(model.path, into: folder.path, within: clock.remaining)
        if let transform = model.transform { flat.place(by: transform) }
        var sent = model
        (sent.path, sent.send) = (flat.glb, .upload)
        do {
            let (models, warnings) = try await send(sent, clock)
            held.stages.append(flat)
            return (models, warnings.map { $0.replacing(flat.glb, with: model.path) } + flat.warnings)
        } catch var error as RendererError {
            error.message = error.message.replacing(flat.glb, with: model.path)
            throw error
        }
    }

    private func send(_ model: SceneRequest.Model, _ clock: StageClock) async throws -> ([SceneModel], [String]) {
        let kind = Self.fileExtension(of: model.path)
        let loading = ModelLoading(
            loader: model.loader ?? session.loaderName(forExtension: kind) ?? "",
            properties: model.properties ?? .object([:]))
        let isKnown = model.loader != nil || !loading.loader.isEmpty
        let remotePath = options.pathMap.remotePath(model.path)
        switch model.send {
        case .path:
            return (try await clock.instance.addModel(path: remotePath, loading: loading), [])
        case .upload:
            return try await upload(model, kind, loading, isKnown, clock)
        case .auto where session.process != nil && isKnown:
            return (try await clock.instance.addModel(path: remotePath, loading: loading), [])
        case .auto where !isKnown:
            return try await upload(model, kind, loading, isKnown, clock)
        case .auto:
            do {
                return (try await clock.instance.addModel(path: remotePath, loading: loading), [])
            } catch let error as BraynsError where Self.meansMissing(error) && Self.isHere(model.path) {
                return try await upload(model, kind, loading, isKnown, clock)
            }
        }
    }

    /// Sends the file's bytes where a loader takes them, else the triangles that can be read from it here.
    private func upload(
        _ model: SceneRequest.Model, _ kind: String, _ loading: ModelLoading, _ isKnown: Bool, _ clock: StageClock
    ) async throws -> ([SceneModel], [String]) {
        let takesUploads = session.loaders.first { $0.name == loading.loader }?.binary ?? false
        if isKnown, takesUploads {
            let models = try await clock.instance.upload(model.path, with: loading)
            let warning = "\(model.path) was sent to \(session.name) without its side files (materials, textures)."
            return (models, ["obj", "gltf"].contains(kind) ? [warning] : [])
        }
        guard session.takesTriangles, ModelLoader.extensions.contains(kind) else {
            let known = session.loaders.map {
                "\($0.name) (\($0.normalizedExtensions.sorted().joined(separator: " ")))"
            }
            throw RendererError(
                .unsupported, stage: "load",
                "\(model.path): \(session.name) has no loader for '.\(kind)' that can be reached from here; it has "
                    + known.joined(separator: ", ") + ".")
        }
        return try await uploadTriangles(model.path, clock)
    }

    private func uploadTriangles(_ path: String, _ clock: StageClock) async throws -> ([SceneModel], [String]) {
        let read: Model
        do {
            read = try ModelLoader().load(path: path)
        } catch {
            let blame: RendererError.Blame =
                switch error.code {
                case .unsupportedFormat, .unsupportedFeature: .unsupported
                case .limits: .limits
                default: .input
                }
            throw RendererError(blame, stage: "load", error.message, underlying: error)
        }
        let models = try await clock.instance.uploadModel(PLYWriter.encode(read), type: "ply", loading: .mesh)
        let losses = PLYWriter.losses(read)
        let warning =
            "\(path) was turned into triangles for \(session.name), which cannot load it"
            + (losses.isEmpty ? "." : "; lost are " + losses.joined(separator: ", ") + ".")
        return (models, [warning] + read.warnings)
    }

    private static func isHere(_ path: String) -> Bool { FileManager.default.isReadableFile(atPath: path) }

    /// Whether the backend says that it does not see the file.
    private static func meansMissing(_ error: BraynsError) -> Bool {
        guard error.code == .server, let text = error.answer?.message.lowercased() else { return false }
        return text.contains("exist") || text.contains("no such file") || text.contains("not found")
            || text.contains("cannot open") || text.contains("can't open")
    }

    static func fileExtension(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 ? parts[parts.count - 1].lowercased() : ""
    }
}
