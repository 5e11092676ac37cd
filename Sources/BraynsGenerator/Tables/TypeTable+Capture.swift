// SPDX-License-Identifier: Apache-2.0

extension TypeTable {
    static let capture = """
        EngineObjectData = NamedParameters: A camera or renderer by name with its parameters, as `snapshot` takes them.
          name: The name: `perspective`, `interactive` …
          params: What `set-camera-NAME` or `set-renderer-NAME` takes.
        ImageMetadata = PictureMetadata: Texts that the server writes into a picture as XMP.
          title: The picture's title.
          description: What is to be seen.
          where_used: What the picture was made for.
          keywords: Words to find it by.
        ImageSettings = SnapshotRequest.ImageSettings: How the picture is encoded, and its size.
          format <PictureFormat>: PNG or JPEG; where the server writes a file, its extension decides.
          quality: JPEG quality, 0 to 100.
          size: Width and height in pixels; less than 64 by 64 ends a real server.
        SnapshotParams = SnapshotRequest: The parameters of `snapshot`; what is `nil` is taken from the server's shared state.
          image_settings: Encoding and size.
          file_path: A file that the server writes on its own machine instead of sending the picture.
          camera: How the picture is projected.
          camera_view: Where the camera stands.
          camera_near_clip: Distance below which nothing is drawn, in scene units.
          image_start: The fraction of the picture plane at the upper left corner; (0, 1) for all of it.
          image_end: The fraction of the picture plane at the lower right corner; (1, 0) for all of it.
          renderer: What draws.
          simulation_frame: The frame to draw; the server goes on showing it afterwards.
          metadata: Texts for the picture.
        ColorBufferMessage = SnapshotReply.ColorBuffer: Where a picture lies in a payload.
          offset: Its first byte.
          size: Its length in bytes; 0 when the server has written a file.
        SnapshotResult = SnapshotReply: What `snapshot` answers; the payload holds the picture.
          color_buffer: Where it lies.
        GBuffersParams = BufferRequest: The parameters of `export-gbuffers` and of `render-planes`.
          channels <[BufferChannel]>: The channels, at least one.
          resolution: Width and height in pixels; less than 64 by 64 ends a real server.
          file_path: A file that the server writes on its own machine instead of sending it.
          camera: How the picture is projected.
          camera_view: Where the camera stands.
          camera_near_clip: Distance below which nothing is drawn, in scene units.
          image_start: The fraction of the picture plane at the upper left corner; (0, 1) for all of it.
          image_end: The fraction of the picture plane at the lower right corner; (1, 0) for all of it.
          renderer: What draws.
          simulation_frame: The frame to draw; the server goes on showing it afterwards.
        """

    static let images = """
        RenderImageParams = RenderImageRequest: The parameters of `render-image`; what is `nil` has the server's default.
          accumulate: Whether to go on until the picture is complete, which is samples squared; `false` renders one frame, with a snapshot's pixels.
          force: Whether to send the picture even when nothing changed since it was last sent; not together with `send: false`.
          format <PictureFormat>: PNG or JPEG.
          jpeg_quality: JPEG quality.
          render: Whether to render; `false` with `force` downloads what was rendered before.
          send: Whether to send the picture.
        RenderImageResult = RenderImageReply: What `render-image` answers; the payload holds the picture, if any.
          accumulation: Accumulations that the picture holds.
          max_accumulation: How many make it complete.
        ProgressiveFrameMessage = ProgressiveFramebuffer: The parameters of `set-framebuffer-progressive`.
          scale: What the size of first passes is divided by.
        InspectMessage = PickRequest: The parameters of `inspect`.
          position: Fractions of the picture's width and height, y up.
        InspectResult = PickResult: What lies at a point of the picture.
          hit: Whether anything lies there; the other members mean nothing otherwise.
          model_id: The model; 0 is a valid id.
          position: The point that was hit, in scene units.
          metadata: What the model's kind tells of the spot.
        """

    static let server = """
        VersionMessage = ServerVersion: The version that a server reports.
          major: Counts changes that break clients.
          minor: Counts additions.
          patch: Counts repairs.
          revision: Revision of the source the server was built from.
        ApplicationParameters: The server's settings that concern all its clients.
          plugins: Plugins that the server has loaded, as named on its command line.
          viewport: Width and height in pixels of what `render-image` draws.
        ApplicationParameters/change = ApplicationChange: What `set-application-parameters` changes.
          viewport: Width and height in pixels of what `render-image` draws; less than 64 by 64 ends a real server with the next picture.
        CancelParams = CancelRequest: The parameters of `cancel`.
          id: The id of a request of this connection, as it was sent.
        SchemaParams = SchemaRequest: The parameters of `schema`.
          endpoint: A method's name.
        SchemaResult = EntrypointDescription: What a server says of one of its methods.
          plugin: The plugin that brings the method; `Core` for the server's own.
          title: The method's name.
          description: The server's own explanation.
          async: Whether the method runs as a task that reports progress and can be cancelled.
          deprecated: Whether the server would rather not be asked for it.
          params: JSON schema of the parameters; `nil` for a method that takes none.
          returns: JSON schema of the result; `nil` for a method that gives none.
        Loader = LoaderDescription: What a server says of one of its model loaders.
          name: The loader's name.
          plugin: The plugin that brings the loader; `Core` for the server's own.
          extensions: File extensions as the server spells them: some with a leading dot, some without.
          binary: Whether the loader takes files as bytes (`upload-model`).
          input_parameters_schema: JSON schema of the loader's properties.
        """

    static let plugins = """
        LoadedIdsModelMessage = CircuitReference: Names a circuit.
          model_id: The circuit's model.
        SetCircuitThicknessMessage = CircuitThickness: The parameters of `set-circuit-thickness`.
          model_id: The circuit's model.
          radius_multiplier: What the radii of the loaded cells are multiplied by.
        AvailableUseCasesMessage = AtlasReference: Names an atlas.
          model_id: The atlas' model.
        UseCaseMessage = AtlasUseCase: One way to show an atlas.
          name: Its name.
          params_schema: JSON schema of its parameters.
        VisualizeUseCaseMessage = AtlasUseCaseRequest: The parameters of `visualize-atlas-usecase`.
          model_id: The atlas' model.
          use_case: The name of the way to show it.
          params: Its parameters.
        """
}
