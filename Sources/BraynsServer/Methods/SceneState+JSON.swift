// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension SceneState {
    /// One model as the protocol describes it.
    func json(_ id: Int) throws(RPCFailure) -> JSONValue {
        let found = try find(id)
        return Self.json(found.instance, found.model)
    }

    /// The whole scene as the protocol describes it.
    var json: JSONValue {
        let list = instances.compactMap { instance in
            models[instance.model].map { Self.json(instance, $0) }
        }
        return ["bounds": bounds.json, "models": .array(list)]
    }

    private static func json(_ instance: Instance, _ model: LoadedModel) -> JSONValue {
        [
            "bounds": instance.bounds.json, "info": model.infoJSON, "is_visible": .bool(instance.isVisible),
            "model_id": .int(Int64(instance.id)), "model_type": .string(model.type),
            "transform": instance.transform.json,
        ]
    }
}

extension LoadedModel {
    fileprivate var infoJSON: JSONValue {
        var members: [String: JSONValue] = [:]
        if let baseTransform { members["base_transform"] = baseTransform.json }
        if let loadInfo {
            members["load_info"] = [
                "load_parameters": loadInfo.parameters, "loader_name": .string(loadInfo.loader),
                "path": .string(loadInfo.path), "source": loadInfo.isUpload ? "from_blob" : "from_file",
            ]
        }
        if !metadata.isEmpty { members["metadata"] = .object(metadata.mapValues { .string($0) }) }
        return .object(members)
    }
}

extension Bounds {
    var json: JSONValue { ["max": .vector(max), "min": .vector(min)] }
}

extension Transform {
    var json: JSONValue {
        [
            "rotation": .vector(SIMD4(rotation.x, rotation.y, rotation.z, rotation.w)), "scale": .vector(scale),
            "translation": .vector(translation),
        ]
    }
}

extension View {
    var json: JSONValue { ["position": .vector(position), "target": .vector(target), "up": .vector(up)] }
}
