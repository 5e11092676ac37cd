// SPDX-License-Identifier: Apache-2.0
import Scene

/// The models that all clients share, lights and clip planes among them.
struct SceneState: Sendable {
    /// One placing of a model.
    struct Instance: Sendable {
        var id: Int
        /// Key of the shared model.
        var model: Int
        var transform = Transform.identity
        var isVisible = true
        var bounds: Bounds
    }

    private(set) var instances: [Instance] = []
    private(set) var models: [Int: LoadedModel] = [:]
    /// Grows with every change that can be seen.
    private(set) var revision = 0
    private var ids = IDPool()
    private var nextModel = 0

    /// Adds models and says their first instances' numbers.
    mutating func add(_ newModels: [LoadedModel]) -> [Int] { newModels.map { add($0) } }

    /// Adds a model and says its first instance's number.
    mutating func add(_ model: LoadedModel) -> Int {
        let key = nextModel
        nextModel += 1
        models[key] = model
        let instance = Instance(id: ids.take(), model: key, bounds: model.bounds(under: .identity))
        instances.append(instance)
        revision += 1
        return instance.id
    }

    /// Places the model of an instance again.
    mutating func instantiate(_ id: Int, transforms: [Transform]) throws(RPCFailure) -> [Int] {
        guard let model = instances.first(where: { $0.id == id })?.model else {
            throw .internalError("No instance with id \(id) was found")
        }
        var new: [Int] = []
        for transform in transforms {
            let bounds = models[model]?.bounds(under: transform.matrix) ?? .empty
            let instance = Instance(id: ids.take(), model: model, transform: transform, bounds: bounds)
            instances.append(instance)
            new.append(instance.id)
        }
        revision += 1
        return new
    }

    /// The instance with a number and what it shows.
    func find(_ id: Int) throws(RPCFailure) -> (instance: Instance, model: LoadedModel) {
        guard let instance = instances.first(where: { $0.id == id }), let model = models[instance.model] else {
            throw .invalidParams("No model found with ID \(id)")
        }
        return (instance, model)
    }

    /// Changes one instance's placing or visibility.
    mutating func place(_ id: Int, transform: Transform?, isVisible: Bool?) throws(RPCFailure) {
        let found = try find(id)
        guard let index = instances.firstIndex(where: { $0.id == id }) else { return }
        if let isVisible { instances[index].isVisible = isVisible }
        if let transform, transform != found.instance.transform {
            instances[index].transform = transform
            instances[index].bounds = found.model.bounds(under: transform.matrix)
        }
        revision += 1
    }

    /// Changes what all instances of a model show.
    ///
    /// - Parameter changesShape: whether boxes have to be found again.
    mutating func change(
        _ id: Int, changesShape: Bool = false, _ body: (inout LoadedModel) throws -> Void
    ) throws {
        let found = try find(id)
        var model = found.model
        try body(&model)
        models[found.instance.model] = model
        for index in instances.indices where instances[index].model == found.instance.model && changesShape {
            instances[index].bounds = model.bounds(under: instances[index].transform.matrix)
        }
        revision += 1
    }

    /// Gives the parts of a model the colours of a simulation's frame.
    mutating func recolor(
        _ key: Int, _ colors: [SIMD4<Float>], shown: ModelSimulation.Shown, _ assets: AssetBuilder
    ) throws {
        guard case .geometry(var geometry) = models[key]?.content else { return }
        geometry.partColors = colors
        geometry.color = nil
        try geometry.paintTriangles(assets)
        geometry.simulation?.shown = shown
        models[key]?.content = .geometry(geometry)
        revision += 1
    }

    /// Removes instances, all of them or, when one is not there, none.
    mutating func remove(_ removed: [Int]) throws(RPCFailure) {
        let known = Set(instances.map(\.id))
        for id in removed where !known.contains(id) {
            throw .internalError("No instance with id \(id) was found")
        }
        var seen: Set<Int> = []
        for id in removed where seen.insert(id).inserted { ids.release(id) }
        instances.removeAll { seen.contains($0.id) }
        forgetUnused()
    }

    /// Removes the instances whose model is of a kind.
    mutating func remove(where isRemoved: (LoadedModel) -> Bool) {
        let removed = instances.filter { models[$0.model].map(isRemoved) ?? true }.map(\.id)
        for id in removed { ids.release(id) }
        let gone = Set(removed)
        instances.removeAll { gone.contains($0.id) }
        forgetUnused()
    }

    /// Removes everything; numbers begin at 0 again.
    mutating func clear() {
        instances.removeAll()
        ids.reset()
        forgetUnused()
    }

    /// The box around all instances, whether they are drawn or not.
    var bounds: Bounds {
        instances.reduce(into: .empty) { $0.formUnion($1.bounds) }
    }

    private mutating func forgetUnused() {
        let used = Set(instances.map(\.model))
        models = models.filter { used.contains($0.key) }
        revision += 1
    }
}
