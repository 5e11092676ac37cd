// SPDX-License-Identifier: Apache-2.0
import JSONRPC

extension JobFile {
    /// What develops the pictures. Pictures agree within 1/255 whatever it is, so finished ones stay finished.
    public enum Device: Hashable, Sendable {
        /// The processor.
        case cpu
        /// A GPU where Vulkan finds one, else the processor.
        case auto
        /// A Vulkan device by its number in `darkroom doctor`; `nil` is the best one, be it software.
        case vulkan(Int?)

        /// Reads `cpu`, `auto`, `vulkan` or `vulkan:N`.
        public init?(_ text: String) {
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            switch (parts.first, parts.count) {
            case ("cpu", 1): self = .cpu
            case ("auto", 1): self = .auto
            case ("vulkan", 1): self = .vulkan(nil)
            case ("vulkan", 2):
                guard let number = Int(parts[1]), (0...255).contains(number), parts[1] == String(number) else {
                    return nil
                }
                self = .vulkan(number)
            default: return nil
            }
        }
    }
}

extension JobFile.Device: CustomStringConvertible {
    public var description: String {
        switch self {
        case .cpu: "cpu"
        case .auto: "auto"
        case .vulkan(let number): number.map { "vulkan:\($0)" } ?? "vulkan"
        }
    }
}

extension JobShape where Value == JobFile.Device {
    static let device = JobShape(
        "cpu, auto, vulkan, or vulkan:N with the number of a device",
        schema: ["type": "string", "pattern": "^(cpu|auto|vulkan(:[0-9]{1,3})?)$"]
    ) { node in
        node.text.flatMap { JobFile.Device($0) }
    } write: {
        .plain($0.description)
    }
}
