// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Adds coloured balls as one model.
    public static let addSpheres = Method<[ColoredPrimitive<SpherePrimitive>], SceneModel>("add-spheres")

    /// Adds coloured cone stumps with round ends as one model.
    public static let addCapsules = Method<[ColoredPrimitive<CapsulePrimitive>], SceneModel>("add-capsules")

    /// Adds coloured boxes as one model.
    public static let addBoxes = Method<[ColoredPrimitive<BoxPrimitive>], SceneModel>("add-boxes")

    /// Adds coloured endless planes as one model.
    public static let addPlanes = Method<[ColoredPrimitive<PlanePrimitive>], SceneModel>("add-planes")

    /// Adds coloured planes within boxes as one model.
    public static let addBoundedPlanes = Method<[ColoredPrimitive<BoundedPlanePrimitive>], SceneModel>(
        "add-bounded-planes")

    /// Cuts away what lies inside balls.
    public static let addClippingSpheres = Method<ClippingShapes<SpherePrimitive>, SceneModel>("add-clipping-spheres")

    /// Cuts away what lies inside cone stumps with round ends.
    public static let addClippingCapsules = Method<ClippingShapes<CapsulePrimitive>, SceneModel>(
        "add-clipping-capsules")

    /// Cuts away what lies inside boxes.
    public static let addClippingBoxes = Method<ClippingShapes<BoxPrimitive>, SceneModel>("add-clipping-boxes")

    /// Cuts away what lies behind planes.
    public static let addClippingPlanes = Method<ClippingShapes<PlanePrimitive>, SceneModel>("add-clipping-planes")

    /// Cuts away what lies behind planes within boxes.
    public static let addClippingBoundedPlanes = Method<ClippingShapes<BoundedPlanePrimitive>, SceneModel>(
        "add-clipping-bounded-planes")

    /// Cuts away what lies behind one plane.
    ///
    /// The server calls it deprecated.
    public static let addClipPlane = Method<PlanePrimitive, SceneModel>("add-clip-plane", isDeprecated: true)

    /// Removes all that cuts, planes and others.
    ///
    /// The server calls it deprecated.
    public static let clearClipPlanes = Method<NoValue, NoValue>("clear-clip-planes", isDeprecated: true)

    /// Removes all that cuts, planes and others.
    public static let clearClippingGeometries = Method<NoValue, NoValue>("clear-clipping-geometries")
}
