// SPDX-License-Identifier: Apache-2.0

extension BraynsServerOptions {
    /// Reads the command line of `braynsService` with our additions, without the program's name.
    ///
    /// - Throws: `BraynsServerError`, `.help` for `--help` (print its message and end with 0), else `.usage`.
    public init(braynsArguments arguments: [String]) throws(BraynsServerError) {
        throw BraynsServerError(.usage, "The command line of the built-in backend is not read yet.")
    }
}
