// SPDX-License-Identifier: Apache-2.0

/// A sentence for each method, one table for each file that is written.
///
/// A type in angle brackets is that of the result, where the schema says too little.
enum MethodTable {
    static let files: [(name: String, text: String)] = [
        ("Methods/Methods+Models", models), ("Methods/Methods+Geometry", geometry),
        ("Methods/Methods+Camera", camera), ("Methods/Methods+Lights", lights),
        ("Methods/Methods+Renderers", renderers), ("Methods/Methods+Materials", materials),
        ("Methods/Methods+Colors", colors), ("Methods/Methods+Simulation", simulation),
        ("Methods/Methods+Capture", capture), ("Methods/Methods+Server", server),
        ("Methods/Methods+Plugins", plugins),
    ]

    static let models = """
        add-model: Loads a file that the server can open; one file may give several models.
        upload-model: Loads a model from bytes that travel behind the request.
        get-model: Tells about one model.
        get-scene: Tells about everything in the scene.
        update-model: Shows, hides or moves a model.
        remove-model: Removes models and lights.
        instantiate-model: Places copies of a model that share its geometry.
        clear-models: Removes all models, and what else the server counts as such.
        clear-renderables: Removes everything that is drawn, and keeps the lights.
        """

    static let geometry = """
        add-spheres: Adds coloured balls as one model.
        add-capsules: Adds coloured cone stumps with round ends as one model.
        add-boxes: Adds coloured boxes as one model.
        add-planes: Adds coloured endless planes as one model.
        add-bounded-planes: Adds coloured planes within boxes as one model.
        add-clipping-spheres: Cuts away what lies inside balls.
        add-clipping-capsules: Cuts away what lies inside cone stumps with round ends.
        add-clipping-boxes: Cuts away what lies inside boxes.
        add-clipping-planes: Cuts away what lies behind planes.
        add-clipping-bounded-planes: Cuts away what lies behind planes within boxes.
        add-clip-plane: Cuts away what lies behind one plane.
        clear-clip-planes: Removes all that cuts, planes and others.
        clear-clipping-geometries: Removes all that cuts, planes and others.
        """

    static let camera = """
        get-camera-type: Names the camera in use: `perspective`, `orthographic`, `cylindric` or a plugin's.
        get-camera-view: Tells where the camera stands.
        set-camera-view: Moves the camera; a position equal to the target is refused.
        get-camera-perspective: Tells the perspective camera's parameters.
        set-camera-perspective: Puts the perspective camera in use.
        get-camera-orthographic: Tells the orthographic camera's parameters.
        set-camera-orthographic: Puts the orthographic camera in use.
        get-camera-cylindric: Tells the cylindric camera's parameters.
        set-camera-cylindric: Puts the cylindric camera in use.
        get-camera-near-clip: Tells below which distance nothing is drawn.
        set-camera-near-clip: Sets the distance below which nothing is drawn.
        get-camera-region: Tells which part of the picture plane is drawn.
        set-camera-region: Sets which part of the picture plane is drawn.
        """

    static let lights = """
        add-light-ambient: Adds light from everywhere; the server counts it as a model.
        add-light-directional: Adds parallel light; the server counts it as a model.
        add-light-quad: Adds a shining parallelogram; the server counts it as a model.
        add-light-sphere: Adds a shining ball or point; the server counts it as a model.
        clear-lights: Removes all lights, whoever added them.
        """

    static let renderers = """
        get-renderer-type: Names the renderer in use: `interactive`, `production` or a plugin's.
        get-renderer-interactive: Tells the interactive renderer's parameters.
        set-renderer-interactive: Makes the interactive renderer draw.
        get-renderer-production: Tells the path tracer's parameters.
        set-renderer-production: Makes the path tracer draw; a stock OSPRay 2.10.0 ends with it in a scene without lights.
        """

    static let materials = """
        get-material-type: Names a model's material.
        get-material-carpaint: Tells the parameters of a model of car paint.
        set-material-carpaint: Makes a model of car paint.
        get-material-emissive: Tells the parameters of a model that shines.
        set-material-emissive: Makes a model shine.
        get-material-ghost: Tells the parameters of a ghost: there are none.
        set-material-ghost: Makes a model see-through but for its outline.
        get-material-glass: Tells the parameters of a model of glass.
        set-material-glass: Makes a model of glass.
        get-material-matte: Tells the parameters of a matte model.
        set-material-matte: Makes a model matte.
        get-material-metal: Tells the parameters of a model of metal.
        set-material-metal: Makes a model of metal.
        get-material-phong: Tells the parameters of a model with the plain material.
        set-material-phong: Gives a model the plain material.
        get-material-plastic: Tells the parameters of a model of plastic.
        set-material-plastic: Makes a model of plastic.
        get-material-principled: Tells the parameters of a model with the principled material.
        set-material-principled: Gives a model the principled material.
        """

    static let colors = """
        get-color-methods <[ColorMethod]>: Lists what a model can be coloured by.
        get-color-values: Lists the values that a method tells apart in a model.
        color-model: Colours a model by a method.
        get-color-ramp: Tells how a model's numbers become colours.
        set-color-ramp: Sets how a model's numbers become colours.
        """

    static let simulation = """
        get-simulation-parameters: Tells the frames of the simulation, and the one shown.
        set-simulation-parameters: Shows a frame of the simulation.
        enable-simulation: Switches a model's simulation on or off.
        """

    static let capture = """
        snapshot: Renders a picture without changing the server's state, but for the simulation frame.
        export-gbuffers: Renders channels of a picture into an OpenEXR file, which is the reply's payload.
        render-image: Renders and sends the server's own picture: its camera, renderer and viewport.
        set-framebuffer-static: Draws every frame at full size from its first pass, as a server does by itself.
        set-framebuffer-progressive: Draws first passes smaller.
        inspect: Tells what lies at a point of the picture.
        """

    static let server = """
        get-version: Tells the server's version.
        get-application-parameters: Tells the plugins and the viewport.
        set-application-parameters: Sets the viewport.
        registry: Names all methods, in no order.
        schema: Tells about one method.
        get-loaders: Tells about all loaders.
        cancel: Stops a task of this connection; a running snapshot ends only with its frame.
        quit: Ends the server's process, for all its clients.
        """

    static let plugins = """
        get-circuit-ids: Lists the cells that a circuit's model holds.
        set-circuit-thickness: Makes a circuit's cells thicker or thinner.
        get-available-atlas-usecases: Lists the ways to show an atlas.
        visualize-atlas-usecase: Shows an atlas in one of its ways.
        """
}
