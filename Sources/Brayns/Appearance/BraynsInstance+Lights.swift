// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// The scene's lights.
    public var lights: Lights { Lights(instance: self) }

    /// Adds and removes lights.
    public struct Lights: Sendable {
        let instance: BraynsInstance

        /// Adds a light; the server counts it as a model.
        @discardableResult
        public func add(_ light: Light) async throws -> SceneModel {
            try await instance.call("add-light-\(light.braynsName)", light.braynsParameters, as: SceneModel.self)
        }

        /// Removes all lights, whoever added them.
        public func clear() async throws { try await instance.call("clear-lights") }

        /// Removes the lights with these ids.
        public func remove(_ ids: [Int]) async throws { try await instance.removeModels(ids) }
    }
}
