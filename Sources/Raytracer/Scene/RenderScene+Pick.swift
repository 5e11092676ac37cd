// SPDX-License-Identifier: Apache-2.0
import CShading
import Scene

extension RenderScene {
    /// What is seen at a point of the picture, or `nil` where nothing is, as for a camera that cannot look anywhere.
    ///
    /// Volumes are looked through, as Brayns does: they have no place that is theirs.
    ///
    /// - Parameters:
    ///   - aspect: width over height of the picture.
    ///   - position: 0…1; what the camera's region makes of it is what a pixel there shows, so that with the default
    ///     region (0, 0) is the upper left corner.
    public func pick(_ camera: CameraSettings, aspect: Double, position: SIMD2<Double>) -> PickResult? {
        guard let record = try? camera.record(aspect: aspect) else { return nil }
        var frame = frame(seenBy: record, packetWidth: EmbreeDevice.shared.packetWidth)
        let scratch = UnsafeMutableRawPointer.allocate(byteCount: Int(SHADING_SCRATCH_BYTES), alignment: 64)
        defer { scratch.deallocate() }
        scratch.initializeMemory(as: UInt8.self, repeating: 0, count: Int(SHADING_SCRATCH_BYTES))
        let found = ShadingKernels.current.table.pick(&frame, scratch, Float(position.x), Float(position.y))
        guard found.is_hit != 0 else { return nil }
        let owner = isSingle ? 0 : Int(found.instance)
        guard owners.indices.contains(owner) else { return nil }
        let shape = records[owner].shapes[Int(found.geometry)]
        return PickResult(
            modelID: instances[owners[owner]].modelID,
            position: Vector3(Double(found.x), Double(found.y), Double(found.z)),
            primitive: Int(found.primitive / max(1, shape.primitives_per_color)))
    }
}

/// What `RenderScene.pick` found.
public struct PickResult: Hashable, Sendable {
    /// `RenderInstance.modelID` of what was hit.
    public var modelID: Int
    /// Where, in world coordinates.
    public var position: Vector3
    /// Index of the triangle or shape among those of its mesh or kind.
    public var primitive: Int

    public init(modelID: Int, position: Vector3, primitive: Int) {
        (self.modelID, self.position, self.primitive) = (modelID, position, primitive)
    }
}
