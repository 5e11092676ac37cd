// SPDX-License-Identifier: Apache-2.0
import Jobs

/// The exit codes as help texts list them.
enum ExitTable {
    static let text = "EXIT CODES:\n" + Jobs.ExitCode.table
}
