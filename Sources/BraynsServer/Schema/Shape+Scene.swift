// SPDX-License-Identifier: Apache-2.0

extension Shape {
    static let bounds = Shape.record(
        "Bounds",
        [
            Property.required("max", .vector3, "Largest corner, in scene units").readOnly,
            Property.required("min", .vector3, "Smallest corner, in scene units").readOnly,
        ])

    static let transform = Shape.record(
        "Transform",
        [
            .optional("rotation", .vector4, "Unit quaternion x, y, z, w"),
            .optional("scale", .vector3, "Factor for each axis"),
            .optional("translation", .vector3, "Shift in scene units"),
        ])

    static let view = Shape.record(
        "View",
        [
            .required("position", .vector3, "Where the eye is"),
            .required("target", .vector3, "The point looked at"),
            .required("up", .vector3, "The direction that points up in the picture"),
        ])

    private static let loadInfo = Shape.record(
        "LoadInfo",
        [
            Property.required("load_parameters", .any, "What the loader was given").readOnly,
            Property.required("loader_name", .string, "The loader asked for").readOnly,
            Property.required("path", .string, "The file, empty for an upload").readOnly,
            Property.required("source", .choice(["from_file", "from_blob", "none"]), "How the model came in")
                .readOnly,
        ])

    private static let modelInfo = Shape.record(
        "ModelInfo",
        [
            Property.optional("base_transform", .transform, "Placing that the file itself asks for").readOnly,
            Property.optional("load_info", loadInfo, "How the model was loaded").readOnly,
            Property.optional("metadata", .map(.string), "Facts about the file").readOnly,
        ])

    /// One model of the scene: an instance of what was loaded or added.
    static let model = Shape.record(
        "ModelInstance",
        [
            Property.required("bounds", .bounds, "The box around the model as it is placed").readOnly,
            Property.required("info", modelInfo, "Where the model comes from").readOnly,
            .optional("is_visible", .bool, "Whether it is drawn"),
            Property.required("model_id", .count, "The number it is known by").readOnly,
            Property.required("model_type", .string, "What kind of model it is").readOnly,
            .optional("transform", .transform, "How it is placed"),
        ])

    static let models = Shape.list(.model)

    static let scene = Shape.record(
        "Scene",
        [
            Property.required("bounds", .bounds, "The box around all models").readOnly,
            Property.required("models", .models, "All models, in the order they came").readOnly,
        ])

    /// The one member that names a model.
    static let modelID = Shape.record("ModelId", [.required("id", .count, "The model's number")])
}
