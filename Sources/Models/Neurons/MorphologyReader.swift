// SPDX-License-Identifier: Apache-2.0

/// Reads morphologies of the formats that neuroscientists keep them in.
package enum MorphologyReader {
    /// The file extensions that are read.
    package static let extensions = ["swc", "h5", "asc"]

    /// Reads a file by its extension.
    ///
    /// - Throws: `ModelError`, with `.unsupportedFormat` for another extension.
    package static func read(_ path: String, files: ModelFiles) throws(ModelError) -> Morphology {
        switch path.split(separator: ".").last?.lowercased() {
        case "swc": return try SWCReader.read(try files.text(path), shown: path)
        case "asc": return try ASCReader.read(try files.text(path), shown: path)
        case "h5": return try MorphologyFile.read(try files.resolved(path), shown: path)
        default:
            throw ModelError(
                .unsupportedFormat,
                "\(path) is no morphology that is read; these are: \(extensions.joined(separator: ", ")).")
        }
    }
}
