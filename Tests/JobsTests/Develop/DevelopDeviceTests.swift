// SPDX-License-Identifier: Apache-2.0
import Codecs
import ImageCore
import Synchronization
import Testing

@testable import Jobs

@Suite struct DevelopDeviceTests {
    /// An engine that marks its pictures, and fails from some frame on.
    private final class StandInEngine: DevelopEngine {
        struct Lost: Error, CustomStringConvertible {
            let description = "The device was lost."
        }

        let name = "stand-in"
        let calls = Mutex(0)
        private let limit: Int

        init(failingAfter limit: Int) { self.limit = limit }

        func developed(
            _ picture: borrowing PixelBuffer, _ development: Development, denoise: DenoiseSettings?,
            guides: borrowing DenoiseGuides, statisticsOver background: SIMD4<Float>?
        ) throws -> DevelopedFrame {
            let call = calls.withLock { calls in
                calls += 1
                return calls
            }
            if call > limit { throw Lost() }
            var statistics = picture.statistics(background: background)
            statistics.nanCount = call
            return DevelopedFrame(pictures: picture.developed(development), statistics: statistics)
        }
    }

    private let plan: JobPlan
    private let place: Workplace

    init() throws {
        place = try Workplace(models: ["a.obj"])
        plan = try JobPlan(
            place.job {
                $0.render.size = PictureSize(8)
                $0.outputs[0].path = "{width}.png"
                $0.outputs[0].size = [PictureSize(8), PictureSize(4)]
            })
    }

    private func frames() throws -> [RenderedFrame] {
        let bytes = (0..<256).map { UInt8($0 % 4 == 3 ? 255 : $0) }
        let picture = PixelBuffer(width: 8, height: 8, format: .rgba8, packed: bytes)
        let light: [Float] = (0..<256).map { $0 % 4 == 3 ? 1 : Float($0) / 256 }
        return [
            RenderedFrame(pixels: .encoded(try PNGEncoder().encode(picture)), method: "snapshot"),
            RenderedFrame(pixels: .planes(FloatPlanes(width: 8, height: 8, color: light)), method: "planes"),
        ]
    }

    @Test("a frame goes to the device and comes out as the processor makes it") func sameFiles() throws {
        let engine = StandInEngine(failingAfter: 9)
        let device = DevelopDevice(engine) { Issue.record("\($0)") }
        for frame in try frames() {
            let wanted = try PictureMaker(plan).files(frame, text: []).bytes
            #expect(try PictureMaker(plan, device: device).files(frame, text: []).bytes == wanted)
        }
        #expect(engine.calls.withLock { $0 } == 2 && device.isUsable)
    }

    @Test("a device that fails costs one line: the processor takes that frame and all that follow")
    func fallsBack() throws {
        let engine = StandInEngine(failingAfter: 1)
        let said = Mutex<[String]>([])
        let device = DevelopDevice(engine) { line in said.withLock { $0.append(line) } }
        let maker = PictureMaker(plan, device: device)
        let frames = try frames() + frames()
        for frame in frames {
            #expect(try maker.files(frame, text: []).bytes == PictureMaker(plan).files(frame, text: []).bytes)
        }
        let lines = said.withLock { $0 }
        #expect(lines == ["The device was lost. The processor develops this picture and all that follow."])
        #expect(engine.calls.withLock { $0 } == 2 && !device.isUsable)
    }

    @Test("a blank frame is found blank on the device too") func blank() throws {
        let device = DevelopDevice(StandInEngine(failingAfter: 9)) { Issue.record("\($0)") }
        let empty = FloatPlanes(width: 8, height: 8, color: [Float](repeating: 0, count: 256))
        let frame = RenderedFrame(pixels: .planes(empty), method: "planes")
        #expect(throws: PictureMaker.EmptyFrame.self) {
            try PictureMaker(plan, device: device).files(frame, text: [])
        }
    }

    @Test("the backend's own bytes need no device") func untouched() throws {
        let engine = StandInEngine(failingAfter: 9)
        let plain = try JobPlan(place.job { $0.render.size = PictureSize(8) })
        let frame = try frames()[0]
        let device = DevelopDevice(engine) { Issue.record("\($0)") }
        _ = try PictureMaker(plain, device: device).files(frame, text: [])
        #expect(engine.calls.withLock { $0 } == 0)
    }

    @Test(
        "a device is named by cpu, auto, vulkan and a number, and written back as it was",
        arguments: ["cpu", "auto", "vulkan", "vulkan:0", "vulkan:12"])
    func names(text: String) throws {
        #expect(JobFile.Device(text)?.description == text)
        let job = try JobFile.parse(yaml: "version: 1\nrun: {device: \"\(text)\"}\n")
        #expect(job.run.device.description == text)
    }

    @Test(
        "other words are refused with what would do",
        arguments: ["gpu", "vulkan:", "vulkan:-1", "vulkan:01", "cpu:0", "VULKAN"])
    func otherNames(text: String) {
        #expect(JobFile.Device(text) == nil)
        let error = #expect(throws: JobError.self) {
            try JobFile.parse(yaml: "version: 1\nrun: {device: \"\(text)\"}\n")
        }
        #expect(error?.message.contains("vulkan:N") == true)
    }

    @Test("the fingerprint does not know the device") func fingerprint() throws {
        func fingerprint(_ device: JobFile.Device) throws -> Fingerprint {
            let plan = try JobPlan(place.job { $0.run.device = device })
            return Fingerprinter(plan).fingerprint(frame: 0, inputs: [])
        }
        #expect(try fingerprint(.cpu) == fingerprint(.vulkan(0)) && fingerprint(.cpu) == fingerprint(.auto))
    }
}
