// SPDX-License-Identifier: Apache-2.0

/// Swift names and sentences for the loaders and their settings.
enum LoaderTable {
    static let text = """
        mesh = MeshLoader: Triangle meshes; a real server draws them white, whatever their files say of colours.
        mhd-volume = MHDVolumeLoader: A volume whose header is an MHD file.
        raw-volume = RawVolumeLoader: A volume of bare numbers, x fastest.
          data_type <VolumeDataType>: The type of one number.
          dimensions: Voxels along x, y and z.
          spacing: Size of a voxel in scene units.
        BBP loader = BBPLoader: A circuit of the Blue Brain Project, by its configuration file.
          percentage: The part of the cells that is loaded, where `gids` names none; 0.1 is a tenth.
          gids: The cells to load, which makes `percentage` and `targets` mean nothing.
          targets: The targets to load; none is the circuit's own.
          report_type <BBPReport>: What colours the cells over time.
          report_name: The report's name, for compartment reports.
          spike_transition_time: Milliseconds that a spike takes to fade, for spike reports.
          load_afferent_synapses: Whether synapses that come in are shown.
          load_efferent_synapses: Whether synapses that go out are shown.
          neuron_morphology_parameters = morphology <Morphology>: How each cell is shown.
        Cell placement loader = CellPlacementLoader: Cells with their places, from one HDF5 file.
          percentage: The part of the cells that is loaded, where `ids` names none; 0.1 is a tenth.
          ids: The cells to load, which makes `percentage` mean nothing.
          morphology_folder: The folder of the cells' shapes.
          extension = fileExtension: The extension of the files in that folder.
          morphology_parameters = morphology <Morphology>: How each cell is shown.
        Neuron Morphology loader = Morphology: One nerve cell by its shape; in circuit loaders, how each cell is shown.
          radius_multiplier: What all radii are multiplied by.
          load_soma: Whether the cell's body is shown.
          load_axon: Whether its axon is shown.
          load_dendrites: Whether its dendrites are shown.
          geometry_type <MorphologyGeometry>: What its segments become.
          resampling: The cosine of an angle: segments that bend less become one; above 1 all stay.
          subsampling: Only every so many-th point is used; up to 1 all are.
          growth: The part of the segments that has grown, from 0 for none to 1 for all.
        SONATA loader = SonataLoader: A circuit in the SONATA format, by its configuration file.
          node_population_settings = populations <[SonataPopulation]>: The populations to load.
        NRRD loader = NRRDLoader: A volume of the brain atlas in the NRRD format.
          type <AtlasVoxels>: What the numbers of a voxel mean.
        DTI loader = DTILoader: Streamlines of nerve fibres, by their configuration file.
          radius: Radius of a streamline, in scene units.
          spike_decay_time: Milliseconds that a spike takes along a streamline.
        protein = ProteinLoader: Molecules of the protein data bank, an atom a ball.
          color_scheme <ProteinColors>: What tells the atoms' colours.
          radius_multiplier: What the atoms' radii are multiplied by.
        xyz = XYZLoader: Points with coordinates, one a line; the server reports progress for every line.
        """

    /// Objects within the settings.
    static let parts = """
        SonataNodePopulationParameters = SonataPopulation: One population of nodes, and how it is loaded.
          node_population: Its name.
          node_percentage: The part of its nodes that is loaded, where `nodeIDs` names none; 0.1 is a tenth.
          node_ids: The nodes to load, which makes `nodePercentage` and `nodeSets` mean nothing.
          node_sets: Node sets, by name or regular expression, that nodes must belong to.
          node_count_limit: No more nodes than this.
          report_type <SonataReport>: What colours the nodes over time.
          report_name: The report's file, where the type has one.
          spike_transition_time: Milliseconds that a spike takes to fade, for spike reports.
          neuron_morphology_parameters = morphology <Morphology>: How each cell is shown; vessels have the next.
          vasculature_geometry_parameters = vasculature <VasculatureGeometry>: How each vessel is shown.
          edge_populations <[SonataEdges]>: The populations of edges to load with it.
        SonataEdgePopulationParameters = SonataEdges: One population of edges, and how it is loaded.
          edge_population: Its name.
          load_afferent: Whether edges that come in are loaded, or those that go out.
          edge_percentage: The part of its edges that is loaded; 0.1 is a tenth.
          edge_report_name: The synapse report that colours them.
          radius: Radius of a synapse's ball, in scene units.
        VasculatureGeometrySettings = VasculatureGeometry: How vessels are shown.
          radius_multiplier: What all radii are multiplied by.
        """

    /// The choices that settings offer.
    static let choices = """
        BBPReport: What colours the cells of a circuit over time.
          none = nothing: Nothing.
          spikes: Cells that fire.
          compartment: The voltage of each compartment.
        SonataReport: What colours the nodes of a population over time.
          none = nothing: Nothing.
          spikes: Cells that fire.
          compartment: A value for each compartment.
          summation: One value for each node, summed over its compartments.
          synapse: A value for each synapse.
          bloodflow_pressure: The pressure in each vessel.
          bloodflow_speed: The speed of the blood in each vessel.
          bloodflow_radii: The radius of each vessel.
        MorphologyGeometry: What the segments of a cell become.
          original: Capsules with the radii of the file.
          smooth: Capsules whose radii meet, so that no steps are seen.
          section_smooth: Capsules whose radii run evenly along each section.
          constant_radii: Capsules of one radius in each section.
          spheres: A ball at each point.
        AtlasVoxels: What the numbers of an atlas' voxel mean.
          scalar: One value.
          orientation: A rotation.
          flatmap: A place on the flat map.
          layer_distance: Distances from the layers.
          vector: A direction.
        ProteinColors: What tells the colours of a molecule's atoms.
          none = uniform: All have one colour.
          by_id = byID: The model's number.
          protein_atoms = atoms: The element.
          protein_chains = chains: The chain.
          protein_residues = residues: The residue.
        """
}
