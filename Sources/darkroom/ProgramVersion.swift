// SPDX-License-Identifier: Apache-2.0

/// The version this source stands for.
enum ProgramVersion {
    static let text = "0.1.0"
}
