// SPDX-License-Identifier: Apache-2.0

/// A storage container as flags name it: its address, and maybe the folder that stands for it.
struct ContainerMapping {
    var address: String
    var folder: String?

    /// Reads `https://account.example/container` or the same with `=folder`; `nil` for anything else.
    init?(_ text: String) {
        guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return nil }
        guard let equals = text.firstIndex(of: "=") else {
            address = text
            return
        }
        address = String(text[..<equals])
        let folder = String(text[text.index(after: equals)...])
        guard !folder.isEmpty else { return nil }
        self.folder = folder
    }
}
