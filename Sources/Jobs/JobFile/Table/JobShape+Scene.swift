// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension JobShape where Value == Transform {
    /// Translation, rotation (three Euler angles in degrees, or a quaternion) and scale.
    static let transform = JobShape<TransformSection>.section.mapped {
        $0.transform
    } _: {
        TransformSection($0)
    }
}

/// A transform as a job file writes it.
struct TransformSection: JobSection {
    var translation = Vector3.zero
    var rotation = Quaternion.identity
    var scale = Vector3(repeating: 1)

    init() {}

    init(_ transform: Transform) {
        (translation, rotation, scale) = (transform.translation, transform.rotation, transform.scale)
    }

    var transform: Transform { Transform(translation: translation, rotation: rotation, scale: scale) }

    static let keys: [JobKey<Self>] = [
        JobKey("translation", \.translation, .vector, "Shift in scene units."),
        JobKey("rotation", \.rotation, .rotation, "Quaternion [x, y, z, w]."),
        JobKey("scale", \.scale, .scale, "A factor, or one for each axis."),
    ]
}

extension JobShape where Value == Quaternion {
    static let rotation = JobShape(
        "a list of four numbers: a quaternion [x, y, z, w]",
        schema: ["type": "array", "items": ["type": "number"], "minItems": 4, "maxItems": 4]
    ) { node in
        guard let q = node.numbers, q.count == 4 else { return nil }
        return Quaternion(x: q[0], y: q[1], z: q[2], w: q[3])
    } write: {
        .numbers([$0.x, $0.y, $0.z, $0.w])
    }
}

extension JobShape where Value == Vector3 {
    static let scale = JobShape(
        "a number or a list of three", schema: ["anyOf": [["type": "number"], vector.schema]]
    ) { node in
        if let factor = node.text.flatMap({ Double($0) }), factor.isFinite { return Vector3(repeating: factor) }
        guard let numbers = node.numbers, numbers.count == 3 else { return nil }
        return Vector3(numbers[0], numbers[1], numbers[2])
    } write: {
        .numbers([$0.x, $0.y, $0.z])
    }
}

/// A light as a job file writes it.
struct LightSection: JobSection {
    enum Kind: String, Sendable, CaseIterable { case ambient, directional, quad, sphere }

    var type = Kind.ambient
    var linear: Vector3?
    var intensity = 1.0
    var direction = Vector3(0, 0, -1)
    var position = Vector3.zero
    var edge1 = Vector3(1, 0, 0)
    var edge2 = Vector3(0, 1, 0)
    var radius = 0.0

    static let keys: [JobKey<Self>] = [
        JobKey("type", \.type, .word, "The kind of light."),
        JobKey(optional: "color", \.linear, .vector, "Linear red, green and blue."),
        JobKey(
            "intensity", \.intensity, .number(0...Double.greatestFiniteMagnitude, "a number of at least 0"),
            "Brightness."),
        JobKey("direction", \.direction, .vector, "Where the light travels; directional."),
        JobKey("position", \.position, .vector, "Where the light stands; quad and sphere."),
        JobKey("edge1", \.edge1, .vector, "One edge; quad."),
        JobKey("edge2", \.edge2, .vector, "The other edge; quad."),
        JobKey(
            "radius", \.radius, .number(0...Double.greatestFiniteMagnitude, "a number of at least 0"), "Size; sphere."),
    ]

    init() {}

    init(_ light: Light) {
        switch light {
        case .ambient(let color, let intensity):
            (type, linear, self.intensity) = (.ambient, color, intensity)
        case .directional(let direction, let color, let intensity):
            (type, self.direction, linear, self.intensity) = (.directional, direction, color, intensity)
        case .quad(let position, let edge1, let edge2, let color, let intensity):
            (type, self.position, self.edge1, self.edge2) = (.quad, position, edge1, edge2)
            (linear, self.intensity) = (color, intensity)
        case .sphere(let position, let radius, let color, let intensity):
            (type, self.position, self.radius, linear, self.intensity) = (.sphere, position, radius, color, intensity)
        }
    }

    var light: Light {
        let color = linear ?? Vector3(repeating: 1)
        switch type {
        case .ambient: return .ambient(color: color, intensity: intensity)
        case .directional: return .directional(direction: direction, color: color, intensity: intensity)
        case .quad: return .quad(position: position, edge1: edge1, edge2: edge2, color: color, intensity: intensity)
        case .sphere: return .sphere(position: position, radius: radius, color: color, intensity: intensity)
        }
    }
}

extension JobShape where Value == Light {
    static let light = JobShape<LightSection>.section.mapped {
        $0.light
    } _: {
        LightSection($0)
    }
}
