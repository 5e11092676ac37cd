// SPDX-License-Identifier: Apache-2.0

/// The part of a model that `color-model` colours; open, since each kind of model has its own.
public struct ColorMethod: RawRepresentable, Codable, Hashable, Sendable, ExpressibleByStringLiteral {
    public var rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { rawValue = value }

    /// The whole model in one colour; its one value is `color`.
    public static let solid: ColorMethod = "solid"
    /// Each primitive by itself.
    public static let primitive: ColorMethod = "primitive"
    /// Each triangle by itself.
    public static let triangle: ColorMethod = "triangle"
    /// Each corner by itself.
    public static let vertex: ColorMethod = "vertex"

    /// Each cell of a circuit; the values are ids and ranges of them: `3`, `10-20`.
    public static let cell: ColorMethod = "id"
    /// Each part of the cells, such as the body and the axon.
    public static let section: ColorMethod = "morphology section"
    /// Each layer of the cortex.
    public static let layer: ColorMethod = "layer"
    /// Each region of the brain.
    public static let region: ColorMethod = "region"
    /// Each part of a region.
    public static let subregion: ColorMethod = "subregion"
    /// Each half of the brain.
    public static let hemisphere: ColorMethod = "hemisphere"
    /// Each electrical type of cells.
    public static let electricalType: ColorMethod = "etype"
    /// Each type of cells by shape.
    public static let morphologicalType: ColorMethod = "mtype"
    /// Each shape that cells share.
    public static let morphology: ColorMethod = "morphology"
    /// Each class of shapes.
    public static let morphologyClass: ColorMethod = "morphology class"
    /// Each class of synapses.
    public static let synapseClass: ColorMethod = "synapse class"
}
