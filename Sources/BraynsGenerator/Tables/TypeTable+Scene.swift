// SPDX-License-Identifier: Apache-2.0

extension TypeTable {
    static let models = """
        ModelInstance = SceneModel: One model of the server's scene: loaded, made of primitives, or a light.
          model_id = id: The number it is called by.
          model_type = type: `mesh`, `light`, `geometry`, `Volume` …: the server's texts are not uniform.
          bounds: The box around it in scene units; empty for lights.
          is_visible: Whether it is drawn.
          transform: Where it stands, applied after the transform of its file.
          info: What is known of it.
        ModelInstance/change = ModelChange: What `update-model` changes; what is `nil` stays as it is.
          is_visible: Whether it is drawn.
          transform: Replaces its transform.
        ModelInfo = SceneModel.Info: Facts about a model; all optional, lights have none.
          metadata: Counts and names for people, such as `faces`.
          load_info: Where it came from; missing for what was not loaded.
          base_transform: The transform that its file gave it.
        LoadInfo = SceneModel.LoadInfo: Where a model came from.
          source <String>: `from_file`, `from_blob` or `none`.
          path: The file as the server names it; empty for uploads.
          loader_name: The loader that read it.
          load_parameters: The loader's properties as they were sent.
        Scene = SceneDescription: Everything that the server's scene holds.
          bounds: The box around all visible models; empty when there are none.
          models: All models, lights among them.
        UpdateModelMessage = ModelUpdate: The parameters of `update-model`.
          model_id: The model to change.
          model: What changes.
        InstantiateMessage = InstanceRequest: The parameters of `instantiate-model`.
          model_id: The model whose geometry the copies share.
          transforms: One for each copy.
        GetModelMessage = ModelReference: Names one model.
          id: The model.
        RemoveModelMessage = ModelRemoval: The parameters of `remove-model`.
          ids: The models and lights to remove; the server refuses all of them when one is unknown.
        AddModelParams = AddModelRequest: The parameters of `add-model`.
          path: The file by the path that the server has.
          loader_name: The loader; an empty name lets the server choose by extension.
          loader_properties: The loader's properties, an object.
        UploadModelParams = UploadModelRequest: The parameters of `upload-model`; the file's bytes are the payload.
          type: The file's extension without the dot.
          loader_name: The loader; an empty name lets the server choose by extension.
          loader_properties: The loader's properties, an object.
        """

    static let geometry = """
        Sphere = SpherePrimitive: A ball.
          center: Its middle, in scene units.
          radius: In scene units; a real server takes a negative one.
        Capsule = CapsulePrimitive: A cone stump with a ball at each end.
          p0: One end, in scene units.
          r0: The radius at `p0`.
          p1: The other end, in scene units.
          r1: The radius at `p1`.
        Box = BoxPrimitive: A box along the axes.
          min: The corner with the least coordinates.
          max: The corner with the greatest coordinates.
        Plane = PlanePrimitive: An endless plane with the normal (a, b, c).
          coefficients: a, b, c, d of ax + by + cz = d; clipping takes away what has less than d.
        BoundedPlane = BoundedPlanePrimitive: The part of a plane that lies in a box.
          coefficients: a, b, c, d of ax + by + cz = d.
          bounds <Bounds>: The box, in scene units.
        """

    static let camera = """
        Perspective = PerspectiveParameters: The parameters of the perspective camera.
          fovy: Vertical field of view in degrees, above 0 and below 180.
          aperture_radius: Radius of the lens in scene units; 0 keeps everything sharp.
          focus_distance: Distance of what is sharp, in scene units.
        Orthographic = OrthographicParameters: The parameters of the orthographic camera.
          height: The picture's height in scene units, above 0.
        Cylindric = CylindricParameters: The parameters of the cylindric camera, which a plugin brings.
          fovy: Vertical field of view in degrees.
        CameraRegionMessage = CameraRegion: The part of the picture plane that is drawn, in fractions.
          image_start = start: The fraction at the picture's upper left corner.
          image_end = end: The fraction at the picture's lower right corner.
        CameraNearClipMessage = NearClip: The parameters and the result of the near clip methods.
          distance: Distance below which nothing is drawn, in scene units.
        """

    static let simulation = """
        SimulationParameters: The frames of the simulation that the scene's models carry.
          current: The frame shown.
          start_frame: The first frame.
          end_frame: The last frame; included.
          dt: Time from one frame to the next, in `unit`; 0 without a simulation.
          unit: Unit of time: `ms`.
        SimulationParameters/change = SimulationChange: What `set-simulation-parameters` changes.
          current: The frame to show; one out of range is refused.
        EnableSimulationMessage = SimulationSwitch: The parameters of `enable-simulation`.
          model_id: The model.
          enabled: Whether its simulation colours it.
        """
}
