// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A C library as the dynamic linker found it: what really runs, not what the program was built with.
public struct LinkedLibrary: Sendable, Hashable, Codable {
    /// The library's usual name.
    public var name: String
    /// Its Debian package.
    public var package: String
    /// The version it tells; `nil` for one that has no call for it.
    public var version: String?
    /// The file it was loaded from; `nil` when it is not loaded.
    public var file: String?

    /// Whether the library is there.
    public var isPresent: Bool { file != nil }

    /// Looks at every C library that the program stands on.
    public static func all() -> [LinkedLibrary] {
        [
            library("libpng", "libpng16-16", symbol: "png_get_libpng_ver", version: textOfNull),
            library("zlib", "zlib1g", symbol: "zlibVersion", version: textOfVoid),
            library("libdeflate", "libdeflate0", symbol: "libdeflate_alloc_compressor"),
            library("libjpeg-turbo", "libturbojpeg0", symbol: "tjInitCompress"),
            library("libwebsockets", "libwebsockets17", symbol: "lws_get_library_version", version: textOfVoid),
            library("Embree", "libembree3-3", symbol: "rtcNewDevice", version: embreeVersion),
            library("Assimp", "libassimp5", files: ["libassimp.so.5"], symbol: "aiGetVersionMajor", assimpVersion),
            library(
                "HDF5", "libhdf5-103-1", files: ["libhdf5_serial.so.103", "libhdf5.so.103"], symbol: "H5get_libversion",
                hdf5Version),
            library(
                "OpenEXR", "libopenexr-3-1-30", files: ["libOpenEXRCore-3_1.so.30"], symbol: "exr_get_library_version",
                openEXRVersion),
        ]
    }

    /// A library that the program loads when a model first needs it.
    private static func library(
        _ name: String, _ package: String, files: [String], symbol: String,
        _ version: (_ library: UnsafeMutableRawPointer, _ symbol: UnsafeMutableRawPointer) -> String?
    ) -> LinkedLibrary {
        guard let handle = files.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first,
            let address = dlsym(handle, symbol)
        else {
            return LinkedLibrary(name: name, package: package)
        }
        return LinkedLibrary(
            name: name, package: package, version: version(handle, address), file: self.file(of: address))
    }

    private static func library(
        _ name: String, _ package: String, symbol: String,
        version: (UnsafeMutableRawPointer) -> String? = { _ in nil }
    ) -> LinkedLibrary {
        guard let address = dlsym(nil, symbol) else { return LinkedLibrary(name: name, package: package) }
        return LinkedLibrary(name: name, package: package, version: version(address), file: file(of: address))
    }

    /// The mapped file that holds an address; `dladdr` would need a GNU declaration that Swift does not see.
    static func file(of address: UnsafeMutableRawPointer, maps: String? = nil) -> String? {
        let wanted = UInt(bitPattern: address)
        let maps = maps ?? MachineFacts.text("/proc/self/maps") ?? ""
        for line in maps.split(separator: "\n") {
            // Address range, permissions, offset, device, inode, file.
            let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
            guard fields.count == 6, let range = fields.first?.split(separator: "-"), range.count == 2,
                let first = UInt(range[0], radix: 16), let end = UInt(range[1], radix: 16),
                first <= wanted, wanted < end
            else { continue }
            return fields[5].trimmingCharacters(in: .whitespaces)
        }
        return nil
    }

    private static func textOfVoid(_ address: UnsafeMutableRawPointer) -> String? {
        typealias Call = @convention(c) () -> UnsafePointer<CChar>?
        return unsafeBitCast(address, to: Call.self)().map { String(cString: $0) }
    }

    private static func textOfNull(_ address: UnsafeMutableRawPointer) -> String? {
        typealias Call = @convention(c) (UnsafeRawPointer?) -> UnsafePointer<CChar>?
        return unsafeBitCast(address, to: Call.self)(nil).map { String(cString: $0) }
    }

    private static func assimpVersion(_ library: UnsafeMutableRawPointer, _: UnsafeMutableRawPointer) -> String? {
        typealias Call = @convention(c) () -> UInt32
        let symbols = ["aiGetVersionMajor", "aiGetVersionMinor", "aiGetVersionPatch"]
        let parts = symbols.compactMap { (symbol: String) -> String? in
            dlsym(library, symbol).map { String(unsafeBitCast($0, to: Call.self)()) }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ".")
    }

    private static func hdf5Version(_: UnsafeMutableRawPointer, _ address: UnsafeMutableRawPointer) -> String? {
        typealias Number = UnsafeMutablePointer<UInt32>
        typealias Call = @convention(c) (Number, Number, Number) -> Int32
        var (major, minor, release) = (UInt32(0), UInt32(0), UInt32(0))
        guard unsafeBitCast(address, to: Call.self)(&major, &minor, &release) >= 0 else { return nil }
        return "\(major).\(minor).\(release)"
    }

    private static func openEXRVersion(_: UnsafeMutableRawPointer, _ address: UnsafeMutableRawPointer) -> String? {
        typealias Number = UnsafeMutablePointer<Int32>
        typealias Call = @convention(c) (Number, Number, Number, UnsafeMutablePointer<UnsafePointer<CChar>?>) -> Void
        var (major, minor, patch) = (Int32(0), Int32(0), Int32(0))
        var extra: UnsafePointer<CChar>?
        unsafeBitCast(address, to: Call.self)(&major, &minor, &patch, &extra)
        return "\(major).\(minor).\(patch)"
    }

    private static func embreeVersion(_ address: UnsafeMutableRawPointer) -> String? {
        typealias Create = @convention(c) (UnsafePointer<CChar>?) -> OpaquePointer?
        typealias Property = @convention(c) (OpaquePointer?, UInt32) -> Int
        typealias Release = @convention(c) (OpaquePointer?) -> Void
        guard let property = dlsym(nil, "rtcGetDeviceProperty"), let release = dlsym(nil, "rtcReleaseDevice"),
            let device = unsafeBitCast(address, to: Create.self)("threads=1")
        else { return nil }
        // Property 0 is the version as major * 10000 + minor * 100 + patch.
        let number = unsafeBitCast(property, to: Property.self)(device, 0)
        unsafeBitCast(release, to: Release.self)(device)
        return "\(number / 10000).\(number / 100 % 100).\(number % 100)"
    }
}
