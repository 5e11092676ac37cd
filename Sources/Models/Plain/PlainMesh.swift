// SPDX-License-Identifier: Apache-2.0
import Scene

/// The one mesh of a file that says nothing of materials or places: what our own readers find.
struct PlainMesh: ~Copyable {
    typealias Point = MeshBuilder.SIMD3Packed

    let positions: LargeBuffer<Point>
    let cornerCount: Int
    /// As many as positions, or none.
    var normals = LargeBuffer<Point>(0)
    var hasNormals = false
    /// As the file has them, or empty.
    var colors: [SIMD4<Float>] = []
    /// Three corners a triangle, all within; triangles that name a corner twice are left out.
    var triangles: [UInt32] = []
    /// Triangles before any was left out.
    var faceCount = 0

    init(corners: Int) {
        positions = LargeBuffer(corners)
        cornerCount = corners
    }

    /// The model that Assimp's import would have come to.
    ///
    /// - Returns: `nil` when nothing can be drawn, which is left to Assimp to say.
    consuming func model(format: String, shown: String, _ work: WorkSplit) -> Model? {
        var model = Model()
        var builder = MeshBuilder(positions: UnsafeBufferPointer(start: positions.base, count: cornerCount))
        builder.work = work
        if hasNormals { builder.normals = UnsafeBufferPointer(start: normals.base, count: cornerCount) }
        builder.colors = CornerColors.drawn(colors, ColorSpace(format: format))
        builder.triangles = triangles
        triangles = []
        let unusable = builder.dropUnusable()
        guard !builder.triangles.isEmpty else { return nil }
        var mesh = builder.build()
        // Assimp names what it makes up for STL, and not for PLY.
        let unsaid = SurfaceMaterial.unsaid(format == "stl" ? "DefaultMaterial" : "")
        model.materials = [unsaid]
        if !mesh.colors.isEmpty {
            mesh.material = 1
            model.materials.append(unsaid)
            model.materials[1].baseColor = SIMD4(repeating: 1)
        }
        model.meshes = [mesh]
        model.instances = [Model.Instance(mesh: 0, transform: .identity)]
        model.up = Axis.byExtension(format)
        guard model.bounds.diagonal > 0 else { return nil }
        if unusable > 0 { model.warnings = [SceneReader.unusableWarning(unusable, of: shown)] }
        model.metadata = ["faces": String(faceCount), "meshes": "1", "vertices": String(cornerCount)]
        return model
    }

    /// The model of a file that one of our own readers understands throughout; `nil` for any other, and for broken
    /// ones, which Assimp is to judge.
    static func model(of inspected: FileInspection, _ work: WorkSplit) -> Model? {
        switch inspected.format {
        case "ply":
            return PLYReader(inspected.file, work)?.mesh()?.model(format: "ply", shown: inspected.shown, work)
        case "stl":
            return STLReader(inspected.file, work)?.mesh()?.model(format: "stl", shown: inspected.shown, work)
        default: return nil
        }
    }
}

extension SurfaceMaterial {
    /// What a file without materials gets.
    fileprivate static func unsaid(_ name: String) -> SurfaceMaterial {
        var material = SurfaceMaterial()
        material.name = name
        material.isDefault = true
        return material
    }
}
