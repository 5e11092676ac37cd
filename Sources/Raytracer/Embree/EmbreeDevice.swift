// SPDX-License-Identifier: Apache-2.0
import CEmbree
import Synchronization

/// The one Embree device of the process.
final class EmbreeDevice: @unchecked Sendable {
    // Sendable: Embree's devices may be used from all threads.

    let handle: RTCDevice?
    /// Rays that Embree takes at once on this processor.
    let packetWidth: UInt32

    static let shared = EmbreeDevice()

    private static let wishedThreads = Mutex<Int?>(nil)

    /// Says how many threads the device's pool is to have; heard until the device is made.
    static func wish(threads: Int?) { wishedThreads.withLock { $0 = $0 ?? threads } }

    private init() {
        let threads = Self.wishedThreads.withLock { $0 }
        handle = rtcNewDevice("set_affinity=0" + (threads.map { ",threads=\(max(1, $0))" } ?? ""))
        let wide = rtcGetDeviceProperty(handle, RTC_DEVICE_PROPERTY_NATIVE_RAY16_SUPPORTED) != 0
        let half = rtcGetDeviceProperty(handle, RTC_DEVICE_PROPERTY_NATIVE_RAY8_SUPPORTED) != 0
        packetWidth = wide ? 16 : half ? 8 : 4
    }

    deinit { rtcReleaseDevice(handle) }

    /// Throws what Embree has complained of on this thread since it was last asked.
    func check(_ doing: String) throws(RaytracerError) {
        guard handle != nil else {
            throw RaytracerError(.environment, "Embree could not be started: is libembree3 whole on this machine?")
        }
        let code = rtcGetDeviceError(handle)
        guard code != RTC_ERROR_NONE else { return }
        if code == RTC_ERROR_OUT_OF_MEMORY {
            throw RaytracerError(.limits, "Out of memory while \(doing); use fewer triangles or allow more memory.")
        }
        throw RaytracerError(.environment, "Embree failed with error \(code.rawValue) while \(doing).")
    }
}

/// An Embree scene and the right to it.
final class EmbreeScene: @unchecked Sendable {
    // Sendable: a committed scene is only read.

    let handle: RTCScene
    /// Whether triangles are sorted along a Morton curve instead of by the surface area heuristic.
    private let isQuick: Bool

    /// - Parameter isQuick: build in a quarter of the time what is traced a fifth slower.
    init(isQuick: Bool = false) throws(RaytracerError) {
        let device = EmbreeDevice.shared
        try device.check("starting up")
        guard let scene = rtcNewScene(device.handle) else {
            try device.check("making a scene")
            throw RaytracerError(.environment, "Embree made no scene.")
        }
        (handle, self.isQuick) = (scene, isQuick)
        if isQuick { rtcSetSceneBuildQuality(scene, RTC_BUILD_QUALITY_LOW) }
    }

    deinit { rtcReleaseScene(handle) }

    /// Hands a finished geometry over to the scene under the next number.
    func attach(_ geometry: RTCGeometry, id: Int) {
        if isQuick { rtcSetGeometryBuildQuality(geometry, RTC_BUILD_QUALITY_LOW) }
        rtcCommitGeometry(geometry)
        rtcAttachGeometryByID(handle, geometry, UInt32(truncatingIfNeeded: id))
        rtcReleaseGeometry(geometry)
    }

    func commit() throws(RaytracerError) {
        rtcCommitScene(handle)
        try EmbreeDevice.shared.check("building a bounding volume hierarchy")
    }
}
