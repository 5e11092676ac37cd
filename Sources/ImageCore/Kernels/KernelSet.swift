// SPDX-License-Identifier: Apache-2.0
import CVector
import KernelsBase
import KernelsV3
import KernelsV4

#if canImport(Glibc)
    import Glibc
#endif

/// One build of the inner loops, chosen once for the whole process.
public struct KernelSet: Sendable {
    /// The builds there are.
    public enum Name: String, Sendable, Hashable, CaseIterable, Codable {
        /// The scalar twins that every other build is tested against.
        case plain
        /// x86-64 as every processor has it; NEON on aarch64.
        case base
        /// AVX2 and FMA.
        case v3
        /// AVX-512.
        case v4

        fileprivate var level: Int32 {
            switch self {
            case .plain: 0
            case .base: 1
            case .v3: 3
            case .v4: 4
            }
        }
    }

    /// The environment variable that forces a build this processor can run.
    public static let variable = "DARKROOM_KERNELS"

    public let name: Name
    package let table: vec_kernel_table

    /// The builds that this processor can run, slowest first.
    public static let available: [Name] = {
        let level = vec_processor_level()
        return Name.allCases.filter { $0.level <= level }
    }()

    /// The build in use: the one `DARKROOM_KERNELS` names if it can run here, else the best.
    public static let current: KernelSet = {
        let wanted = getenv(variable).flatMap { Name(rawValue: String(cString: $0)) }
        let best = available.last ?? .plain
        return KernelSet(wanted.flatMap { available.contains($0) ? $0 : nil } ?? best)
    }()

    /// A build by name; it must be one of `available`.
    public init(_ name: Name) {
        precondition(KernelSet.available.contains(name), "kernels that this processor cannot run")
        self.name = name
        table =
            switch name {
            case .plain: PlainKernels.makeTable()
            case .base: KernelsBase.makeTable()
            case .v3: KernelsV3.makeTable()
            case .v4: KernelsV4.makeTable()
            }
    }
}
