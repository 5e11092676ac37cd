// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension Shape {
    /// A camera or renderer by name, with parameters as its own method takes them.
    static let engineObject = Shape.record(
        "EngineObject",
        [
            .optional("name", .string, "Which kind"),
            .optional("params", .any, "Its parameters, as the method that sets this kind takes them"),
        ])

    static let imageSettings = Shape.record(
        "ImageSettings",
        [
            .optional("format", .string, "png or jpg", default: "png"),
            .optional("quality", .count, "JPEG quality, up to 100", default: 100),
            .optional("size", .size, "Width and height in pixels; the viewport's when left out"),
        ])

    static let imageMetadata = Shape.record(
        "ImageMetadata",
        [
            .required("description", .string, "What the picture shows"),
            .required("keywords", .list(.string), "Words to find it by"),
            .required("title", .string, "Its headline"),
            .required("where_used", .string, "What it was made for"),
        ])

    /// What every capture method lets a request say about camera, renderer and time.
    static let captureProperties: [Property] = [
        .optional("camera", .engineObject, "Camera for this picture alone"),
        .optional("camera_near_clip", .number(), "Distance below which nothing is drawn"),
        .optional("camera_view", .view, "Where the camera stands"),
        .optional("image_end", .vector2, "Corner of the region, as set-camera-region takes it"),
        .optional("image_start", .vector2, "Opposite corner of the region"),
        .optional("renderer", .engineObject, "Renderer for this picture alone"),
        .optional("simulation_frame", .count, "Frame of the simulation"),
    ]

    static let snapshot = Shape.record(
        "Snapshot",
        captureProperties + [
            .optional("file_path", .string, "Where the backend writes the picture; sent back when left out"),
            .optional("image_settings", .imageSettings, "Format and size"),
            .optional("metadata", .imageMetadata, "Texts to store in the picture"),
        ])

    static let gBuffers = Shape.record(
        "GBuffers",
        captureProperties + [
            .required("channels", .list(.choice(["color", "depth", "albedo", "normal"])), "Planes to export"),
            .optional("file_path", .string, "Where the backend writes the EXR; sent back when left out"),
            .optional("resolution", .size, "Width and height in pixels; the viewport's when left out"),
        ])

    static let colorBuffer = Shape.record(
        "SnapshotResult",
        [
            Property.required(
                "color_buffer",
                .record(
                    "ColorBuffer",
                    [
                        Property.required("offset", .count, "First byte in the message's data").readOnly,
                        Property.required("size", .count, "Bytes of the picture").readOnly,
                    ]), "Where the picture lies"
            ).readOnly
        ])

    static let renderImage = Shape.record(
        "RenderImage",
        [
            .optional("accumulate", .bool, "Render until nothing more is gained", default: false),
            .optional("force", .bool, "Send the picture even when it is not new", default: false),
            .optional("format", .string, "jpg or png", default: "jpg"),
            .optional("jpeg_quality", .integer(min: 0, max: 100), "Quality of a jpg", default: 100),
            .optional("render", .bool, "Whether to render before sending", default: true),
            .optional("send", .bool, "Whether to send the picture", default: true),
        ])

    static let renderImageResult = Shape.record(
        "RenderImageResult",
        [
            Property.required("accumulation", .count, "Frames accumulated so far").readOnly,
            Property.required("max_accumulation", .count, "Frames after which nothing is gained").readOnly,
        ])
}
