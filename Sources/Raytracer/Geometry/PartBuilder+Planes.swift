// SPDX-License-Identifier: Apache-2.0
import CEmbree
import CShading
import Models

extension PartBuilder {
    /// Adds planes without end, which Embree does not know, as geometry that we intersect.
    mutating func addPlanes(_ planes: [Primitives.Plane]) throws(RaytracerError) {
        let geometry = try EmbreeGeometry.make(RTC_GEOMETRY_TYPE_USER)
        let coefficients = arena.allocate(Float.self, 4 * planes.count)
        for (i, plane) in planes.enumerated() {
            for c in 0..<4 { coefficients[4 * i + c] = plane.coefficients[c] }
        }
        rtcSetGeometryUserPrimitiveCount(geometry, UInt32(clamping: planes.count))
        rtcSetGeometryUserData(geometry, coefficients)
        rtcSetGeometryBoundsFunction(
            geometry,
            { arguments in
                guard let box = arguments?.pointee.bounds_o else { return }
                // As large as Embree allows.
                let end: Float = 1e18
                (box.pointee.lower_x, box.pointee.lower_y, box.pointee.lower_z) = (-end, -end, -end)
                (box.pointee.upper_x, box.pointee.upper_y, box.pointee.upper_z) = (end, end, end)
            }, nil)
        rtcSetGeometryIntersectFunction(geometry) { arguments in
            guard let a = arguments?.pointee, let rays = a.rayhit, let context = a.context else { return }
            PlaneIntersection.run(
                a.valid, UnsafeMutableRawPointer(rays), Int(a.N), a.geometryUserPtr, a.primID,
                hit: (a.geomID, context.pointee.instID))
        }
        rtcSetGeometryOccludedFunction(geometry) { arguments in
            guard let a = arguments?.pointee, let rays = a.ray else { return }
            PlaneIntersection.run(
                a.valid, UnsafeMutableRawPointer(rays), Int(a.N), a.geometryUserPtr, a.primID, hit: nil)
        }
        var fact = ShapeFacts()
        append(geometry, shapeWithColors(planes.map(\.color), &fact), fact)
    }
}

/// Where rays meet a plane.
private enum PlaneIntersection {
    /// Intersects some rays, given field after field as Embree's packets are, with one plane.
    ///
    /// - Parameter hit: geometry and instance to record; `nil` when only asked whether there is a hit.
    static func run(
        _ valid: UnsafeMutablePointer<Int32>?, _ rays: UnsafeMutableRawPointer, _ count: Int,
        _ data: UnsafeMutableRawPointer?, _ primitive: UInt32, hit: (geometry: UInt32, instance: UInt32)?
    ) {
        guard let valid, let data else { return }
        let plane = data.assumingMemoryBound(to: Float.self) + 4 * Int(primitive)
        let floats = rays.assumingMemoryBound(to: Float.self)
        let integers = rays.assumingMemoryBound(to: UInt32.self)
        for i in 0..<count where valid[i] != 0 {
            func field(_ k: Int) -> Int { k * count + i }
            let slope =
                plane[0] * floats[field(4)] + plane[1] * floats[field(5)] + plane[2] * floats[field(6)]
            let height =
                plane[0] * floats[field(0)] + plane[1] * floats[field(1)] + plane[2] * floats[field(2)]
            let t = (plane[3] - height) / slope
            guard t > floats[field(3)], t < floats[field(8)] else { continue }
            guard let hit else {
                floats[field(8)] = -.infinity
                continue
            }
            floats[field(8)] = t
            for c in 0..<3 { floats[field(12 + c)] = plane[c] }
            (floats[field(15)], floats[field(16)]) = (0, 0)
            integers[field(17)] = primitive
            integers[field(18)] = hit.geometry
            integers[field(19)] = hit.instance
        }
    }
}
