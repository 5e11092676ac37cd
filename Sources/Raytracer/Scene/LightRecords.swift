// SPDX-License-Identifier: Apache-2.0
import CShading
import Scene

#if canImport(Glibc)
    import Glibc
#endif

/// Lights as the kernels take them: ambient ones summed, the others one record each.
struct LightRecords {
    /// Radiance of all ambient lights.
    private(set) var ambient = SIMD3<Float>(0, 0, 0)
    private(set) var records: [shading_light] = []

    init(_ lights: [Light]) {
        for light in lights { add(light) }
    }

    private mutating func add(_ light: Light) {
        switch light {
        case .ambient(let color, let intensity):
            ambient += SIMD3<Float>(color * intensity)
        case .directional(let direction, let color, let intensity):
            guard let way = direction.normalized else { return }
            append(SHADING_LIGHT_DIRECTIONAL, color * intensity) {
                $0.towards(-way)
                // As wide as the sun, which Brayns takes for all directional lights.
                $0.cosine = Float(cos(0.265 * .pi / 180))
            }
        case .quad(let position, let edge1, let edge2, let color, let intensity):
            let normal = edge2.cross(edge1)
            guard let unit = normal.normalized else { return }
            append(SHADING_LIGHT_QUAD, color * intensity) {
                $0.towards(unit)
                $0.at(position)
                $0.area = Float(normal.length)
                ($0.e1x, $0.e1y, $0.e1z) = (Float(edge1.x), Float(edge1.y), Float(edge1.z))
                ($0.e2x, $0.e2y, $0.e2z) = (Float(edge2.x), Float(edge2.y), Float(edge2.z))
            }
        case .sphere(let position, let radius, let color, let intensity):
            let kind = radius > 0 ? SHADING_LIGHT_SPHERE : SHADING_LIGHT_POINT
            append(kind, color * intensity) {
                $0.at(position)
                $0.radius = Float(max(radius, 0))
            }
        }
    }

    private mutating func append(_ kind: Int, _ color: Vector3, _ fill: (inout shading_light) -> Void) {
        var record = shading_light()
        record.kind = UInt32(kind)
        (record.r, record.g, record.b) = (Float(color.x), Float(color.y), Float(color.z))
        fill(&record)
        records.append(record)
    }
}

extension shading_light {
    fileprivate mutating func at(_ p: Vector3) { (px, py, pz) = (Float(p.x), Float(p.y), Float(p.z)) }
    fileprivate mutating func towards(_ d: Vector3) { (dx, dy, dz) = (Float(d.x), Float(d.y), Float(d.z)) }
}
