// SPDX-License-Identifier: Apache-2.0

extension Axis {
    /// The up axis that is usual for a file format, for files that do not say it themselves.
    ///
    /// Counted in the coordinates that Assimp, and so Brayns, hands on. `+z` for the formats of printers and of
    /// programs that build upwards along z (STL, 3MF, AMF, Blender, Valve's SMD, height maps). `+y` for everything
    /// else: OBJ, glTF and FBX by convention or specification; PLY because the classic scans stand along y and
    /// MeshLab, Quick Look, three.js and f3d show them so (Blender alone lays them on z); 3DS, ASE, DXF, IFC, COLLADA
    /// and Quake's models because Assimp turns them that way.
    /// - Parameter fileExtension: with or without the dot, in any case.
    public static func byExtension(_ fileExtension: String) -> Axis {
        var name = fileExtension.lowercased()
        if name.hasPrefix(".") { name.removeFirst() }
        return ["stl", "3mf", "amf", "blend", "smd", "hmp", "ogex"].contains(name) ? .plusZ : .plusY
    }

    /// The axis the other way.
    public var opposite: Axis {
        switch self {
        case .plusX: .minusX
        case .minusX: .plusX
        case .plusY: .minusY
        case .minusY: .plusY
        case .plusZ: .minusZ
        case .minusZ: .plusZ
        }
    }

    /// The axes of a model that stands upright along this one: its right, and the side it turns to the viewer.
    ///
    /// For `+y` these are `+x` and `+z` (Brayns' front view), for `+z` `+x` and `-y` (the front view of CAD programs);
    /// the others follow by turning these about x or z.
    var frame: (right: Vector3, up: Vector3, front: Vector3) {
        switch self {
        case .plusY: (Vector3(1, 0, 0), direction, Vector3(0, 0, 1))
        case .plusZ: (Vector3(1, 0, 0), direction, Vector3(0, -1, 0))
        case .minusY: (Vector3(1, 0, 0), direction, Vector3(0, 0, -1))
        case .minusZ: (Vector3(1, 0, 0), direction, Vector3(0, 1, 0))
        case .plusX: (Vector3(0, -1, 0), direction, Vector3(0, 0, 1))
        case .minusX: (Vector3(0, 1, 0), direction, Vector3(0, 0, 1))
        }
    }
}
