// SPDX-License-Identifier: Apache-2.0
import Rendering

/// A backend to be measured, as it was named.
public struct BenchTarget: Sendable {
    /// `embedded`, or the server's address.
    public var name: String
    public var choice: BackendChoice

    public init(name: String, choice: BackendChoice) { (self.name, self.choice) = (name, choice) }

    /// The built-in renderer.
    ///
    /// - Parameter plugins: plugins of Brayns whose loaders it needs.
    public static func embedded(threads: Int?, children: Int = 1, plugins: [String] = []) -> BenchTarget {
        var options = BackendChoice.EmbeddedOptions(children: children, threads: threads)
        options.plugins = plugins
        return BenchTarget(name: "embedded", choice: .embedded(options))
    }

    /// A server that nobody else uses while the bench runs.
    public static func server(_ address: String) -> BenchTarget {
        BenchTarget(name: address, choice: .remote([address], exclusive: true))
    }
}
