// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// How a file becomes a model: a loader and its properties as they go over the wire.
///
/// The loaders of a real server have types of their own, `MeshLoader` to `XYZLoader`; this is for what they have in
/// common, and for loaders that this client does not know.
public struct ModelLoading: Hashable, Sendable {
    /// The loader's name; an empty one lets the server choose by extension.
    public var loader: String
    /// The loader's properties; the server insists on an object.
    public var properties: JSONValue

    /// A loader by its name.
    public init(loader: String, properties: JSONValue = .object([:])) {
        (self.loader, self.properties) = (loader, properties)
    }

    /// A loader with its settings.
    ///
    /// - Throws: `BraynsError`, `.badArgument` for numbers that JSON cannot write.
    public init<Settings: LoaderSettings>(_ settings: Settings) throws(BraynsError) {
        do {
            self.init(loader: Settings.loaderName, properties: try JSONValue(encoding: settings))
        } catch {
            throw BraynsError(
                .badArgument, "The settings of the loader \(Settings.loaderName) cannot be written as JSON: \(error)",
                underlying: error)
        }
    }

    /// Triangle meshes: OBJ, PLY, STL, OFF.
    public static let mesh = ModelLoading(loader: MeshLoader.loaderName)
}

/// The settings of one of a server's loaders; what is `nil` has the server's default.
public protocol LoaderSettings: Codable, Hashable, Sendable {
    /// The loader's name in requests.
    static var loaderName: String { get }
    /// What brings the loader.
    static var plugin: Plugin { get }
    /// File extensions without the dot, as the server spells them.
    static var extensions: [String] { get }
    /// Whether the loader takes files as bytes.
    static var takesUploads: Bool { get }
}
