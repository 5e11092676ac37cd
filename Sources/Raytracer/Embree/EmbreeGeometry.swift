// SPDX-License-Identifier: Apache-2.0
import CEmbree

/// Makes Embree geometries and their buffers.
enum EmbreeGeometry {
    static func make(_ type: RTCGeometryType) throws(RaytracerError) -> RTCGeometry {
        guard let geometry = rtcNewGeometry(EmbreeDevice.shared.handle, type) else {
            try EmbreeDevice.shared.check("making a geometry")
            throw RaytracerError(.environment, "Embree made no geometry.")
        }
        return geometry
    }

    /// Lets a geometry use memory that outlives it.
    static func share(
        _ geometry: RTCGeometry, _ type: RTCBufferType, _ format: RTCFormat, _ memory: UnsafeRawPointer, stride: Int,
        count: Int
    ) {
        rtcSetSharedGeometryBuffer(geometry, type, 0, format, memory, 0, stride, count)
    }

    /// A buffer that the geometry owns; it lives as long as the geometry's scene.
    static func buffer<Element>(
        _ geometry: RTCGeometry, _ type: RTCBufferType, _ format: RTCFormat, stride: Int, count: Int,
        of: Element.Type
    ) throws(RaytracerError) -> UnsafeMutablePointer<Element> {
        guard let memory = rtcSetNewGeometryBuffer(geometry, type, 0, format, stride, max(count, 1)) else {
            try EmbreeDevice.shared.check("allocating \(count) elements of geometry")
            throw RaytracerError(.limits, "No memory for \(count) elements of geometry.")
        }
        return memory.bindMemory(to: Element.self, capacity: count * stride / MemoryLayout<Element>.stride)
    }
}
