// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSONRPC

/// What a bench found, with what is needed to compare it with another day or machine.
public struct BenchReport: Sendable {
    /// Stages of one item after another.
    public struct Staged: Sendable {
        public var scene: String
        /// The backend as it was named on the command line, or `embedded`.
        public var backend: String
        /// Time of each stage, in the order of an item's way.
        public var stages: [(name: String, timing: Timing)]
        /// Stages told apart by calculation and not by a clock of their own.
        public var derived: Set<String>
        /// Sentences that somebody who reads the figures must know.
        public var notes: [String]
    }

    /// Items that overlap, as in a real run.
    public struct Pipelined: Sendable {
        public var scene: String
        public var backend: String
        /// Renderers at work at once.
        public var renderers: Int
        public var items: Int
        public var seconds: Timing
        /// Items a second: all items over the median time of a run.
        public var rate: Double { seconds.median > 0 ? Double(items) / seconds.median : 0 }
    }

    /// The transport alone, against a renderer that answers at once.
    public struct Ceiling: Sendable {
        public var payloadBytes: Int
        public var seconds: Timing
        /// Bytes a second at the median.
        public var rate: Double { seconds.median > 0 ? Double(payloadBytes) / seconds.median : 0 }
    }

    /// A develop chain on a Vulkan device, with the statistics of the blank check.
    public struct Developed: Sendable {
        public var chain: String
        public var device: String
        public var width: Int
        public var height: Int
        /// To the device's memory, by its own clock; none where it has no clock.
        public var upload: Timing
        /// All passes, with what they need already there.
        public var compute: Timing
        /// Back to the processor's memory.
        public var download: Timing
        /// From call to pictures, by the processor's clock.
        public var whole: Timing
        /// The same by the processor's kernels.
        public var kernels: Timing
    }

    /// How far the pictures of two backends are apart, in steps of 1/255.
    public struct Agreement: Sendable {
        public var scene: String
        public var backends: [String]
        public var rmse: Double
        public var maxDifference: Double
        /// Whether both drew the same picture, so that their times may be compared.
        public var isSame: Bool
    }

    public var program: String
    public var machine: MachineFacts
    public var kernels: String
    public var threads: Int
    public var libraries: [LinkedLibrary]
    /// Name and version of each backend.
    public var backends: [String: String] = [:]
    public var staged: [Staged] = []
    public var pipelined: [Pipelined] = []
    public var ceilings: [Ceiling] = []
    public var agreements: [Agreement] = []
    public var developed: [Developed] = []

    public init(program: String, kernels: String, threads: Int) {
        (self.program, self.kernels, self.threads) = (program, kernels, threads)
        machine = .current()
        libraries = LinkedLibrary.all()
    }

    /// The figures that a baseline is compared by: name to median seconds.
    public var medians: [(name: String, seconds: Double)] {
        staged.flatMap { run in
            run.stages.map { ("\(run.scene)/\(run.backend)/\($0.name)", $0.timing.median) }
        }
            + pipelined.map {
                ("\($0.scene)/\($0.backend)/pipelined x\($0.renderers)", $0.seconds.median / Double(max(1, $0.items)))
            } + ceilings.map { ("transport/null/\($0.payloadBytes) bytes", $0.seconds.median) }
            + developed.map { ("develop/\($0.device)/\($0.chain)", $0.compute.median) }
    }
}
