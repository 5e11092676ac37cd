// SPDX-License-Identifier: Apache-2.0

/// Which cells of a SONATA population are loaded, and how they are shown.
package struct SonataRequest: Sendable {
    /// What is shown over time.
    package enum Report: Sendable, Hashable {
        case none
        case spikes(transition: Double)
        case compartments(name: String)
    }

    package var population: String
    package var nodeSets: [String] = []
    package var nodeIDs: [Int] = []
    /// The share of the population, 0 to 1.
    package var percentage: Float = 0.01
    /// The most cells; 0 for any number.
    package var limit = 0
    package var report = Report.none
    package var morphology = MorphologyOptions()

    package init(population: String) { self.population = population }
}
