// SPDX-License-Identifier: Apache-2.0

/// A metric that can be asked for.
public struct CoreMetric: Codable, Sendable, Hashable {
    public var name: String
    public var description: String?
    public var labels: [String]?
}

/// Which metrics to give; names that Core does not know are passed over without an error.
public struct CoreMetricsQuery: Codable, Sendable, Hashable {
    public struct Selection: Codable, Sendable, Hashable {
        public var name: String
        /// Patterns by label.
        public var labels: [String: String]?

        public init(name: String, labels: [String: String]? = nil) { (self.name, self.labels) = (name, labels) }
    }

    /// How far back; 0 for the last value alone.
    public var timerangeSec: Int
    /// Between two values.
    public var intervalSec: Int
    public var metrics: [Selection]

    public init(timerangeSec: Int = 0, intervalSec: Int = 0, metrics: [Selection]) {
        (self.timerangeSec, self.intervalSec, self.metrics) = (timerangeSec, intervalSec, metrics)
    }
}

/// Measured values.
public struct CoreMetricsAnswer: Codable, Sendable, Hashable {
    public struct Series: Codable, Sendable, Hashable {
        public var name: String
        public var labels: [String: String]?
        public var values: [Value]?
    }

    /// On the wire a pair.
    public struct Value: Codable, Sendable, Hashable {
        /// Seconds since 1970.
        public var time: Double
        /// `nil` where nothing was measured.
        public var value: Double?

        public init(from decoder: any Decoder) throws {
            var pair = try decoder.unkeyedContainer()
            time = try pair.decode(Double.self)
            value = try pair.decodeNil() ? nil : pair.decode(Double.self)
        }

        public func encode(to encoder: any Encoder) throws {
            var pair = encoder.unkeyedContainer()
            try pair.encode(time)
            if let value { try pair.encode(value) } else { try pair.encodeNil() }
        }
    }

    public var timerangeSec: Int?
    public var intervalSec: Int?
    public var metrics: [Series]?
}
