// SPDX-License-Identifier: Apache-2.0

extension TypeTable {
    static let lights = """
        AmbientLight = AmbientLightParameters: Light from everywhere.
          color: Linear red, green, blue.
          intensity: Brightness.
        DirectionalLight = DirectionalLightParameters: Parallel light.
          direction: Where it travels; of any length but zero.
          color: Linear red, green, blue.
          intensity: Brightness.
        QuadLight = QuadLightParameters: A parallelogram that shines to one side.
          position: A corner, in scene units.
          edge1: From that corner to the next; it shines towards `edge1` × `edge2`.
          edge2: From that corner to the other next.
          color: Linear red, green, blue.
          intensity: Brightness.
        SphereLight = SphereLightParameters: A shining ball.
          position: Its middle, in scene units.
          radius: In scene units; 0 is a point.
          color: Linear red, green, blue.
          intensity: Brightness.
        """

    static let renderers = """
        Interactive = InteractiveParameters: The parameters of the interactive renderer; what is `nil` is left out of a request.
          samples_per_pixel: Samples per pixel of one frame.
          max_ray_bounces: Bounces after the first hit.
          background_color: Linear red, green, blue, alpha behind everything.
          enable_shadows: Whether lights cast shadows.
          ao_samples = ambientOcclusionSamples: Occlusion rays a sample.
        Production = ProductionParameters: The parameters of the path tracing renderer; what is `nil` is left out of a request.
          samples_per_pixel: Samples per pixel of one frame.
          max_ray_bounces: Bounces after the first hit.
          background_color: Linear red, green, blue, alpha behind everything.
        """

    static let materials = """
        CarPaint = CarPaintMaterial: Car paint; production renderer only.
          flake_density: How much of it is metal flakes.
        Emissive = EmissiveMaterial: Shines by itself; production renderer only.
          color: Linear red, green, blue of the light.
          intensity: Brightness of the light.
        Ghost = GhostMaterial: See-through but for its outline; interactive renderer only.
        Glass = GlassMaterial: Clear glass; production renderer only.
          index_of_refraction: Index of refraction: 1.5 for window glass.
        Matte = MatteMaterial: Diffuse only; production renderer only.
          opacity: 0 is not there, 1 lets nothing through.
        Metal = MetalMaterial: Bare metal; production renderer only.
          roughness: How far highlights spread.
        Phong = PhongMaterial: Diffuse with a highlight; the material of a model that was given none.
          opacity: 0 is not there, 1 lets nothing through.
        Plastic = PlasticMaterial: Glossy plastic; production renderer only.
          opacity: 0 is not there, 1 lets nothing through.
        """

    static let principled = """
        Principled = PrincipledMaterial: Everything at once; production renderer only; what is `nil` has the server's default.
          edge_color: Linear colour of a metal seen at a grazing angle.
          metallic: 0 is not metal, 1 is metal.
          diffuse: Weight of diffuse reflection.
          specular: Weight of mirror reflection.
          ior: Index of refraction.
          transmission: Weight of light let through.
          transmission_color: Linear colour that white light has after `transmissionDepth`.
          transmission_depth: Path length for `transmissionColor`, in scene units.
          roughness: 0 is a mirror, 1 is rough.
          anisotropy: How far highlights stretch along one direction.
          anisotropy_rotation: The direction of the stretch; 1 is a whole turn.
          thin: Whether the surface is a sheet without an inside.
          thickness: Thickness of the sheet, in scene units.
          back_light: Diffuse light let through the sheet.
          coat: Weight of the clear coat.
          coat_ior = coatIOR: Index of refraction of the coat.
          coat_color: Linear tint of the coat.
          coat_thickness: Thickness of the coat, which deepens its tint.
          coat_roughness: Roughness of the coat, 0 to 1.
          sheen: Weight of the velvet layer.
          sheen_color: Linear colour of the velvet layer.
          sheen_tint: How far the velvet takes on the base colour, 0 to 1.
          sheen_roughness: Roughness of the velvet layer, 0 to 1.
        """

    static let colors = """
        ColorModelMessage = ColorUpdate: The parameters of `color-model`.
          id: The model.
          method <ColorMethod>: By what it is coloured: one of `get-color-methods`.
          values: Linear red, green, blue, alpha for each value of the method; at least one.
        ColorMethodValuesMessage = ColorValuesRequest: The parameters of `get-color-values`.
          id: The model.
          method <ColorMethod>: One of `get-color-methods`.
        ColorRamp: How numbers become colours: values of simulations and volumes.
          range: The least and the greatest value.
          colors: Linear red, green, blue, opacity at equal steps from the least value to the greatest; at most 256.
        SetColorRampMessage = ColorRampUpdate: The parameters of `set-color-ramp`.
          id: The model.
          color_ramp: Its new ramp.
        """
}
