// SPDX-License-Identifier: Apache-2.0
import ImageCore
import Testing

@testable import Compute

@Suite struct FramePlanTests {
    private func kind(_ width: Int, _ height: Int, to sizes: [(Int, Int)]) -> FramePlan.Kind {
        FramePlan.Kind(
            width: width, height: height, format: .rgba8,
            development: Development(outputs: sizes.map { Development.Output(width: $0.0, height: $0.1) }))
    }

    @Test("a frame that fits is made light once for all its sizes")
    func sharedLight() throws {
        let plan = try FramePlan(kind(1024, 768, to: [(512, 384), (256, 192), (128, 96)]), mostBytes: 1 << 30)
        #expect(plan.passes.map(\.shader) == [.statistics, .light, .down, .across, .down, .across, .down, .across])
        #expect(plan.sizes.light == 16 * 1024 * 768 && plan.sizes.sums == 16 * 1024 * 384)
    }

    @Test("a frame in its own size needs one pass and no floats")
    func ownSize() throws {
        let plan = try FramePlan(kind(640, 480, to: [(640, 480)]), mostBytes: 1 << 30)
        #expect(plan.passes.map(\.shader) == [.statistics, .direct])
        #expect(plan.sizes.light == 0 && plan.sizes.sums == 0)
    }

    @Test("bands cover every target row once, end on whole words and keep to their room", arguments: [1, 2, 5, 40])
    func bands(share: Int) throws {
        let room = 16 * 257 * (30 + 100 / share)
        let plan = try FramePlan(kind(257, 130, to: [(63, 41)]), mostBytes: 1 << 30, bandBytes: room)
        let bands = plan.passes.filter { $0.shader == .across }.map(\.order)
        var row = 0
        for band in bands {
            #expect(Int(band.targetRow) == row && (row * 63).isMultiple(of: 4))
            row += Int(band.items) / 63
        }
        #expect(row == 41 && plan.sizes.light <= room && plan.sizes.sums <= room)
        #expect(bands.count == plan.passes.filter { $0.shader == .light }.count)
        #expect(share < 5 || bands.count > 1)
    }

    @Test("outputs and statistics do not overlap and begin on whole words")
    func places() throws {
        var kind = kind(7, 5, to: [(3, 3), (7, 5), (1, 1)])
        kind.development.outputs.append(Development.Output(width: 3, height: 3, format: .rgb8))
        let plan = try FramePlan(kind, mostBytes: 1 << 30)
        #expect(plan.statisticsPlace == 0 && plan.statisticsGroups == 1)
        #expect(plan.places == [96, 144, 288, 304] && plan.sizes.result == 352)
    }

    @Test("a picture that one buffer cannot hold is refused by a sentence with both numbers")
    func tooLarge() {
        for sizes in [[(64, 64)], [(8, 8)], [(1, 1)]] {
            let error = #expect(throws: ComputeError.self) {
                try FramePlan(kind(64, 64, to: sizes), mostBytes: 4096)
            }
            #expect(error?.code == .tooLarge && error?.message.contains("64x64") == true)
        }
    }

    @Test("groups cover all invocations within 65535 a dimension", arguments: [0, 1, 64, 65, 1 << 21, 133_000_000])
    func groups(invocations: Int) {
        let (x, y) = FrameSlot.groups(of: invocations)
        #expect(x <= 65535 && y <= 65535 && x > 0 && y > 0)
        #expect(64 * Int(x) * Int(y) >= invocations && 64 * Int(x) * (Int(y) - 1) <= invocations)
    }

    @Test("windows carry the weights that the processor uses")
    func windows() throws {
        let plan = try FramePlan(kind(9, 6, to: [(4, 3)]), mostBytes: 1 << 30)
        let order = try #require(plan.passes.last?.order)
        for (place, source, target) in [(order.rowWindows, 6, 3), (order.columnWindows, 9, 4)] {
            let wanted = ResampleWindows(source: source, target: target, filter: .lanczos3).windows
            for (index, window) in wanted.enumerated() {
                let numbers = plan.numbers[(Int(place) + 3 * index)...].prefix(3).map(Int.init)
                #expect(numbers[0] == window.first && numbers[1] == window.weights.count)
                #expect(
                    plan.numbers[numbers[2]..<numbers[2] + numbers[1]].map { Float(bitPattern: $0) }
                        == window.weights.map { Float($0) })
            }
        }
    }
}
