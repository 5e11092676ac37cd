// SPDX-License-Identifier: Apache-2.0

/// The shape of a nerve cell: a soma, and sections that fork.
package struct Morphology: Sendable {
    /// A place along a section.
    package struct Sample: Sendable, Hashable {
        package var position: SIMD3<Float>
        package var radius: Float

        package init(position: SIMD3<Float>, radius: Float) {
            (self.position, self.radius) = (position, radius)
        }
    }

    /// What a section is part of; the raw values are the names that clients colour by.
    package enum Kind: String, Sendable, CaseIterable {
        case soma
        case axon
        case dendrite
        case apicalDendrite = "apical_dendrite"
    }

    /// An unbranched stretch.
    package struct Section: Sendable {
        /// Counted from 1 through the whole file, whatever of it is loaded; 0 is the soma.
        package var id: Int
        /// -1 for a section that begins at the soma.
        package var parent: Int
        package var kind: Kind
        package var samples: [Sample]
    }

    /// How a soma's samples are to be understood.
    package enum SomaForm: Sendable {
        case point
        /// A middle and two places above and below it, as NeuroMorpho.org writes cylinders.
        case threePoints
        case cylinders
        case contour
    }

    package struct Soma: Sendable {
        package var form: SomaForm
        package var samples: [Sample]
    }

    package var sections: [Section] = []
    package var soma: Soma?

    package init() {}

    /// The sections that begin where one ends, or at the soma for -1, by their places in `sections`.
    func children() -> [Int: [Int]] {
        Dictionary(grouping: sections.indices) { sections[$0].parent }
    }
}
