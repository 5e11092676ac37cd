// SPDX-License-Identifier: Apache-2.0
import CVulkan
import ImageCore
import Testing

@testable import Compute

@Suite struct VulkanEngineTests {
    private let development = Development(outputs: [
        Development.Output(width: 100, height: 75), Development.Output(width: 400, height: 300, format: .rgb8),
    ])

    @Test("frames that are alike allocate nothing after the first, smaller ones neither")
    func allocations() throws {
        let engine = try VulkanEngine(device: 0)
        _ = try engine.developed(ComputePictures.scene(500, 380), development)
        let first = engine.allocations
        for shift in 0..<4 { _ = try engine.developed(ComputePictures.scene(500, 380 - shift), development) }
        #expect(first > 0 && engine.allocations == first)
    }

    @Test("a frame after one of another kind is what it would be alone")
    func kindsInTurn() throws {
        let engine = try VulkanEngine(device: 0)
        let picture = ComputePictures.scene(130, 70)
        var others = Development(outputs: [Development.Output(width: 31, height: 90)])
        (others.source, others.settings.toneMap) = (.braynsFrame, .brayns)
        let alone = try engine.developed(picture, development).pictures[0].packedBytes()
        let frame = try engine.developed(picture, others).pictures[0].packedBytes()
        _ = try engine.developed(ComputePictures.scene(600, 500), development)
        #expect(try engine.developed(picture, others).pictures[0].packedBytes() == frame)
        #expect(try engine.developed(picture, development).pictures[0].packedBytes() == alone)
    }

    @Test("frames of several threads do not mix")
    func threads() async throws {
        let engine = try ComputePictures.engine()
        let development = development
        let extents = (0..<12).map { (60 + 17 * ($0 % 4), 40 + 5 * ($0 % 3)) }
        let alone = try extents.map { width, height in
            try engine.developed(ComputePictures.scene(width, height), development).pictures[0].packedBytes()
        }
        let together = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
            for (index, (width, height)) in extents.enumerated() {
                group.addTask {
                    let frame = try engine.developed(ComputePictures.scene(width, height), development)
                    return (index, frame.pictures[0].packedBytes())
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        for (index, bytes) in alone.enumerated() { #expect(together[index] == bytes) }
    }

    @Test("the device's clock tells upload, passes and download apart")
    func times() throws {
        let engine = try VulkanEngine(device: 0)
        #expect(engine.times == nil)
        _ = try engine.developed(ComputePictures.scene(400, 300), development)
        let times = try #require(engine.times)
        #expect(times.compute > 0 && times.upload >= 0 && times.download >= 0 && times.compute < 60)
    }

    @Test("a number that no device has is refused by a sentence that names those there are")
    func noSuchDevice() {
        for index in [-1, 99] {
            let error = #expect(throws: ComputeError.self) { try VulkanEngine(device: index) }
            #expect(error?.code == .noDevice && error?.message.contains("device \(index)") == true)
        }
    }

    @Test("a software device is listed as such and never chosen by itself")
    func list() throws {
        let devices = try ComputeDevice.all()
        #expect(devices.map(\.index) == Array(0..<devices.count) && !devices.isEmpty)
        for device in devices where device.name.contains("llvmpipe") {
            #expect(device.kind == .software && !device.isHardware && device.version >= (1, 1))
        }
        #expect(ComputeDevice.best(of: devices)?.kind != .software)
    }

    @Test("a card is chosen before a share of one, that before a part of the processor")
    func choice() {
        func devices(_ kinds: [ComputeDevice.Kind]) -> [ComputeDevice] {
            kinds.enumerated().map {
                ComputeDevice(index: $0, name: $1.rawValue, kind: $1, version: 1 << 22 | 3 << 12, memory: 1)
            }
        }
        #expect(ComputeDevice.best(of: devices([.software, .integrated, .virtual, .discrete]))?.index == 3)
        #expect(ComputeDevice.best(of: devices([.software, .integrated, .virtual]))?.index == 2)
        #expect(ComputeDevice.best(of: devices([.software, .integrated, .integrated]))?.index == 1)
        #expect(ComputeDevice.best(of: devices([.software, .other])) == nil)
    }

    @Test("memory for reading is cached where there is such, and a device without shared memory has none for it")
    func memoryTypes() {
        let (local, visible, coherent, cached): (UInt32, UInt32, UInt32, UInt32) = (1, 2, 4, 8)
        let types = MemoryTypes(flags: [local, visible | coherent, visible | coherent | cached])
        #expect(types.type(for: .device, allowed: 7) == 0 && types.type(for: .device, allowed: 6) == 1)
        #expect(types.type(for: .upload, allowed: 7) == 1 && types.type(for: .download, allowed: 7) == 2)
        #expect(types.type(for: .download, allowed: 3) == 1 && types.type(for: .upload, allowed: 1) == nil)
    }

    @Test("a buffer that no machine has room for is refused as out of memory")
    func outOfMemory() throws {
        let device = try VulkanDevice(index: 0)
        let error = #expect(throws: ComputeError.self) {
            _ = try DeviceBuffer(device, byteCount: 1 << 50, use: .device)
        }
        #expect(error?.code == .outOfMemory || error?.code == .failed)
    }

    @Test("what a driver answers becomes one sentence")
    func results() {
        for (result, code) in [
            (VK_ERROR_DEVICE_LOST, ComputeError.Code.deviceLost), (VK_ERROR_OUT_OF_DEVICE_MEMORY, .outOfMemory),
            (VK_ERROR_OUT_OF_HOST_MEMORY, .outOfMemory), (VK_ERROR_FORMAT_NOT_SUPPORTED, .failed),
        ] {
            let error = #expect(throws: ComputeError.self) { try check(result, "take a frame") }
            #expect(error?.code == code && error?.message.contains("take a frame") == true)
        }
        #expect(throws: Never.self) { try check(VK_SUCCESS, "take a frame") }
    }
}
