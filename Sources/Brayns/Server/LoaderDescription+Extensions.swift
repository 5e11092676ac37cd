// SPDX-License-Identifier: Apache-2.0

extension LoaderDescription {
    /// The extensions in lower case without leading dot.
    public var normalizedExtensions: Set<String> {
        Set(extensions.map { ($0.hasPrefix(".") ? String($0.dropFirst()) : $0).lowercased() })
    }
}

extension [LoaderDescription] {
    /// The first loader that takes files with this extension (any case, no dot) and, where asked, uploads.
    public func loader(forExtension name: String, uploads: Bool = false) -> LoaderDescription? {
        first { $0.normalizedExtensions.contains(name.lowercased()) && (!uploads || $0.binary) }
    }
}
