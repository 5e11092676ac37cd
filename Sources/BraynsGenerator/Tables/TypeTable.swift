// SPDX-License-Identifier: Apache-2.0

/// Swift names and sentences for the objects of the schemas, one table for each file that is written.
///
/// The key is the object's title; `/change` stands behind it where only what a request may carry is meant.
enum TypeTable {
    static let files: [(name: String, text: String)] = [
        ("Types/ModelTypes", models), ("Types/GeometryTypes", geometry), ("Types/CameraTypes", camera),
        ("Types/SimulationTypes", simulation), ("Types/LightTypes", lights), ("Types/RendererTypes", renderers),
        ("Types/MaterialTypes", materials), ("Types/PrincipledMaterial", principled), ("Types/ColorTypes", colors),
        ("Types/CaptureTypes", capture), ("Types/ImageTypes", images), ("Types/ServerTypes", server),
        ("Types/PluginTypes", plugins),
    ]

    /// Types that are written by hand; a word in angle brackets is a member whose type goes there.
    static let byHand: [String: String] = [
        "Bounds": "Bounds", "View": "View", "Transform": "Transform",
        "GeometryWithColor": "ColoredPrimitive<geometry>", "ClippingGeometry": "ClippingShapes<primitives>",
        "SetMaterialMessage": "MaterialUpdate<material>",
    ]
}
