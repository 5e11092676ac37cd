// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import Foundation
import PackageDescription

let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

// Peers get what their users would give them on this machine: all of its instructions.
var peerFlags = ["-O3", "-march=native"]
// A folder with stb_image_resize2.h, which Debian does not package.
if let folder = ProcessInfo.processInfo.environment["DARKROOM_STB"] { peerFlags += ["-I", folder] }

let package = Package(
    name: "darkroom-benchmarks",
    dependencies: [
        .package(name: "darkroom", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .target(
            name: "CPeers",
            cSettings: [.unsafeFlags(peerFlags)],
            linkerSettings: [
                .linkedLibrary("png16"), .linkedLibrary("turbojpeg"), .linkedLibrary("embree3"), .linkedLibrary("m"),
            ]),
        .target(name: "BenchmarkRows", swiftSettings: house),
        .executableTarget(
            name: "darkroom-benchmarks",
            dependencies: [
                "BenchmarkRows", "CPeers",
                .product(name: "DarkroomImage", package: "darkroom"),
                .product(name: "DarkroomRaytracer", package: "darkroom"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: house),
        .testTarget(name: "BenchmarkRowsTests", dependencies: ["BenchmarkRows"], swiftSettings: house),
    ],
    swiftLanguageModes: [.v6]
)
