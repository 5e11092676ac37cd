// SPDX-License-Identifier: Apache-2.0
import CShading
import Models

#if canImport(Glibc)
    import Glibc
#endif

/// What a geometry looks like in one instance: its own material, with the instance's overrides worked in.
struct SurfaceRecord {
    private(set) var record = shading_surface()
    /// Whether light passes nowhere, as the interactive renderer sees it.
    private(set) var isOpaque = true
    /// The same for the path tracer, which knows glass.
    var isPathOpaque: Bool { isOpaque && record.path_opacity >= 1 && record.glass == 0 }
    /// Whether the path tracer needs to know how rough metal reflects.
    var hasMetal: Bool { record.metal > 0 || record.flakes > 0 }

    /// Colours that an instance gives to its shapes, four numbers each.
    struct ShapeColors {
        var memory: UnsafePointer<Float>
        var isOpaque: Bool
    }

    init(_ fact: ShapeFacts, in asset: GeometryAsset, of instance: RenderInstance, colors: ShapeColors? = nil) {
        record.cutoff = -1
        record.path_opacity = 1
        record.by_color = 1
        (record.base, record.diffuse, record.gloss_ior) = (1, 1, 1)
        record.roughness = 1
        record.ior = 1.5
        record.exponent = 40
        let material = fact.material.map { asset.materials[$0] }
        if let colors {
            setColor(SIMD4(1, 1, 1, 1))
            record.flags |= UInt32(SHADING_USES_COLORS)
            record.colors = colors.memory
            isOpaque = colors.isOpaque
        } else if let color = instance.color {
            setColor(color)
        } else {
            takeColor(fact, material, asset)
        }
        if let override = instance.material {
            apply(override)
        } else if let material {
            applyLook(material, keepsColor: instance.color != nil)
        }
    }

    private mutating func setColor(_ color: SIMD4<Float>) {
        (record.r, record.g, record.b, record.opacity) = (color.x, color.y, color.z, color.w)
        isOpaque = color.w >= 1
    }

    /// The file's colours: material times texture times the corners' or shapes' own.
    private mutating func takeColor(_ fact: ShapeFacts, _ material: SurfaceMaterial?, _ asset: GeometryAsset) {
        setColor(material?.baseColor ?? SIMD4(1, 1, 1, 1))
        if fact.hasColors {
            record.flags |= UInt32(SHADING_USES_COLORS)
            isOpaque = isOpaque && fact.isColorOpaque
        }
        if fact.hasCoordinates, let texture = asset.textures.entry(material?.baseColorTexture) {
            record.flags |= UInt32(SHADING_USES_TEXTURE)
            record.texture = texture.record
            if material?.usesTextureAlpha != false {
                record.flags |= UInt32(SHADING_USES_TEXTURE_ALPHA)
                isOpaque = isOpaque && texture.isOpaque
            }
        }
        if let cutoff = material?.alphaCutoff { record.cutoff = max(0, cutoff) }
    }

    /// The file's highlight and glow. What metals reflect of a room that is not there, they get as a broad highlight.
    private mutating func applyLook(_ material: SurfaceMaterial, keepsColor: Bool) {
        let metallic = min(max(material.metallic, 0), 1)
        (record.metal, record.base) = (metallic, 1 - metallic)
        var specular = material.specularColor
        var exponent = material.shininess
        if metallic > 0 {
            let base = SIMD3(record.r, record.g, record.b)
            let roughness = min(max(material.roughness, 0.1), 1)
            let width = roughness * roughness * roughness * roughness
            specular += base * (0.5 * metallic)
            exponent = min(max(2 / width - 2, 2), 500)
            let left = 1 - 0.5 * metallic
            (record.r, record.g, record.b) = (record.r * left, record.g * left, record.b * left)
        }
        record.roughness = material.roughness
        setHighlight(specular, phong: exponent)
        if !keepsColor {
            (record.emission_r, record.emission_g, record.emission_b) = (
                material.emission.x, material.emission.y, material.emission.z
            )
        }
    }

    /// Sets the Blinn lobe of a Phong exponent, four times as large, and its normalisation.
    private mutating func setHighlight(_ specular: SIMD3<Float>, phong: Float) {
        let exponent = 4 * (phong.isFinite ? min(max(phong, 0), 10_000) : 10)
        let norm = (exponent + 2) / (4 * Float.pi) / (2 - exp(-exponent * Float(M_LN2) / 2))
        record.exponent = exponent
        let part = specular * norm
        (record.specular_r, record.specular_g, record.specular_b) = (part.x, part.y, part.z)
    }

    /// A material of Brayns: white where it has a colour at all, so that the instance's own colour shows.
    private mutating func apply(_ material: MaterialOverride) {
        if case .phong = material {} else { record.by_color = 0 }
        switch material {
        case .phong(let opacity):
            record.opacity *= Float(opacity)
            isOpaque = isOpaque && opacity >= 1
        case .matte(let opacity):
            record.path_opacity = Float(opacity)
            record.sigma = 1
        case .plastic(let opacity):
            record.path_opacity = Float(opacity)
            record.sigma = 0.01
            record.coat = 1
        case .metal(let roughness):
            (record.metal, record.base) = (1, 0)
            record.roughness = Float(roughness)
        case .glass(let index):
            record.glass = 1
            record.ior = Float(max(index, 1))
        case .emissive(let color, let intensity):
            let light = SIMD3<Float>(color * intensity)
            (record.radiance_r, record.radiance_g, record.radiance_b) = (light.x, light.y, light.z)
            // It shines and does nothing else.
            record.path_black = 1
        case .principled(let parameters):
            apply(parameters)
        case .carpaint(let density):
            record.flakes = Float(min(max(density, 0), 1))
            record.coat = 1
        case .ghost:
            record.ghost = 1
            isOpaque = false
        }
    }

    /// A boundary mirrors nothing where the index of refraction is that of air.
    private mutating func setGloss(_ weight: Float, ior: Double, roughness: Double) {
        let index = min(max(ior < 1 ? 1 / max(ior, 1e-3) : ior, 1), 3)
        guard weight > 0, index > 1.0001 else { return }
        let factors = GlossCurve.factors(ior: index, roughness: roughness)
        (record.gloss, record.gloss_ior) = (weight, Float(index))
        record.gloss_curve = (factors.x, factors.y, factors.z, factors.w)
    }

    /// What the path tracer draws of the many-sided material: its diffuse base under a clear boundary, metal and a
    /// smooth clear coat. Transmission, sheen, light from behind and roughness of the coat it leaves out.
    private mutating func apply(_ p: PrincipledParameters) {
        let metallic = Float(min(max(p.metallic, 0), 1))
        let specular = Float(min(max(p.specular, 0), 1))
        record.base = 1 - metallic
        record.diffuse = Float(min(max(p.diffuse, 0), 1))
        record.metal = metallic * specular
        record.roughness = Float(min(max(p.roughness, 0), 1))
        record.sigma = record.roughness
        record.anisotropy = Float(min(max(p.anisotropy, 0), 1))
        record.rotation = Float(min(max(p.anisotropyRotation, 0), 1)) * 2 * .pi
        record.artistic = 1
        setGloss(specular, ior: p.ior, roughness: Double(record.roughness))
        let edge = SIMD3<Float>(p.edgeColor).clamped(lowerBound: .zero, upperBound: .one)
        (record.edge_r, record.edge_g, record.edge_b) = (edge.x, edge.y, edge.z)
        record.coat = Float(min(max(p.coat, 0), 1))
        record.ior = Float(min(max(p.coatIor < 1 ? 1 / max(p.coatIor, 1e-3) : p.coatIor, 1), 3))
        let passed = p.coatColor.clamped(lowerBound: SIMD3(repeating: 1e-6), upperBound: .one)
        let thickness = max(p.coatThickness, 0)
        record.absorbed_r = Float(log2(passed.x) * thickness)
        record.absorbed_g = Float(log2(passed.y) * thickness)
        record.absorbed_b = Float(log2(passed.z) * thickness)
    }
}
