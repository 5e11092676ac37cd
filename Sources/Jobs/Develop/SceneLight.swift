// SPDX-License-Identifier: Apache-2.0
import Glibc
import ImageCore

/// Takes 8-bit pictures of a Brayns backend back to the scene's light, works on it, and develops it anew.
///
/// Over a clear black background the colour of such a picture was multiplied by alpha before the tone curve, which
/// leaves dark fringes wherever alpha is below 1. So the encoding and the curve are undone, the colour divided by
/// alpha, and both applied again. Opaque pixels come out as they went in, unless exposure or curve are changed.
struct SceneLight {
    private let gain: Double
    private let curve: ToneMap
    /// Opaque samples, developed once for each of the 256 values.
    private let opaque: [UInt8]
    private let light: [Double]

    init(_ settings: DevelopSettings) {
        let light = (0...255).map { RendererBackground.sceneLight(UInt8($0)) }
        let gain = exp2(Double(settings.exposure))
        let curve = settings.toneMap
        let isIdentity = settings.exposure == 0 && curve == .brayns
        opaque = (0...255).map { isIdentity ? UInt8($0) : Self.encode(light[$0] * gain, curve) }
        (self.light, self.gain, self.curve) = (light, gain, curve)
    }

    /// The developed picture: 8-bit RGBA, straight alpha.
    ///
    /// - Parameter picture: in the format `.rgba8`, as a backend draws over a clear black background.
    func developed(_ picture: borrowing PixelBuffer) -> PixelBuffer {
        var bytes = picture.packedBytes()
        bytes.withUnsafeMutableBufferPointer { pixels in
            for offset in stride(from: 0, to: pixels.count - pixels.count % 4, by: 4) {
                switch pixels[offset + 3] {
                case 255: for i in offset..<offset + 3 { pixels[i] = opaque[Int(pixels[i])] }
                case 0: for i in offset..<offset + 3 { pixels[i] = 0 }
                case let alpha:
                    let factor = gain * 255 / Double(alpha)
                    for i in offset..<offset + 3 { pixels[i] = Self.encode(light[Int(pixels[i])] * factor, curve) }
                }
            }
        }
        return PixelBuffer(width: picture.width, height: picture.height, format: .rgba8, packed: bytes)
    }

    /// Brayns' way from light to an 8-bit sample, with any curve.
    private static func encode(_ light: Double, _ curve: ToneMap) -> UInt8 {
        let display: Double
        switch curve {
        case .none: display = light
        case .brayns: display = Double(ToneMapping.brayns(Float(light)))
        case .filmic: display = Double(ToneMapping.filmic(Float(light)))
        case .reinhard: display = Double(ToneMapping.reinhard(Float(light)))
        }
        return UInt8((255 * pow(min(1, max(0, display)), 1 / RendererBackground.gamma)).rounded())
    }
}
