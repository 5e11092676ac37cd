// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Adds light from everywhere; the server counts it as a model.
    public static let addLightAmbient = Method<AmbientLightParameters, SceneModel>("add-light-ambient")

    /// Adds parallel light; the server counts it as a model.
    public static let addLightDirectional = Method<DirectionalLightParameters, SceneModel>("add-light-directional")

    /// Adds a shining parallelogram; the server counts it as a model.
    public static let addLightQuad = Method<QuadLightParameters, SceneModel>("add-light-quad")

    /// Adds a shining ball or point; the server counts it as a model.
    public static let addLightSphere = Method<SphereLightParameters, SceneModel>("add-light-sphere")

    /// Removes all lights, whoever added them.
    public static let clearLights = Method<NoValue, NoValue>("clear-lights")
}
