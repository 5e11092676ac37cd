// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A cloud: a shell with ripples around a dense middle, in a cube of 8-bit samples.
struct ShellVolume {
    /// Samples along each side.
    var side: Int

    /// The samples, x fastest.
    func raw() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(side * side * side)
        let place = (0..<side).map { Double($0) / Double(max(1, side - 1)) * 2 - 1 }
        for z in place {
            for y in place {
                for x in place { bytes.append(UInt8((Self.density(x, y, z) * 255).rounded())) }
            }
        }
        return bytes
    }

    /// How dense the cloud is at a place of the cube from -1 to 1; at most 0.5, so that it is no solid.
    private static func density(_ x: Double, _ y: Double, _ z: Double) -> Double {
        let distance = ((x * x + y * y + z * z).squareRoot() - 0.55) / 0.16
        let ripples = 0.6 + 0.4 * sin(7 * x + 3 * sin(5 * y)) * cos(6 * z + 2 * x)
        let middle = exp(-((x - 0.2) * (x - 0.2) + (y + 0.1) * (y + 0.1) + z * z) / 0.03)
        let sum = exp(-distance * distance) * ripples + 0.9 * middle
        return 0.5 * min(1, max(0, sum - 0.1))
    }
}
