// SPDX-License-Identifier: Apache-2.0
import Glibc

/// One event of inotify: what happened to which name of a watched folder.
struct FolderEvent: Hashable {
    /// The number of the folder's watch.
    var watch: Int32
    var mask: UInt32
    /// Empty when it is the folder's own.
    var name: String

    var isNewFolder: Bool { mask & UInt32(IN_ISDIR) != 0 && mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 }
    /// Events were lost.
    var isOverflow: Bool { mask & UInt32(IN_Q_OVERFLOW) != 0 }

    /// Reads events as the system writes them: watch, mask, cookie and length of the name, four bytes each, then the
    /// name with zeros behind it.
    static func events(in bytes: ArraySlice<UInt8>) -> [FolderEvent] {
        var events: [FolderEvent] = []
        bytes.withUnsafeBytes { buffer in
            var place = 0
            while place + 16 <= buffer.count {
                let length = Int(buffer.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
                guard place + 16 + length <= buffer.count else { return }
                let name = buffer[(place + 16)..<(place + 16 + length)].prefix { $0 != 0 }
                events.append(
                    FolderEvent(
                        watch: buffer.loadUnaligned(fromByteOffset: place, as: Int32.self),
                        mask: buffer.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self),
                        name: String(decoding: name, as: UTF8.self)))
                place += 16 + length
            }
        }
        return events
    }
}
