// SPDX-License-Identifier: Apache-2.0
import CAssimp
import Foundation

extension SceneReader {
    /// The place of a picture in `model.textures`, read once; `nil` when it is not there or not of a kind that is read.
    mutating func texture(_ name: String) throws(ModelError) -> Int? {
        if let known = texturePlaces[name] { return known }
        var place: Int?
        if let texture = try read(name) {
            place = model.textures.count
            model.textures.append(texture)
        }
        texturePlaces[name] = .some(place)
        return place
    }

    private mutating func read(_ name: String) throws(ModelError) -> Texture? {
        if let embedded = embedded(name) { return usable(name, embedded) }
        let shownName = name.hasPrefix("./") ? String(name.dropFirst(2)) : name
        if name.lowercased().hasPrefix("data:") { return inline(name) }
        // Names that Assimp makes up: Blender's computed textures, and a stand-in for Quake models that have none.
        if name.hasPrefix("Procedural,") {
            warn("Computed textures of \(shown) are not drawn.")
            return nil
        }
        if name.hasPrefix("$texture_dummy") { return nil }
        switch access.side(name, in: folder) {
        case .found(let path, let asNamed):
            if !asNamed { warn("The picture \"\(shownName)\" was found as \(path).") }
            let file = try access.openResolved(path, named: path)
            return usable(shownName, file.contents())
        case .missing: break
        case .refused(let reason): warn("The picture \"\(shownName)\" was not read: \(reason).")
        }
        if !model.missingFiles.contains(shownName) { model.missingFiles.append(shownName) }
        return nil
    }

    /// The bytes of a picture inside the model file: named `*0`, or by the path that it had.
    private func embedded(_ name: String) -> [UInt8]? {
        let count = Int(scene.pointee.mNumTextures)
        guard count > 0, let textures = scene.pointee.mTextures else { return nil }
        var found: Int?
        if name.hasPrefix("*") {
            found = Int(name.dropFirst())
        } else {
            let wanted = lastPart(name)
            found = (0..<count).first { index in
                guard let own = textures[index]?.pointee.mFilename.text, !own.isEmpty else { return false }
                return own == name || lastPart(own) == wanted
            }
        }
        guard let found, (0..<count).contains(found), let texture = textures[found]?.pointee, let data = texture.pcData
        else { return nil }
        let width = Int(texture.mWidth)
        if texture.mHeight == 0 {
            return [UInt8](UnsafeRawBufferPointer(start: data, count: width))
        }
        let texels = UnsafeBufferPointer(start: data, count: width * Int(texture.mHeight))
        return RawPNG.encode(
            width: width, height: Int(texture.mHeight), rgba: texels.flatMap { [$0.r, $0.g, $0.b, $0.a] })
    }

    private func lastPart(_ path: String) -> Substring {
        path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    }

    private mutating func inline(_ uri: String) -> Texture? {
        guard let comma = uri.firstIndex(of: ","), uri[..<comma].lowercased().hasSuffix(";base64"),
            let data = Data(base64Encoded: String(uri[uri.index(after: comma)...]), options: .ignoreUnknownCharacters)
        else {
            warn("A picture inside \(shown) is not base64; it is drawn without.")
            return nil
        }
        return usable("inline picture", [UInt8](data))
    }

    /// A picture as it is, or made into a PNG where that is easy; `nil` with a warning for kinds that are not read.
    private mutating func usable(_ name: String, _ bytes: [UInt8]) -> Texture? {
        switch PictureKind(bytes, name: name) {
        case .png, .jpeg: return Texture(name: name, bytes: bytes)
        case .bmp, .tga:
            if let png = SimplePicture.png(from: bytes, name: name) { return Texture(name: name, bytes: png) }
            warn("The picture \"\(name)\" is damaged, or of a rare kind; the surface is drawn without.")
        case .other(let what):
            warn("The picture \"\(name)\" is \(what), which is not read; the surface is drawn without.")
        }
        return nil
    }
}
