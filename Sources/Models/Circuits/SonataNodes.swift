// SPDX-License-Identifier: Apache-2.0

/// One population of nodes in its HDF5 file.
struct SonataNodes: Sendable {
    private let file: HDF5File
    private let group: String
    let count: Int

    init(_ path: String, population: String, files: ModelFiles) throws(ModelError) {
        file = try HDF5File(try files.resolved(path), shown: path)
        let root = "/nodes/\(population)"
        guard file.has(root) else { throw ModelError(.corrupt, "\(path) has no population \(population).") }
        group = root + "/0"
        count = try file.shape(root + "/node_type_id").first ?? 0
    }

    /// Whether nodes have a property of a name.
    func has(_ name: String) -> Bool { file.has("\(group)/\(name)") }

    /// A number of each node.
    func floats(_ name: String) throws(ModelError) -> [Float] { try checked(file.floats("\(group)/\(name)"), name) }

    /// A text of each node; texts may stand in a library once, with their places for each node.
    func strings(_ name: String) throws(ModelError) -> [String] {
        let library = "\(group)/@library/\(name)"
        guard file.has(library) else { return try checked(file.strings("\(group)/\(name)"), name) }
        let texts = try file.strings(library)
        let places = try checked(file.integers("\(group)/\(name)"), name)
        guard places.allSatisfy({ texts.indices.contains(Int(clamping: $0)) }) else {
            throw ModelError(.corrupt, "\(file.shown) has values of \(name) that its library does not hold.")
        }
        return places.map { texts[Int($0)] }
    }

    private func checked<Value>(_ values: [Value], _ name: String) throws(ModelError) -> [Value] {
        guard values.count == count else {
            throw ModelError(.corrupt, "\(file.shown) has \(values.count) values of \(name) for \(count) nodes.")
        }
        return values
    }

    /// Where the nodes are.
    func positions() throws(ModelError) -> [SIMD3<Float>] {
        let (x, y, z) = (try floats("x"), try floats("y"), try floats("z"))
        return (0..<count).map { SIMD3(x[$0], y[$0], z[$0]) }
    }

    /// How the nodes are turned, as unit quaternions (x, y, z, w); none is turned where the file says nothing.
    func rotations() throws(ModelError) -> [SIMD4<Float>] {
        let names = ["orientation_x", "orientation_y", "orientation_z", "orientation_w"]
        guard names.allSatisfy(has) else { return [SIMD4<Float>](repeating: SIMD4(0, 0, 0, 1), count: count) }
        var axes: [[Float]] = []
        for name in names { axes.append(try floats(name)) }
        return (0..<count).map { node in
            let turn = SIMD4(axes[0][node], axes[1][node], axes[2][node], axes[3][node])
            let length = (turn * turn).sum().squareRoot()
            return length > 0 && length.isFinite ? turn / length : SIMD4(0, 0, 0, 1)
        }
    }
}
