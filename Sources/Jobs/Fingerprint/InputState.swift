// SPDX-License-Identifier: Apache-2.0
import Crypto
import Glibc
import Stores

/// An input or side file as it stood when a picture was made.
struct InputState: Hashable, Sendable {
    /// The file's name in the fingerprint: `{rel}` for a source, the name in the model for a side file.
    var name: String
    /// Size and time, or a content hash; `absent` for a file that is not there.
    var state: String

    /// What is known of an object in a store: its length, and the version that tells its bytes.
    init(name: String, object: ObjectState?) {
        self.name = name
        state = object.map { "\($0.length) \($0.version)" } ?? "absent"
    }

    /// Looks at a file.
    init(name: String, path: String, kind: JobFile.RunSettings.FingerprintKind) {
        self.name = name
        guard let status = FileSystem.status(path) else {
            state = "absent"
            return
        }
        switch kind {
        case .stat: state = "\(status.size) \(status.modified)"
        case .content: state = Self.contentHash(path) ?? "unreadable"
        }
    }

    /// The hash of a file's bytes, read piece by piece.
    private static func contentHash(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var hash = SHA256()
        var piece = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = piece.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return Digest.hex(hash.finalize()) }
            hash.update(data: piece[..<count])
        }
    }
}
