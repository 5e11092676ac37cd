// SPDX-License-Identifier: Apache-2.0
import Foundation

/// SPIR-V of the package's `Shaders/*.comp` as text; the build adds a constant for each.
enum ShaderCode {
    /// The words of a shader.
    static func words(_ text: String) -> [UInt32] {
        guard let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else { return [] }
        return stride(from: 0, to: bytes.count / 4 * 4, by: 4).map { place in
            (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
        }
    }
}

/// The passes over a picture.
enum Shader: Int, CaseIterable, Sendable {
    case light
    case down
    case across
    case direct
    case statistics
    case features
    case calm
    case spread
    case blur
    case clean
    case gather
    case total
    case fit
    case apply

    var text: String {
        switch self {
        case .light: ShaderCode.light
        case .down: ShaderCode.down
        case .across: ShaderCode.across
        case .direct: ShaderCode.direct
        case .statistics: ShaderCode.statistics
        case .features: ShaderCode.features
        case .calm: ShaderCode.calm
        case .spread: ShaderCode.spread
        case .blur: ShaderCode.blur
        case .clean: ShaderCode.clean
        case .gather: ShaderCode.gather
        case .total: ShaderCode.total
        case .fit: ShaderCode.fit
        case .apply: ShaderCode.apply
        }
    }
}
