// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Scene

extension SceneReader {
    /// The light that falls on the middle of the model, in the terms of surfaces that reflect `albedo / π` of it.
    private static let usualStrength = 2.0...5.0

    /// Takes over the file's lights; none when they would leave the model dark or flat.
    ///
    /// Formats have no common unit of light. Colours and ratios are kept; strengths are brought to what lights the
    /// middle of the model well. A lamp that does not fade in the file is given the strength that it has there. Where
    /// the file has no ambient light a faint one is added, or sides away from a single lamp would be black.
    mutating func readLights() {
        let count = Int(scene.pointee.mNumLights)
        guard count > 0, !model.instances.isEmpty else { return }
        let center = model.bounds.center
        var (lights, strength, ambient) = ([Light](), 0.0, Vector3.zero)
        for index in 0..<count {
            guard let source = scene.pointee.mLights?[index]?.pointee else { continue }
            if source.mType == aiLightSource_AMBIENT {
                ambient += SceneReader.color(source.mColorAmbient) + SceneReader.color(source.mColorDiffuse)
                continue
            }
            guard let (light, falling) = placed(source, center) else { continue }
            lights.append(light)
            strength += falling
        }
        guard strength > 0, strength.isFinite else { return }
        let wanted = min(Self.usualStrength.upperBound, max(Self.usualStrength.lowerBound, strength * .pi))
        model.lights = lights.map { $0.scaled(by: wanted / strength) }
        let level = max(ambient.x, ambient.y, ambient.z)
        let share = level > 0.05 && level.isFinite ? ambient / max(1, level) : Vector3(repeating: 0.15)
        model.lights.insert(.ambient(color: share, intensity: 1), at: 0)
    }

    private static func color(_ c: aiColor3D) -> Vector3 {
        let color = Vector3(Double(c.r), Double(c.g), Double(c.b))
        return color.isFinite ? color.clamped(lowerBound: .zero, upperBound: Vector3(repeating: 1e9)) : .zero
    }

    /// One light in model coordinates, and how strongly it falls on the centre.
    private mutating func placed(_ source: aiLight, _ center: Vector3) -> (Light, Double)? {
        let color = SceneReader.color(source.mColorDiffuse)
        let level = max(color.x, color.y, color.z)
        guard level > 0 else { return nil }
        let place = nodePlaces[source.mName.text] ?? .identity
        if source.mType == aiLightSource_DIRECTIONAL {
            guard let direction = place.apply(toDirection: Vector3(source.mDirection)).normalized else { return nil }
            return (.directional(direction: direction, color: color / level, intensity: level), level)
        }
        let position = place.apply(toPoint: Vector3(source.mPosition))
        let distance = (position - center).length
        guard position.isFinite, distance > 0, distance.isFinite else { return nil }
        if source.mType == aiLightSource_SPOT || source.mType == aiLightSource_AREA {
            warn("Spot and area lights of \(shown) shine to all sides.")
        }
        let fading =
            Double(source.mAttenuationConstant) + Double(source.mAttenuationLinear) * distance
            + Double(source.mAttenuationQuadratic) * distance * distance
        let falling = fading.isFinite && fading > 1e-12 ? level / fading : level
        return (
            .sphere(position: position, color: color / level, intensity: falling * distance * distance), falling
        )
    }
}

extension Light {
    /// The same light, stronger or weaker.
    fileprivate func scaled(by factor: Double) -> Light {
        switch self {
        case .ambient(let color, let intensity): .ambient(color: color, intensity: intensity * factor)
        case .directional(let direction, let color, let intensity):
            .directional(direction: direction, color: color, intensity: intensity * factor)
        case .quad(let position, let edge1, let edge2, let color, let intensity):
            .quad(position: position, edge1: edge1, edge2: edge2, color: color, intensity: intensity * factor)
        case .sphere(let position, let radius, let color, let intensity):
            .sphere(position: position, radius: radius, color: color, intensity: intensity * factor)
        }
    }
}
