// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where a stage lies that a client names.
enum StagePath {
    /// The file's path, links followed, which is below one of the roots.
    ///
    /// - Throws: `CaptureDrawer.Failure` for what is elsewhere, is not there, or is of a kind that is not drawn here.
    static func resolve(_ text: String, roots: [String]) throws(CaptureDrawer.Failure) -> String {
        let path = try plain(text)
        guard let first = roots.first else { throw failure("The service was given no folder of models.") }
        let whole = path.hasPrefix("/") ? path : "\(first)/\(path)"
        guard let real = realPath(whole) else {
            throw failure("\(text) is not there; the service looks below its --root folders.")
        }
        let isBelow = roots.contains { root in
            realPath(root).map { real == $0 || real.hasPrefix($0 == "/" ? "/" : $0 + "/") } ?? false
        }
        // The same words as for what is not there: nobody learns of files outside.
        guard isBelow else { throw failure("\(text) is not there; the service looks below its --root folders.") }
        return real
    }

    /// A path, or that of a `file:` address.
    private static func plain(_ text: String) throws(CaptureDrawer.Failure) -> String {
        guard !text.isEmpty, !text.utf8.contains(0) else { throw failure("usd_stage_path names no file.") }
        guard let colon = text.firstRange(of: "://") else { return text }
        let scheme = text[..<colon.lowerBound].lowercased()
        guard scheme == "file", let url = URL(string: text), url.host ?? "" == "" || url.host == "localhost" else {
            throw failure(
                "\(text) cannot be read: there is no access to \(scheme):// here; copy the stage to the service's machine."
            )
        }
        return url.path
    }

    private static func realPath(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }

    private static func failure(_ message: String) -> CaptureDrawer.Failure { CaptureDrawer.Failure(message: message) }
}
