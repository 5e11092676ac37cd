// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import Jobs

extension DesktopCache {
    /// The thumbnails' folder of whoever runs the program.
    ///
    /// - Throws: `JobError` when the environment does not tell where it is.
    static func ofThisUser() throws(JobError) -> DesktopCache {
        try DesktopCache(environment: ProcessInfo.processInfo.environment, version: ProgramVersion.text)
    }
}

extension FlagValue {
    /// Sizes of thumbnails for file managers, parted by commas; `all` is each of them.
    static func desktopSizes(_ text: String) throws -> [DesktopThumbnail.Size] {
        if text == "all" { return DesktopThumbnail.Size.allCases }
        var sizes: [DesktopThumbnail.Size] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let size = DesktopThumbnail.Size(rawValue: String(name)), !sizes.contains(size) else {
                let known = DesktopThumbnail.Size.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("\"\(text)\" names no sizes, or one twice; there are \(known), and all.")
            }
            sizes.append(size)
        }
        return sizes
    }
}
