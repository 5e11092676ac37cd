// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Scene

extension BraynsInstance {
    /// Adds coloured shapes of one kind as one model.
    @discardableResult
    public func add<Shape: Primitive>(_ shapes: [ColoredPrimitive<Shape>]) async throws -> SceneModel {
        try await call("add-\(Shape.braynsName)", shapes, as: SceneModel.self)
    }

    /// Cuts everything away that lies inside shapes of one kind, or outside with `invertsNormals`.
    @discardableResult
    public func addClipping<Shape: Primitive>(_ shapes: [Shape], invertsNormals: Bool = false) async throws
        -> SceneModel
    {
        let params = ClippingShapes(shapes, invertNormals: invertsNormals)
        return try await call("add-clipping-\(Shape.braynsName)", params, as: SceneModel.self)
    }

    /// Cuts everything away on one side of a plane.
    @discardableResult
    public func addClipPlane(_ plane: PlanePrimitive) async throws -> SceneModel {
        try await call(Methods.addClipPlane, plane)
    }

    /// Removes all that cuts, as `clearClippingGeometries` does; for servers that lack that.
    public func clearClipPlanes() async throws { try await call(Methods.clearClipPlanes) }

    /// Removes all that cuts, planes too.
    public func clearClippingGeometries() async throws { try await call(Methods.clearClippingGeometries) }
}
