// SPDX-License-Identifier: Apache-2.0

/// A device that Vulkan offers for computing.
public struct ComputeDevice: Sendable, Hashable {
    /// What a device is built as.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A card with memory of its own.
        case discrete
        /// A part of the processor that shares its memory.
        case integrated
        /// A share of a card, lent by a virtual machine's host.
        case virtual
        /// The processor itself, through a software rasteriser.
        case software
        case other
    }

    /// Its place in Vulkan's list, from 0: what `--device vulkan:N` names.
    public var index: Int
    /// As its driver calls it.
    public var name: String
    public var kind: Kind
    /// Vulkan's version that it knows, as major and minor number.
    public var version: (major: Int, minor: Int) { (versions[0], versions[1]) }
    /// Bytes of the largest heap of its own.
    public var memory: Int

    private var versions: [Int]

    init(index: Int, name: String, kind: Kind, version: UInt32, memory: Int) {
        (self.index, self.name, self.kind, self.memory) = (index, name, kind, memory)
        versions = [Int(version >> 22 & 0x7F), Int(version >> 12 & 0x3FF)]
    }

    /// Whether it is worth giving work to: a processor that plays the device is slower than this library's kernels.
    public var isHardware: Bool { kind == .discrete || kind == .integrated || kind == .virtual }

    /// All devices, in the order of Vulkan.
    ///
    /// - Throws: `ComputeError` with `.noDriver` where there is no Vulkan.
    public static func all() throws(ComputeError) -> [ComputeDevice] {
        try VulkanInstance().devices().map(\.facts)
    }

    /// The device that computes fastest by its kind: a card, else a share of one, else a part of the processor;
    /// `nil` where there is only software.
    public static func best(of devices: [ComputeDevice]) -> ComputeDevice? {
        let order: [Kind] = [.discrete, .virtual, .integrated]
        return order.lazy.compactMap { kind in devices.first { $0.kind == kind } }.first
    }
}
