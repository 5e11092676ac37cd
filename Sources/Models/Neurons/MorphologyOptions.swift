// SPDX-License-Identifier: Apache-2.0

/// What of a morphology is drawn, and how.
package struct MorphologyOptions: Sendable, Hashable {
    /// What is made of the samples.
    package enum Geometry: String, Sendable, CaseIterable {
        case original
        case smooth
        case sectionSmooth = "section_smooth"
        case constantRadii = "constant_radii"
        case spheres
    }

    package var geometry = Geometry.smooth
    package var loadsSoma = false
    package var loadsAxon = false
    package var loadsDendrites = false
    /// Factor for all radii.
    package var radiusMultiplier: Float = 1
    /// Cosine of the angle from which on two segments are one; above 1 none are.
    package var resampling: Float = 2
    /// Every how many samples are kept; up to 1 all are.
    package var subsampling = 1
    /// The share of each branch's length that has grown, 0 to 1.
    package var growth: Float = 1

    package init() {}

    /// Whether anything at all is to be drawn.
    package var loadsAnything: Bool { loadsSoma || loadsAxon || loadsDendrites }
}
