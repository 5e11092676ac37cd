// SPDX-License-Identifier: Apache-2.0
import Models
import Scene

extension LoadedModel {
    /// The box around the model as a matrix places it.
    ///
    /// Exact for triangles and shapes' corners; lights without a place and clip planes have none.
    func bounds(under placing: Matrix4) -> Bounds {
        let matrix = placing * baseMatrix
        switch content {
        case .geometry(let geometry):
            // Walking all corners is for turned models only: the box of a box is exact under shift and scale.
            return matrix.keepsAxes || geometry.isBoxed
                ? geometry.localBounds.transformed(by: matrix) : geometry.source.bounds(under: matrix)
        case .light(.quad(let position, let edge1, let edge2, _, _)):
            let corners = [position, position + edge1, position + edge2, position + edge1 + edge2]
            return Bounds(points: corners.map(matrix.apply(toPoint:)))
        // A real Brayns gives a sphere light no box either: cameras that fit the scene look past it.
        case .light, .clipper: return .empty
        }
    }

    /// The placing that the file asks for, nothing where it asks for none.
    var baseMatrix: Matrix4 { baseTransform?.matrix ?? .identity }
}

extension Matrix4 {
    /// Whether boxes stay boxes: each axis goes along an axis.
    fileprivate var keepsAxes: Bool {
        [c0, c1, c2].allSatisfy { column in
            (0..<3).count { abs(column[$0]) > 1e-12 } <= 1
        }
    }
}

extension Model {
    fileprivate func bounds(under matrix: Matrix4) -> Bounds {
        var result = Bounds.empty
        for instance in instances where meshes.indices.contains(instance.mesh) {
            result.formUnion(meshes[instance.mesh].bounds(under: matrix * instance.transform))
        }
        result.formUnion(primitives.bounds.transformed(by: matrix))
        for volume in volumes { result.formUnion(volume.bounds.transformed(by: matrix)) }
        return result
    }
}
