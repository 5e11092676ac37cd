// SPDX-License-Identifier: Apache-2.0

/// The mark that an answer carries, so that its trace can be found in the log.
enum CorrelationVector {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")

    /// 22 random characters and `.0`, as Microsoft's services write it.
    static func random() -> String { String((0..<22).map { _ in letters.randomElement() ?? "A" }) + ".0" }
}
