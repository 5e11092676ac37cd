// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

import Scene

extension Methods {
    /// Names the camera in use: `perspective`, `orthographic`, `cylindric` or a plugin's.
    public static let getCameraType = Method<NoValue, String>("get-camera-type")

    /// Tells where the camera stands.
    public static let getCameraView = Method<NoValue, View>("get-camera-view")

    /// Moves the camera; a position equal to the target is refused.
    public static let setCameraView = Method<View, NoValue>("set-camera-view")

    /// Tells the perspective camera's parameters.
    public static let getCameraPerspective = Method<NoValue, PerspectiveParameters>("get-camera-perspective")

    /// Puts the perspective camera in use.
    public static let setCameraPerspective = Method<PerspectiveParameters, NoValue>("set-camera-perspective")

    /// Tells the orthographic camera's parameters.
    public static let getCameraOrthographic = Method<NoValue, OrthographicParameters>("get-camera-orthographic")

    /// Puts the orthographic camera in use.
    public static let setCameraOrthographic = Method<OrthographicParameters, NoValue>("set-camera-orthographic")

    /// Tells the cylindric camera's parameters.
    ///
    /// Belongs to the plugin Cylindric Camera.
    public static let getCameraCylindric = Method<NoValue, CylindricParameters>(
        "get-camera-cylindric", plugin: .cylindricCamera)

    /// Puts the cylindric camera in use.
    ///
    /// Belongs to the plugin Cylindric Camera.
    public static let setCameraCylindric = Method<CylindricParameters, NoValue>(
        "set-camera-cylindric", plugin: .cylindricCamera)

    /// Tells below which distance nothing is drawn.
    public static let getCameraNearClip = Method<NoValue, NearClip>("get-camera-near-clip")

    /// Sets the distance below which nothing is drawn.
    public static let setCameraNearClip = Method<NearClip, NoValue>("set-camera-near-clip")

    /// Tells which part of the picture plane is drawn.
    public static let getCameraRegion = Method<NoValue, CameraRegion>("get-camera-region")

    /// Sets which part of the picture plane is drawn.
    public static let setCameraRegion = Method<CameraRegion, NoValue>("set-camera-region")
}
