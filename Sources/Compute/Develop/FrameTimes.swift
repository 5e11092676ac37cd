// SPDX-License-Identifier: Apache-2.0

/// How long a frame took by the device's own clock.
public struct FrameTimes: Sendable, Hashable {
    /// Seconds from the processor's memory to the device's.
    public var upload: Double
    /// Seconds of all passes, with what they need already there.
    public var compute: Double
    /// Seconds back.
    public var download: Double

    /// - Parameters:
    ///   - stamps: four readings of the clock.
    ///   - tick: nanoseconds of a tick.
    init(stamps: [UInt64], tick: Double) {
        func seconds(_ index: Int) -> Double { Double(stamps[index + 1] &- stamps[index]) * tick * 1e-9 }
        (upload, compute, download) = (seconds(0), seconds(1), seconds(2))
    }
}
