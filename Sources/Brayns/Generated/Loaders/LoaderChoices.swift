// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

/// What colours the cells of a circuit over time.
public enum BBPReport: String, Codable, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case nothing = "none"
    /// Cells that fire.
    case spikes
    /// The voltage of each compartment.
    case compartment
}

/// What colours the nodes of a population over time.
public enum SonataReport: String, Codable, Hashable, Sendable, CaseIterable {
    /// Nothing.
    case nothing = "none"
    /// Cells that fire.
    case spikes
    /// A value for each compartment.
    case compartment
    /// One value for each node, summed over its compartments.
    case summation
    /// A value for each synapse.
    case synapse
    /// The pressure in each vessel.
    case bloodflowPressure = "bloodflow_pressure"
    /// The speed of the blood in each vessel.
    case bloodflowSpeed = "bloodflow_speed"
    /// The radius of each vessel.
    case bloodflowRadii = "bloodflow_radii"
}

/// What the segments of a cell become.
public enum MorphologyGeometry: String, Codable, Hashable, Sendable, CaseIterable {
    /// Capsules with the radii of the file.
    case original
    /// Capsules whose radii meet, so that no steps are seen.
    case smooth
    /// Capsules whose radii run evenly along each section.
    case sectionSmooth = "section_smooth"
    /// Capsules of one radius in each section.
    case constantRadii = "constant_radii"
    /// A ball at each point.
    case spheres
}

/// What the numbers of an atlas' voxel mean.
public enum AtlasVoxels: String, Codable, Hashable, Sendable, CaseIterable {
    /// One value.
    case scalar
    /// A rotation.
    case orientation
    /// A place on the flat map.
    case flatmap
    /// Distances from the layers.
    case layerDistance = "layer_distance"
    /// A direction.
    case vector
}

/// What tells the colours of a molecule's atoms.
public enum ProteinColors: String, Codable, Hashable, Sendable, CaseIterable {
    /// All have one colour.
    case uniform = "none"
    /// The model's number.
    case byID = "by_id"
    /// The element.
    case atoms = "protein_atoms"
    /// The chain.
    case chains = "protein_chains"
    /// The residue.
    case residues = "protein_residues"
}
