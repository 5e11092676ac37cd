// SPDX-License-Identifier: Apache-2.0
import ImageCore

extension FramePlan {
    /// How a frame loses its noise.
    struct Denoise: Sendable, Hashable {
        /// As `DenoiseSettings` has it.
        var strength: Float
        var guideNoise: GuideNoise
        var planes: Planes
    }

    /// The planes that come with a frame, in the order in which they are sent.
    struct Planes: OptionSet, Sendable, Hashable {
        let rawValue: UInt32
        static let albedo = Planes(rawValue: 1)
        static let normal = Planes(rawValue: 2)
        static let fineAlbedo = Planes(rawValue: 4)
        static let fineNormal = Planes(rawValue: 8)
        static let variance = Planes(rawValue: 16)
        /// No plane, but whether those over more samples stand beside the others.
        static let hasFine = Planes(rawValue: 32)

        init(rawValue: UInt32) { self.rawValue = rawValue }

        /// Those that guides hold.
        init(_ guides: borrowing DenoiseGuides) {
            func bit(_ planes: Planes, _ plane: borrowing PixelBuffer?) -> Planes {
                switch plane {
                case .some: planes
                case .none: []
                }
            }
            self = bit(.albedo, guides.albedo)
            formUnion(bit(.normal, guides.normal))
            formUnion(bit(.fineAlbedo, guides.fineAlbedo))
            formUnion(bit(.fineNormal, guides.fineNormal))
            formUnion(bit(.variance, guides.variance))
            if guides.hasFine { insert(.hasFine) }
        }

        /// How many are sent.
        var count: Int { (rawValue & 31).nonzeroBitCount }
    }

    /// The passes that leave the clean and developed frame as light. Neighbours are everywhere: there are no bands.
    mutating func addDenoise(_ denoise: Denoise) throws(ComputeError) {
        let pixels = kind.pixels
        (sizes.light, sizes.sums) = (16 * pixels, 16 * pixels)
        sizes.planes = 12 * pixels * denoise.planes.count
        (sizes.guides, sizes.fine, sizes.clean) = (32 * pixels, 32 * pixels, 32 * pixels)
        sizes.noise = 4 * (2 * pixels + 8 + 4 * statisticsGroups)
        for bytes in [sizes.planes, sizes.guides, sizes.noise] where bytes > mostBytes { throw tooLarge(bytes) }
        lit = 0..<kind.height
        var order = order()
        let way = order.way
        order.way.remove(.develops)
        order.items = UInt32(pixels)
        (order.height, order.guides) = (UInt32(kind.height), denoise.planes.rawValue)
        order.strength = denoise.strength
        (order.guideShare, order.guideLeast) = (denoise.guideNoise.share, denoise.guideNoise.least)
        func pass(_ shader: Shader, _ invocations: Int, place: UInt32 = 0) {
            order.place = place
            passes.append(Pass(shader: shader, invocations: invocations, order: order))
        }
        for shader in [Shader.light, .features] { pass(shader, pixels) }
        pass(.gather, 64 * statisticsGroups)
        pass(.total, 64)
        for shader in [Shader.calm, .spread, .blur, .clean, .fit] { pass(shader, pixels) }
        pass(.gather, 64 * statisticsGroups, place: 1)
        pass(.total, 64, place: 1)
        order.way = way
        pass(.apply, pixels)
    }
}
