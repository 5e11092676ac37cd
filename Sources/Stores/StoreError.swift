// SPDX-License-Identifier: Apache-2.0

/// Why a store could not be read or written; no text of it holds a secret.
public struct StoreError: Error, Sendable, CustomStringConvertible {
    /// The kinds of failure; more may come.
    public struct Code: RawRepresentable, Sendable, Hashable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        private init(_ rawValue: String) { self.rawValue = rawValue }

        /// An address that is none.
        public static let badAddress = Code("badAddress")
        /// A name that no object, or no file here, can have.
        public static let badName = Code("badName")
        /// There is no such bucket, container or folder.
        public static let noStore = Code("noStore")
        /// There is no object of that name.
        public static let noObject = Code("noObject")
        /// Nothing on this machine says who asks.
        public static let noCredentials = Code("noCredentials")
        /// Who asks is not known, or may not.
        public static let denied = Code("denied")
        /// The condition of a write does not hold: another object is there, or it has changed.
        public static let conflict = Code("conflict")
        /// The clock of this machine is too far from the store's.
        public static let skewed = Code("skewed")
        /// The store cannot be reached, broke off or asked for patience on every try, or answered with an error of its own.
        public static let remote = Code("remote")
        /// A file of this machine that could not be read or written.
        public static let file = Code("file")
    }

    public var code: Code
    /// One sentence: what, where, what to do.
    public var message: String
    public var underlying: (any Error)?

    public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
        (self.code, self.message, self.underlying) = (code, message, underlying)
    }

    public var description: String { message }
}
