// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// What one pass is told: `Order` in `Shaders/pass.glsl`, number for number.
struct PassOrder: Sendable, Hashable {
    /// How samples are read and written.
    struct Way: OptionSet, Sendable, Hashable {
        let rawValue: UInt32
        static let mixesLight = Way(rawValue: 1)
        static let multiplies = Way(rawValue: 2)
        static let develops = Way(rawValue: 4)
        static let hasBackground = Way(rawValue: 8)
        static let braynsFrame = Way(rawValue: 16)
        static let fromLight = Way(rawValue: 32)
    }

    var items: UInt32 = 0
    var width: UInt32 = 0
    var targetWidth: UInt32 = 0
    var firstRow: UInt32 = 0
    var targetRow: UInt32 = 0
    var sourceFormat: UInt32 = 0
    var targetFormat: UInt32 = 0
    var way: Way = []
    var curve: Int32 = 0
    var exposure: Float = 1
    var backgroundRed: Float = 0
    var backgroundGreen: Float = 0
    var backgroundBlue: Float = 0
    var backgroundAlpha: Float = 0
    var rowWindows: UInt32 = 0
    var columnWindows: UInt32 = 0
    var place: UInt32 = 0
    var height: UInt32 = 0
    var guides: UInt32 = 0
    var strength: Float = 0
    var guideShare: Float = 0
    var guideLeast: Float = 0

    /// A format as the shaders know it.
    static func code(_ format: PixelFormat) -> UInt32 {
        let sample: UInt32 =
            switch format.sample {
            case .uint8: 0
            case .uint16: 1
            case .float32: 2
            }
        let alpha: UInt32 =
            switch format.alpha {
            case .none: 0
            case .straight: 1
            case .premultiplied: 2
            }
        return UInt32(format.channels.rawValue) | sample << 3 | (format.transfer == .linear ? 1 << 5 : 0) | alpha << 6
    }

    mutating func setBackground(_ color: SIMD4<Float>) {
        way.insert(.hasBackground)
        (backgroundRed, backgroundGreen, backgroundBlue, backgroundAlpha) = (color.x, color.y, color.z, color.w)
    }
}
