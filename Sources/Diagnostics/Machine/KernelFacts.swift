// SPDX-License-Identifier: Apache-2.0
import ImageCore

/// Which build of the vector kernels runs here.
public enum KernelFacts {
    /// The kernel set's name.
    public static var name: String { KernelSet.current.name.rawValue }
}
