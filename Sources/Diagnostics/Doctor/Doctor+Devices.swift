// SPDX-License-Identifier: Apache-2.0
import Compute
import JSONRPC

extension Doctor {
    /// The devices that `--device` can name, each by that name.
    static func devices() -> [Finding] {
        do throws(ComputeError) {
            let devices = try ComputeDevice.all()
            let best = ComputeDevice.best(of: devices)
            guard !devices.isEmpty else {
                return [
                    noDevice("Vulkan finds none", "Install a driver (Debian: apt-get install mesa-vulkan-drivers).")
                ]
            }
            return devices.map { finding($0, isBest: $0.index == best?.index) }
        } catch {
            return [noDevice("none", error.message)]
        }
    }

    private static func noDevice(_ detail: String, _ advice: String) -> Finding {
        Finding("vulkan", .lacking, "\(detail); the processor develops pictures", advice: advice)
    }

    static func finding(_ device: ComputeDevice, isBest: Bool) -> Finding {
        var detail = "\(device.name), \(device.kind.rawValue), Vulkan \(device.version.major).\(device.version.minor)"
        if device.memory > 0 { detail += ", \(gibibytes(device.memory))" }
        if isBest { detail += "; --device auto takes it" }
        return Finding(
            "vulkan:\(device.index)", .good, detail,
            facts: [
                "device": .string(device.name), "kind": .string(device.kind.rawValue),
                "memory_bytes": .int(Int64(device.memory)), "auto": .bool(isBest),
            ])
    }
}
