// SPDX-License-Identifier: Apache-2.0

/// A benchmark that cannot go on.
struct Failure: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}

/// Something that this machine does not have; others go on without it.
struct Absence: Error, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
