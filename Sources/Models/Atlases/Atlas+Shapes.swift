// SPDX-License-Identifier: Apache-2.0
import Scene

/// A column of voxels that stands out.
package struct AtlasColumn: Sendable, Hashable {
    /// Voxel numbers along x and z.
    package var place: SIMD2<Int>
    package var color: SIMD4<Float>

    package init(place: SIMD2<Int>, color: SIMD4<Float>) { (self.place, self.color) = (place, color) }
}

extension Atlas {
    /// What an atlas is shown as.
    package struct Picture: Sendable {
        package var model = Model()
        /// The colours of a volume's values.
        package var ramp: ColorRamp?
    }

    /// The values as a volume.
    package func density() throws(ModelError) -> Picture {
        guard case .scalars(let values) = voxels else { throw notFor("densities") }
        var picture = Picture()
        picture.model.volumes = [
            try VolumeGrid(dimensions: dimensions, spacing: spacing, samples: .float64(values))
        ]
        let finite = values.lazy.filter(\.isFinite)
        picture.ramp = ColorRamp(range: SIMD2(Float(finite.min() ?? 0), Float(finite.max() ?? 0)))
        return picture
    }

    /// The distances to the lower or the upper bound as a volume, from red over yellow to grey.
    package func layerDistance(isUpper: Bool) throws(ModelError) -> Picture {
        guard case .distances(let pairs) = voxels else { throw notFor("layer distances") }
        let values = pairs.map { isUpper ? $0.y : $0.x }
        let finite = values.lazy.filter(\.isFinite)
        guard let least = finite.min(), let most = finite.max(), least < most else {
            throw ModelError(.empty, "Cannot visualize layer distance. Data is not valid")
        }
        var picture = Picture()
        picture.model.volumes = [
            try VolumeGrid(dimensions: dimensions, spacing: spacing, samples: .float32(values))
        ]
        picture.ramp = ColorRamp(
            colors: [SIMD4(1, 0, 0, 1), SIMD4(1, 0.5, 0, 1), SIMD4(1, 1, 0, 1), SIMD4(0.8, 0.8, 0.8, 1)],
            range: SIMD2(least, most))
        return picture
    }

    /// A thin cone for each direction, coloured by where it points.
    package func vectorField() throws(ModelError) -> Picture {
        guard case .directions(let directions) = voxels else { throw notFor("vectors") }
        let length = spacing.min() / 2
        var picture = Picture()
        for (index, direction) in directions.enumerated() where direction != .zero {
            let box = box(index)
            let origin = (box.min + box.max) / 2
            picture.model.primitives.capsules.append(
                .init(
                    p0: origin, p1: origin + direction * length, r0: 0.05 * length, r1: 0,
                    color: SIMD4((direction + 1) / 2, 1)))
        }
        return picture
    }

    /// Three rods for each orientation: red, green and blue for x, y and z.
    package func orientationField() throws(ModelError) -> Picture {
        guard case .orientations(let turns) = voxels else { throw notFor("orientations") }
        let length = spacing.min()
        var picture = Picture()
        for axis in 0..<3 {
            var direction = SIMD3<Float>.zero
            direction[axis] = 1
            for (index, turn) in turns.enumerated() where turn != .zero {
                let box = box(index)
                let origin = (box.min + box.max) / 2
                picture.model.primitives.capsules.append(
                    .init(
                        p0: origin, p1: origin + direction.turned(by: turn) * length * 0.5, r0: length * 0.05,
                        r1: length * 0.05, color: SIMD4(direction, 1)))
            }
        }
        return picture
    }

    /// A box for each voxel, in one of six colours for each area of the flat map.
    package func flatmapAreas() throws(ModelError) -> Picture {
        guard case .areas(let areas) = voxels else { throw notFor("flat maps") }
        let colors: [SIMD4<Float>] = [
            SIMD4(1, 0, 0, 1), SIMD4(0, 1, 0, 1), SIMD4(0, 0, 1, 1), SIMD4(1, 1, 0, 1), SIMD4(1, 0, 1, 1),
            SIMD4(0, 1, 1, 1),
        ]
        var order: [SIMD2<Int>: Int] = [:]
        var picture = Picture()
        for (index, isValid) in validity().enumerated() where isValid {
            // Brayns takes the colours in the order of a hash map; here it is that of the voxels.
            let number = order[areas[index]] ?? order.count
            order[areas[index]] = number
            let box = box(index)
            picture.model.primitives.boxes.append(
                .init(min: box.min, max: box.max, color: colors[number % colors.count]))
        }
        return picture
    }

    /// A box around each of some columns.
    ///
    /// - Throws: `ModelError` with `.limits` for a column outside the grid.
    package func columns(_ columns: [AtlasColumn]) throws(ModelError) -> Picture {
        var picture = Picture()
        for column in columns {
            let (x, z) = (column.place.x, column.place.y)
            guard x >= 0, x < dimensions.x, z >= 0, z < dimensions.z else {
                throw ModelError(.limits, "Column coordinates are out of volume bounds")
            }
            let low = SIMD3<Float>(Float(x), -1, Float(z)) * spacing
            let high = SIMD3<Float>(Float(x + 1), Float(dimensions.y), Float(z + 1)) * spacing
            picture.model.primitives.boxes.append(.init(min: low, max: high, color: column.color))
        }
        return picture
    }

    /// The surface between voxels that can be used and those that cannot.
    package func outline() -> Picture {
        let field = IsoSurface(
            dimensions: dimensions, spacing: spacing, samples: validity().map { $0 ? 255 : 0 }, value: 1)
        var picture = Picture()
        var white = SurfaceMaterial()
        white.baseColor = SIMD4(repeating: 1)
        picture.model.materials = [white]
        picture.model.meshes = [field.mesh()]
        picture.model.instances = [.init(mesh: 0, transform: .identity)]
        return picture
    }

    private func notFor(_ what: String) -> ModelError {
        ModelError(.unsupportedFeature, "An atlas of the type '\(kind.rawValue)' has no \(what).")
    }
}
