// SPDX-License-Identifier: Apache-2.0
import Scene

extension JobFile {
    /// The model files to draw.
    ///
    /// The folder `root` is searched unless `paths` or `list` name files one by one.
    public struct Sources: Hashable, Sendable {
        /// What to do with a file that the backend cannot load.
        public enum Unsupported: String, Hashable, Sendable, CaseIterable {
            /// Skipped when found in a folder, a failure when named one by one.
            case auto
            case skip
            case fail
        }

        /// What to do when textures or other side files are missing.
        public enum MissingFiles: String, Hashable, Sendable, CaseIterable {
            case warn, fail
        }

        /// The formats searched for where nothing is said.
        public static let defaultInclude = ["**/*.{fbx,gltf,glb,obj,off,ply,stl,usd,usda,usdc,usdz}"]

        /// `{rel}` is relative to this.
        public var root = "."
        /// Globs below a folder; `**` crosses folders, `{a,b}` chooses.
        public var include = Sources.defaultInclude
        public var exclude: [String] = []
        /// Files and folders named one by one.
        public var paths: [String] = []
        /// A file of names, or `-` for standard input; newline- or NUL-separated.
        public var list: String?
        public var unsupported = Unsupported.auto
        public var missingFiles = MissingFiles.warn
        /// The models' up axis; `nil` asks the file, else the format.
        public var up: Axis?

        public init() {}
    }
}

extension JobFile.Sources: JobSection {
    static let keys: [JobKey<Self>] = [
        JobKey("root", \.root, .path, "The folder that is searched; {rel} is relative to it."),
        JobKey("include", \.include, JobShape<String>.path.oneOrList, "Globs of the files to take."),
        JobKey("exclude", \.exclude, JobShape<String>.path.oneOrList, "Globs of the files and folders to leave."),
        JobKey(
            "paths", \.paths, JobShape<String>.path.oneOrList, "Files and folders named one by one, instead of root."),
        JobKey(
            "list", \.list, JobShape<String>.path.orNull, "A file of names, or - for standard input, instead of root."),
        JobKey("unsupported", \.unsupported, .word, "What to do with a format the backend lacks."),
        JobKey("missing-files", \.missingFiles, .word, "What to do when textures or other side files are missing."),
        JobKey("up", \.up, JobShape<Axis>.word.or("auto"), "The models' up axis."),
    ]
}

extension JobFile.Sources {
    /// The paths in the bytes of a list, which newlines part, or NULs where there are any.
    public static func names(in bytes: [UInt8]) -> [String] {
        let separator = bytes.contains(0) ? UInt8(0) : UInt8(ascii: "\n")
        return bytes.split(separator: separator).compactMap { name in
            let isEnded = separator != 0 && name.last == UInt8(ascii: "\r")
            let text = String(decoding: isEnded ? name.dropLast() : name, as: UTF8.self)
            return text.isEmpty ? nil : text
        }
    }
}
