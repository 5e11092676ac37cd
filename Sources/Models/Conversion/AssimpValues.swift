// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Scene

extension aiString {
    /// The text; bytes that are not UTF-8 are replaced.
    var text: String {
        withUnsafeBytes(of: data) { String(decoding: $0.prefix(Int(length)), as: UTF8.self) }
    }
}

extension Matrix4 {
    /// Assimp keeps rows; the translation is in the last column.
    init(_ m: aiMatrix4x4) {
        func column(_ a: ai_real, _ b: ai_real, _ c: ai_real, _ d: ai_real) -> SIMD4<Double> {
            SIMD4(Double(a), Double(b), Double(c), Double(d))
        }
        self.init(
            column(m.a1, m.b1, m.c1, 0), column(m.a2, m.b2, m.c2, 0), column(m.a3, m.b3, m.c3, 0),
            column(m.a4, m.b4, m.c4, 1))
    }
}

extension Vector3 {
    init(_ v: aiVector3D) { self.init(Double(v.x), Double(v.y), Double(v.z)) }
}

/// Reads the properties of one material by their names in Assimp's `material.h`.
struct MaterialValues {
    let material: UnsafePointer<aiMaterial>

    func text(_ key: String) -> String? {
        var value = aiString()
        guard aiGetMaterialString(material, key, 0, 0, &value) == aiReturn_SUCCESS else { return nil }
        return value.text
    }

    func number(_ key: String) -> Float? {
        var (value, count): (ai_real, UInt32) = (0, 1)
        let found = aiGetMaterialFloatArray(material, key, 0, 0, &value, &count) == aiReturn_SUCCESS
        return found && count == 1 && value.isFinite ? value : nil
    }

    func color(_ key: String) -> SIMD4<Float>? {
        var value = aiColor4D(r: 0, g: 0, b: 0, a: 1)
        guard aiGetMaterialColor(material, key, 0, 0, &value) == aiReturn_SUCCESS else { return nil }
        let color = SIMD4(value.r, value.g, value.b, value.a)
        return (0..<4).allSatisfy { color[$0].isFinite } ? color : nil
    }

    /// The first picture of a kind: its name in the file and the set of texture coordinates it wants.
    func texture(_ kinds: aiTextureType...) -> (name: String, set: Int)? {
        for kind in kinds {
            var path = aiString()
            var set: UInt32 = 0
            let found = aiGetMaterialTexture(material, kind, 0, &path, nil, &set, nil, nil, nil, nil)
            if found == aiReturn_SUCCESS, path.length > 0 { return (path.text, Int(set)) }
        }
        return nil
    }
}
