// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds programs as a shell does.
package enum ProgramSearch {
    /// The first executable file `name` in the folders of a search path, which are parted by colons.
    package static func find(_ name: String, in searchPath: String) -> String? {
        for folder in searchPath.split(separator: ":") {
            let file = "\(folder)/\(name)"
            var status = stat()
            if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(file, X_OK) == 0 { return file }
        }
        return nil
    }
}
