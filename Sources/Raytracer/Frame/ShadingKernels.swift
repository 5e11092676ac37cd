// SPDX-License-Identifier: Apache-2.0
import CShading
import ShadingBase
import ShadingV3
import ShadingV4

#if canImport(Glibc)
    import Glibc
#endif

/// The three builds of the shading kernels.
public enum ShadingKernels: String, Sendable, CaseIterable {
    /// Any processor.
    case base
    /// x86-64-v3: AVX2.
    case v3
    /// x86-64-v4: AVX-512.
    case v4

    /// The widest that this processor runs, or the one that `DARKROOM_KERNELS` names where it runs.
    public static let current: ShadingKernels = {
        let named = getenv("DARKROOM_KERNELS").flatMap { ShadingKernels(rawValue: String(cString: $0)) }
        if let named, named.isSupported { return named }
        return allCases.last { $0.isSupported } ?? .base
    }()

    /// Whether this processor has the instructions.
    public var isSupported: Bool {
        let level = shading_cpu_level()
        return switch self {
        case .base: true
        case .v3: level >= 3
        case .v4: level >= 4
        }
    }

    var table: shading_table {
        switch self {
        case .base: ShadingBase.makeShadingTable()
        case .v3: ShadingV3.makeShadingTable()
        case .v4: ShadingV4.makeShadingTable()
        }
    }
}
