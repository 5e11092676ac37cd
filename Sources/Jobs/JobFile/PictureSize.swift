// SPDX-License-Identifier: Apache-2.0

/// A picture's extent in pixels as `1920x1080`, or as one number.
public struct PictureSize: Hashable, Sendable, CustomStringConvertible {
    /// Pixels across; for a size of one number, the longer side.
    public var width: Int
    /// Pixels down.
    public var height: Int
    /// Whether it was written as one number: a square when rendered, a bound on the longer side of an output.
    public var isSingle: Bool

    /// A size of both numbers.
    public init(width: Int, height: Int) { (self.width, self.height, isSingle) = (width, height, false) }

    /// A size of one number.
    public init(_ side: Int) { (width, height, isSingle) = (side, side, true) }

    /// Reads `1920x1080` or `512`, each from 1 to 65,536.
    public init?(_ text: String) {
        let parts = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
        let sides = parts.compactMap { part in part.allSatisfy(\.isASCII) ? Int(part) : nil }
        guard sides.count == parts.count, sides.allSatisfy((1...65_536).contains) else { return nil }
        switch sides.count {
        case 1: self.init(sides[0])
        case 2: self.init(width: sides[0], height: sides[1])
        default: return nil
        }
    }

    public var description: String { isSingle ? "\(width)" : "\(width)x\(height)" }

    /// Reads sizes parted by commas: `512,256,128`.
    public static func list(_ text: String) -> [PictureSize]? {
        let sizes = text.split(separator: ",", omittingEmptySubsequences: false).map { PictureSize(String($0)) }
        return sizes.contains(nil) || sizes.isEmpty ? nil : sizes.compactMap(\.self)
    }

    /// The extent that an output of this size takes from a render of the given one: one number bounds the longer
    /// side and keeps the shape, two are taken as they are.
    public func fitted(width renderWidth: Int, height renderHeight: Int) -> (width: Int, height: Int) {
        guard isSingle, renderWidth > 0, renderHeight > 0 else { return (width, height) }
        let longer = Double(max(renderWidth, renderHeight))
        func side(_ length: Int) -> Int { max(1, Int((Double(length) * Double(width) / longer).rounded())) }
        return (side(renderWidth), side(renderHeight))
    }
}
