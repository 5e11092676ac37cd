// SPDX-License-Identifier: Apache-2.0
import Foundation

/// How figures are written in tables.
enum Figure {
    static func ratio(_ value: Double) -> String {
        value >= 100 ? String(format: "%.0fx", value) : String(format: value >= 10 ? "%.1fx" : "%.2fx", value)
    }

    static func size(_ value: Double) -> String { String(format: "%.3f", value) }

    static func rate(_ value: Double) -> String {
        String(format: value >= 100 ? "%.0f" : value >= 1 ? "%.1f" : "%.3f", value)
    }

    static func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1e6) }
}
