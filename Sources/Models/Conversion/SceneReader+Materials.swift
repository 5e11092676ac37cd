// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Scene

extension SceneReader {
    /// Reads all materials; there is always at least one.
    mutating func readMaterials() throws(ModelError) {
        for index in 0..<Int(scene.pointee.mNumMaterials) {
            guard let material = scene.pointee.mMaterials?[index] else { continue }
            try read(MaterialValues(material: UnsafePointer(material)))
        }
        if model.materials.isEmpty {
            model.materials = [neutral]
            coordinateSets = [0]
        }
    }

    /// Light grey, for surfaces of which a file says nothing.
    private var neutral: SurfaceMaterial {
        var material = SurfaceMaterial()
        material.isDefault = true
        return material
    }

    private mutating func read(_ values: MaterialValues) throws(ModelError) {
        var material = SurfaceMaterial()
        material.name = values.text("?mat.name") ?? ""
        let picture = values.texture(aiTextureType_DIFFUSE, aiTextureType_BASE_COLOR)
        if let picture { material.baseColorTexture = try texture(picture.name) }
        let color = values.color("$clr.base") ?? values.color("$clr.diffuse")
        if let color, !isDefault(material, color, picture != nil) {
            material.baseColor = colors.linear(color)
        } else {
            material.isDefault = picture == nil
            if picture != nil { material.baseColor = SIMD4(repeating: 1) }
        }
        // Exporters leave black under a picture, where viewers show the picture alone.
        if picture != nil, material.baseColor.max3 < 0.01 { material.baseColor.setRGB(1) }
        if picture != nil, material.baseColorTexture == nil { material.baseColor.setRGB(0.8) }
        if colors == .sRGB { material.baseColor.w = 1 }
        if let opacity = values.number("$mat.opacity"), !isGLTF {
            material.baseColor.w = min(1, max(0, opacity))
        }
        if format == "dae" || format == "zae", material.baseColor.w == 0 {
            // COLLADA's two meanings of transparency are mixed up by so many exporters that nothing means invisible.
            material.baseColor.w = 1
            warn("Materials of \(shown) that are fully transparent by the letter are drawn opaque.")
        }
        readReflection(values, &material)
        readAlphaMode(values, &material)
        model.materials.append(material)
        coordinateSets.append(picture?.set ?? 0)
    }

    private var isGLTF: Bool { colors == .linear }

    /// Whether a material is one that Assimp makes up for a file that has none, or an OBJ name without a definition.
    private func isDefault(_ material: SurfaceMaterial, _ color: SIMD4<Float>, _ hasPicture: Bool) -> Bool {
        guard !hasPicture, !isGLTF else { return false }
        if material.name.hasPrefix("%%%DEFAULT") || material.name.hasPrefix("$$$DEFAULT") { return true }
        guard color.x == color.y, color.y == color.z else { return false }
        let isMadeUpGrey = abs(color.x - 0.6) < 1e-6
        switch format {
        case "ply", "stl", "off": return isMadeUpGrey || color.x == 1
        case "obj": return isMadeUpGrey
        default: return isMadeUpGrey && material.name == "DefaultMaterial"
        }
    }

    private mutating func readReflection(_ values: MaterialValues, _ material: inout SurfaceMaterial) {
        let hasFactors = values.number("$mat.metallicFactor") != nil || values.number("$mat.roughnessFactor") != nil
        if !isGLTF, !hasFactors, let specular = values.color("$clr.specular") {
            let strength = min(1, max(0, values.number("$mat.shinpercent") ?? 1))
            let exponent = values.number("$mat.shininess") ?? 0
            if exponent > 0 {
                let color = colors.linear(specular)
                material.specularColor = SIMD3(color.x, color.y, color.z) * strength
                material.shininess = min(exponent, 10_000)
            }
        }
        material.metallic = min(1, max(0, values.number("$mat.metallicFactor") ?? 0))
        material.roughness = min(1, max(0, values.number("$mat.roughnessFactor") ?? 1))
        if hasFactors,
            values.texture(aiTextureType_METALNESS, aiTextureType_DIFFUSE_ROUGHNESS, aiTextureType_UNKNOWN) != nil
        {
            // The factors are those of the map, mostly 1 and 1; taken alone they would make everything metal.
            (material.metallic, material.roughness) = (0, max(0.5, material.roughness))
            warn("The maps of metalness and roughness in \(shown) are not drawn; its surfaces count as rough.")
        }
        guard let emission = values.color("$clr.emissive"), emission.max3 > 0 else { return }
        if values.texture(aiTextureType_EMISSIVE, aiTextureType_EMISSION_COLOR) != nil {
            warn("The emission maps in \(shown) are not drawn.")
            return
        }
        let intensity = isGLTF ? min(1000, max(0, values.number("$mat.emissiveIntensity") ?? 1)) : 1
        let color = colors.linear(emission)
        material.emission = SIMD3(color.x, color.y, color.z) * intensity
    }

    private func readAlphaMode(_ values: MaterialValues, _ material: inout SurfaceMaterial) {
        guard isGLTF, let mode = values.text("$mat.gltf.alphaMode") else { return }
        switch mode {
        case "MASK": material.alphaCutoff = values.number("$mat.gltf.alphaCutoff") ?? 0.5
        case "BLEND": break
        default:
            material.baseColor.w = 1
            material.usesTextureAlpha = false
        }
    }
}

extension SIMD4 where Scalar == Float {
    /// The largest of the first three.
    fileprivate var max3: Float { Swift.max(x, y, z) }

    fileprivate mutating func setRGB(_ value: Float) { (x, y, z) = (value, value, value) }
}
