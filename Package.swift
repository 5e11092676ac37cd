// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

// MARK: Flags, in one place

/// What every Swift target is built with.
let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]
/// Inner loops over raw pointers whose bounds their callers have checked.
let unchecked: [SwiftSetting] = [.unsafeFlags(["-Ounchecked"], .when(configuration: .release))]

#if arch(x86_64)
    let v3: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v3"])]
    let v4: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v4"])]
#else
    let v3: [SwiftSetting] = []
    let v4: [SwiftSetting] = []
#endif

// MARK: C libraries of the system, each with the Debian package that brings it

let systemLibraries: [(name: String, pkgConfig: String?, apt: String)] = [
    ("CLibPNG", "libpng", "libpng-dev"),
    ("CZlib", "zlib", "zlib1g-dev"),
    ("CDeflate", "libdeflate", "libdeflate-dev"),
    ("CTurboJPEG", "libturbojpeg", "libturbojpeg0-dev"),
    ("CLibWebSockets", "libwebsockets", "libwebsockets-dev"),
    ("CEmbree", nil, "libembree-dev"),
    ("CAssimp", nil, "libassimp-dev"),
    ("CHDF5", nil, "libhdf5-dev"),
    ("CEXR", nil, "libopenexr-dev"),
    ("CVulkan", nil, "libvulkan-dev"),
]

// MARK: Our own targets

/// One row of the house: a room and the rooms it may know.
struct Room {
    var name: String
    var imports: [String] = []
    var products: [(name: String, package: String)] = []
    var extra: [SwiftSetting] = []
    /// Files that the target carries as bytes.
    var embedded: [String] = []
    /// What makes some of its sources.
    var plugins: [String] = []
    var isTested = true
    /// Rooms that only its tests know.
    var testImports: [String] = []
}

let log = (name: "Logging", package: "swift-log")
let yams = (name: "Yams", package: "Yams")
let arguments = (name: "ArgumentParser", package: "swift-argument-parser")
let httpClient = (name: "AsyncHTTPClient", package: "async-http-client")
let server = ["Hummingbird", "HummingbirdTLS"].map { (name: $0, package: "hummingbird") }
let database = (name: "GRDB", package: "GRDB.swift")
let lifecycle = (name: "ServiceLifecycle", package: "swift-service-lifecycle")
let httpTypes = (name: "HTTPTypes", package: "swift-http-types")
let crypto = (name: "Crypto", package: "swift-crypto")
let tls = (name: "NIOSSL", package: "swift-nio-ssl")
let nio = ["NIOCore", "NIOPosix", "NIOHTTP1"].map { (name: $0, package: "swift-nio") }

/// C code of our own: shims that keep what Swift cannot say.
let cTargets: [(name: String, imports: [String])] = [
    ("CVector", []),
    ("CShading", []),
    ("CPNGShim", ["CLibPNG", "CZlib"]),
    ("CWebSocketShim", ["CLibWebSockets"]),
    ("CSystemShim", []),
    ("CLateLibrary", []),
    ("CAssimpShim", ["CAssimp", "CLateLibrary"]),
    ("CHDF5Shim", ["CHDF5", "CLateLibrary"]),
    ("CEXRShim", ["CEXR", "CLateLibrary"]),
    ("CVulkanShim", ["CVulkan", "CLateLibrary"]),
]

/// One source folder in three builds; the baseline sorts first, so that a weak symbol which the
/// builds share is always the baseline's.
let kernels: [Room] = [
    Room(name: "KernelsBase", imports: ["CVector"], extra: unchecked, isTested: false),
    Room(name: "KernelsV3", imports: ["CVector"], extra: unchecked + v3, isTested: false),
    Room(name: "KernelsV4", imports: ["CVector"], extra: unchecked + v4, isTested: false),
    Room(name: "ShadingBase", imports: ["CShading", "CEmbree"], extra: unchecked, isTested: false),
    Room(name: "ShadingV3", imports: ["CShading", "CEmbree"], extra: unchecked + v3, isTested: false),
    Room(name: "ShadingV4", imports: ["CShading", "CEmbree"], extra: unchecked + v4, isTested: false),
]

let rooms: [Room] = [
    Room(name: "JSONRPC"),
    Room(name: "Scene"),
    Room(
        name: "ImageCore", imports: ["CVector", "KernelsBase", "KernelsV3", "KernelsV4"],
        extra: [.enableExperimentalFeature("Lifetimes")]),
    Room(name: "Compute", imports: ["ImageCore", "CVulkan", "CVulkanShim"], plugins: ["CompileShaders"]),
    Room(name: "Codecs", imports: ["ImageCore", "CVector", "CPNGShim", "CZlib", "CDeflate", "CTurboJPEG", "CEXRShim"]),
    Room(name: "WebSocket", imports: ["JSONRPC", "CWebSocketShim", "CLibWebSockets"]),
    Room(name: "Models", imports: ["Scene", "CAssimp", "CAssimpShim", "CHDF5", "CHDF5Shim", "CDeflate"]),
    Room(name: "Conversion", imports: ["Models", "Scene", "JSONRPC"]),
    Room(
        name: "Raytracer",
        imports: [
            "Models", "Scene", "ImageCore", "CEmbree", "CShading", "ShadingBase", "ShadingV3", "ShadingV4",
        ],
        testImports: ["Codecs"]),
    Room(name: "Brayns", imports: ["JSONRPC", "Scene", "WebSocket"]),
    Room(
        name: "BraynsServer",
        imports: [
            "Raytracer", "Models", "Scene", "ImageCore", "Codecs", "JSONRPC", "WebSocket", "CSystemShim",
        ],
        products: [log]),
    Room(name: "Film"),
    Room(
        name: "Jobs", imports: ["Stores", "Film", "Scene", "ImageCore", "Codecs", "JSONRPC", "CSystemShim"],
        products: [yams, log, crypto]),
    Room(
        name: "Rendering",
        imports: ["Jobs", "Brayns", "WebSocket", "JSONRPC", "Scene", "Models", "CSystemShim"],
        products: [log],
        embedded: ["stage", "glb", "lights", "shapes", "surfaces"].map { "Stages/Flattener/\($0).py" },
        testImports: ["Codecs", "ImageCore"]),
    Room(
        name: "Diagnostics",
        imports: [
            "Compute", "Rendering", "Jobs", "Brayns", "WebSocket", "JSONRPC", "Scene", "ImageCore", "Codecs", "Models",
        ]),
    Room(
        name: "Bench",
        imports: [
            "Compute", "Diagnostics", "Rendering", "Jobs", "Brayns", "WebSocket", "JSONRPC", "Scene", "ImageCore",
            "Codecs", "Models",
        ],
        products: [log]),
    Room(
        name: "HTTPService", imports: ["JSONRPC"], products: [httpClient, httpTypes, log, tls] + nio,
        testImports: ["HTTPFixtures"]),
    Room(
        name: "AzureIdentity", imports: ["HTTPService", "JSONRPC"], products: [httpTypes, log],
        testImports: ["HTTPFixtures"]),
    Room(name: "Stores"),
    Room(
        name: "S3Storage", imports: ["HTTPService"], products: [httpTypes, log, crypto],
        testImports: ["HTTPFixtures", "JSONRPC"]),
    Room(
        name: "BlobStorage", imports: ["HTTPService", "AzureIdentity"], products: [httpTypes, log, crypto],
        testImports: ["HTTPFixtures", "JSONRPC"]),
    Room(
        name: "CloudStores", imports: ["Stores", "S3Storage", "BlobStorage", "AzureIdentity", "HTTPService"],
        products: [log], testImports: ["HTTPFixtures", "JSONRPC"]),
    Room(
        name: "RemoteRendering", imports: ["HTTPService", "AzureIdentity"], products: [httpTypes, log],
        testImports: ["HTTPFixtures", "JSONRPC"]),
    Room(
        name: "DatarheiCore", imports: ["HTTPService", "JSONRPC", "Film"], products: [httpTypes, log],
        testImports: ["HTTPFixtures", "CoreFixtures"]),
    Room(
        name: "OmniverseServices", imports: ["HTTPService", "JSONRPC"], products: [httpTypes, log],
        testImports: ["HTTPFixtures"]),
    Room(
        name: "Thumbnails", imports: ["Jobs", "Stores", "Scene", "Codecs", "HTTPService", "RemoteRendering"],
        testImports: ["BlobStorage", "CloudStores", "HTTPFixtures", "ImageCore"]),
    Room(
        name: "Service",
        imports: [
            "RemoteRendering", "OmniverseServices", "HTTPService", "AzureIdentity", "BlobStorage", "Rendering", "Jobs",
            "Conversion", "JSONRPC", "Scene", "Codecs", "ImageCore", "CZlib",
        ],
        products: server + [database, lifecycle, httpTypes, crypto, tls, log, (name: "NIOCore", package: "swift-nio")],
        testImports: ["HTTPFixtures", "WebSocket"]),
]

let executable = Room(
    name: "darkroom",
    imports: [
        "Jobs", "Rendering", "Brayns", "BraynsServer", "WebSocket", "JSONRPC", "Scene", "ImageCore", "Codecs",
        "Models", "Conversion", "Raytracer", "Compute", "Diagnostics", "Bench", "HTTPService", "AzureIdentity",
        "RemoteRendering", "BlobStorage", "Stores", "CloudStores", "OmniverseServices", "DatarheiCore", "Film",
        "Thumbnails", "Service",
    ],
    products: [arguments, log])

/// Programs that write sources of the repository: `make generate`.
let generators = [Room(name: "BraynsGenerator", imports: ["JSONRPC"])]

func dependencies(_ room: Room) -> [Target.Dependency] {
    room.imports.map { .target(name: $0) } + room.products.map { .product(name: $0.name, package: $0.package) }
}

var targets: [Target] = systemLibraries.map {
    .systemLibrary(name: $0.name, pkgConfig: $0.pkgConfig, providers: [.apt([$0.apt])])
}
// Frames of asynchronous functions are asked for through `Sources/CSystemShim/AsyncFrames.c`, which says why.
let wider: [LinkerSetting] = [
    .unsafeFlags(["-Xlinker", "--wrap=swift_task_alloc"], .when(platforms: [.linux]))
]
targets += cTargets.map {
    .target(
        name: $0.name, dependencies: $0.imports.map { .target(name: $0) },
        linkerSettings: $0.name == "CSystemShim" ? wider : [])
}
targets += (kernels + rooms).map {
    .target(
        name: $0.name, dependencies: dependencies($0), resources: $0.embedded.map { .embedInCode($0) },
        swiftSettings: house + $0.extra, plugins: $0.plugins.map { .plugin(name: $0) })
}
// SPIR-V of `Shaders/`.
targets.append(.plugin(name: "CompileShaders", capability: .buildTool()))
targets.append(
    .executableTarget(name: executable.name, dependencies: dependencies(executable), swiftSettings: house))
targets += generators.map {
    .executableTarget(name: $0.name, dependencies: dependencies($0), swiftSettings: house)
}

// MARK: Tests

targets.append(
    .target(
        name: "TestFixtures", dependencies: ["JSONRPC"], path: "Tests/TestFixtures", swiftSettings: house))
targets.append(
    .target(
        name: "HTTPFixtures",
        dependencies: ["HTTPService", "JSONRPC", "TestFixtures"]
            + ([httpTypes, log, tls, crypto] + nio).map { .product(name: $0.name, package: $0.package) },
        path: "Tests/HTTPFixtures", swiftSettings: house))
targets.append(
    .target(
        name: "CoreFixtures",
        dependencies: ["HTTPFixtures", "HTTPService", "JSONRPC"]
            + [httpTypes].map { .product(name: $0.name, package: $0.package) },
        path: "Tests/CoreFixtures", swiftSettings: house))
targets += (rooms + generators).filter(\.isTested).map { room in
    .testTarget(
        name: "\(room.name)Tests",
        dependencies: [.target(name: room.name), .target(name: "TestFixtures")] + dependencies(room)
            + room.testImports.map { .target(name: $0) },
        swiftSettings: house)
}
targets.append(
    .testTarget(
        name: "CommandLineTests",
        dependencies: ["darkroom", "TestFixtures", "CoreFixtures", "HTTPFixtures"].map { .target(name: $0) }
            + dependencies(executable),
        swiftSettings: house))

// libFuzzer over the decoders: `make fuzz`. Only on demand, since it links only under a sanitizer.
if Context.environment["DARKROOM_FUZZ"] == "1" {
    targets.append(
        .executableTarget(
            name: "FuzzDecoders", dependencies: ["Codecs", "ImageCore"], path: "Tests/Fuzz",
            swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]))
}

let package = Package(
    name: "darkroom",
    products: [
        .executable(name: "darkroom", targets: ["darkroom"]),
        .library(
            name: "Darkroom",
            targets: ["Scene", "JSONRPC", "ImageCore", "Codecs", "WebSocket", "Brayns", "Stores", "Jobs", "Rendering"]),
        // Parts of it for who needs no backend; what Benchmarks/ measures.
        .library(name: "DarkroomImage", targets: ["ImageCore", "Codecs"]),
        .library(name: "DarkroomRaytracer", targets: ["Scene", "Models", "Raytracer"]),
        .library(
            name: "DarkroomServices",
            targets: [
                "HTTPService", "AzureIdentity", "RemoteRendering", "BlobStorage", "S3Storage", "CloudStores",
                "DatarheiCore",
            ]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
