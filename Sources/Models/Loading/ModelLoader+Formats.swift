// SPDX-License-Identifier: Apache-2.0

extension ModelLoader {
    /// File extensions that are read, lower case, without the dot.
    ///
    /// Of what Assimp 5.2 knows these are left out: those it no longer reads (Irrlicht's `irr` and `irrmesh`, `ter`,
    /// `wrl`), reads wrongly or crashes on (`raw`, `m3d`), those that hold motion only (`bvh`, `csm`, `vmd`), and those
    /// whose name means something else to most people (`mesh`, `xml`, `txt`).
    public static let extensions: Set<String> = [
        // Exchange and the web
        "obj", "ply", "stl", "off", "gltf", "glb", "fbx", "dae", "zae", "x3d", "ogex",
        // Printing and construction
        "3mf", "amf", "ifc", "ifczip", "dxf",
        // Programs
        "3ds", "ase", "ac", "acc", "ac3d", "blend", "cob", "scn", "lwo", "lws", "lxo", "nff", "enff", "q3o", "q3s",
        "sib", "x", "xgl", "zgl",
        // Games
        "3d", "uc", "b3d", "hmp", "iqm", "md2", "md3", "md5mesh", "mdc", "mdl", "ms3d", "smd",
    ]

    /// The extensions of `extensions` for sentences, in order.
    static let extensionList = extensions.sorted().joined(separator: ", ")
}
