// SPDX-License-Identifier: Apache-2.0

/// A process that makes calls when asked, one at a time.
public enum Worker: String, Sendable, Hashable, CaseIterable {
    /// Our libraries and the C peers, on one thread.
    case one
    /// The same on two threads.
    case two
    /// The peers of PyPI.
    case python
    /// pillow-simd, which takes Pillow's place and so needs an environment of its own.
    case simd
}

/// Something that a worker can do again and again.
public struct Call: Sendable, Hashable {
    public var worker: Worker
    /// The name in the worker's table.
    public var name: String
    public var options: [String: String]

    public init(_ worker: Worker, _ name: String, _ options: [String: String] = [:]) {
        (self.worker, self.name, self.options) = (worker, name, options)
    }
}

/// Work that we and others do on the same inputs.
public struct Benchmark: Sendable, Hashable {
    public var name: String
    /// What is done, for people.
    public var about: String
    public var ours: Call
    public var peers: [Peer]
    public var inputs: [Input]
    /// Whether memory and allocations are taken down too.
    public var weighs: Bool

    /// Whom we are compared with.
    public struct Peer: Sendable, Hashable {
        /// Its name in tables.
        public var name: String
        public var call: Call

        public init(_ name: String, _ call: Call) { (self.name, self.call) = (name, call) }
    }

    /// What the work is done on.
    public struct Input: Sendable, Hashable {
        public var name: String
        /// Options that all sides get besides their own.
        public var options: [String: String]

        public init(_ name: String, _ options: [String: String] = [:]) { (self.name, self.options) = (name, options) }
    }

    public init(
        _ name: String, _ about: String, ours: Call, peers: [Peer], inputs: [Input], weighs: Bool = false
    ) {
        (self.name, self.about, self.ours, self.peers) = (name, about, ours, peers)
        (self.inputs, self.weighs) = (inputs, weighs)
    }
}
