// SPDX-License-Identifier: Apache-2.0
import CHDF5
import CHDF5Shim
import Synchronization

/// An HDF5 file that is open for reading.
///
/// The library may be in one thread only, so all that is read goes through one lock.
final class HDF5File: Sendable {
    private static let library = Mutex(())
    private let file: hid_t
    /// What messages call the file.
    let shown: String

    /// Opens a file.
    ///
    /// - Throws: `ModelError` with `.corrupt` when it is no HDF5 file, `.unsupportedFeature` when the library is not there.
    init(_ path: String, shown: String) throws(ModelError) {
        self.shown = shown
        if let cause = chdf5_load() {
            throw ModelError(
                .unsupportedFeature, "HDF5, which reads \(shown), cannot be loaded: \(String(cString: cause))")
        }
        file = Self.library.withLock { _ in chdf5_open_file(path) }
        guard file >= 0 else { throw ModelError(.corrupt, "\(shown) is not an HDF5 file.") }
    }

    deinit {
        _ = Self.library.withLock { _ in H5Fclose(file) }
    }

    /// Whether there is a group or data set of a path.
    func has(_ path: String) -> Bool {
        Self.library.withLock { _ in
            var part = ""
            for name in path.split(separator: "/") {
                part += "/" + name
                guard H5Lexists(file, part, 0) > 0 else { return false }
            }
            return H5Oexists_by_name(file, path, 0) > 0
        }
    }

    /// The names of a group's members, sorted.
    func members(_ path: String) throws(ModelError) -> [String] {
        let names: [String]? = Self.library.withLock { _ in
            let group = H5Gopen2(file, path, 0)
            guard group >= 0 else { return nil }
            defer { H5Gclose(group) }
            var info = H5G_info_t()
            guard H5Gget_info(group, &info) >= 0 else { return nil }
            return (0..<info.nlinks).compactMap { Self.name(in: group, at: $0) }
        }
        guard let names else { throw missing(path) }
        return names
    }

    private static func name(in group: hid_t, at place: hsize_t) -> String? {
        let length = H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, place, nil, 0, 0)
        guard length > 0 else { return nil }
        var bytes = [CChar](repeating: 0, count: length + 1)
        H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, place, &bytes, length + 1, 0)
        return String(decoding: bytes.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// How many entries a data set has along each axis.
    func shape(_ path: String) throws(ModelError) -> [Int] {
        try dataSet(path) { set in Self.extent(of: set) }
    }

    func floats(_ path: String) throws(ModelError) -> [Float] { try values(path, chdf5_float(), filler: 0) }
    func doubles(_ path: String) throws(ModelError) -> [Double] { try values(path, chdf5_double(), filler: 0) }
    func integers(_ path: String) throws(ModelError) -> [Int64] { try values(path, chdf5_int64(), filler: 0) }

    /// One row of a table of numbers.
    func floats(_ path: String, row: Int) throws(ModelError) -> [Float] {
        try dataSet(path) { set in
            let extent = Self.extent(of: set)
            guard extent.count == 2, row >= 0, row < extent[0], extent[1] > 0 else { return nil }
            let space = H5Dget_space(set)
            defer { H5Sclose(space) }
            let start = [hsize_t(row), 0]
            let count = [1, hsize_t(extent[1])]
            guard H5Sselect_hyperslab(space, H5S_SELECT_SET, start, nil, count, nil) >= 0 else { return nil }
            let memory = H5Screate_simple(1, [hsize_t(extent[1])], nil)
            defer { H5Sclose(memory) }
            var result = [Float](repeating: 0, count: extent[1])
            return H5Dread(set, chdf5_float(), memory, space, 0, &result) >= 0 ? result : nil
        }
    }

    /// Texts of fixed or free length.
    func strings(_ path: String) throws(ModelError) -> [String] {
        try dataSet(path) { set in
            let type = H5Dget_type(set)
            defer { H5Tclose(type) }
            guard H5Tget_class(type) == H5T_STRING, let count = Self.count(of: set) else { return nil }
            return H5Tis_variable_str(type) > 0
                ? Self.freeStrings(set, type, count) : Self.fixedStrings(set, type, count)
        }
    }

    /// The text of a data set's attribute, `nil` when there is none.
    func text(attribute name: String, of path: String) -> String? {
        Self.library.withLock { _ in
            let attribute = H5Aopen_by_name(file, path, name, 0, 0)
            guard attribute >= 0 else { return nil }
            defer { H5Aclose(attribute) }
            let type = H5Aget_type(attribute)
            defer { H5Tclose(type) }
            guard H5Tget_class(type) == H5T_STRING else { return nil }
            if H5Tis_variable_str(type) > 0 {
                var pointer: UnsafeMutablePointer<CChar>?
                guard H5Aread(attribute, type, &pointer) >= 0, let pointer else { return nil }
                defer { H5free_memory(pointer) }
                return String(cString: pointer)
            }
            var bytes = [UInt8](repeating: 0, count: H5Tget_size(type))
            guard H5Aread(attribute, type, &bytes) >= 0 else { return nil }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    // MARK: Within the lock

    private func values<Value: Sendable & BitwiseCopyable>(
        _ path: String, _ type: hid_t, filler: Value
    ) throws(ModelError) -> [Value] {
        try dataSet(path) { set in
            guard let count = Self.count(of: set) else { return nil }
            var result = [Value](repeating: filler, count: count)
            guard count > 0 else { return result }
            return H5Dread(set, type, 0, 0, 0, &result) >= 0 ? result : nil
        }
    }

    private func dataSet<Value: Sendable>(
        _ path: String, _ body: (hid_t) -> Value?
    ) throws(ModelError) -> Value {
        let result: Value? = Self.library.withLock { _ in
            let set = H5Dopen2(file, path, 0)
            guard set >= 0 else { return nil }
            defer { H5Dclose(set) }
            return body(set)
        }
        guard let result else { throw missing(path) }
        return result
    }

    private func missing(_ path: String) -> ModelError {
        ModelError(.corrupt, "\(shown) has no \(path) that can be read.")
    }

    private static func extent(of set: hid_t) -> [Int] {
        let space = H5Dget_space(set)
        defer { H5Sclose(space) }
        let rank = H5Sget_simple_extent_ndims(space)
        guard rank > 0 else { return [] }
        var sizes = [hsize_t](repeating: 0, count: Int(rank))
        H5Sget_simple_extent_dims(space, &sizes, nil)
        return sizes.map { Int(clamping: $0) }
    }

    /// A file can claim more entries than it holds bytes for; a billion is beyond anything that is drawn.
    private static func count(of set: hid_t) -> Int? {
        let most = 1 << 30
        return extent(of: set).reduce(1 as Int?) { product, size in
            guard let product, size == 0 || product <= most / size else { return nil }
            return product * size
        }
    }

    private static func fixedStrings(_ set: hid_t, _ type: hid_t, _ count: Int) -> [String]? {
        let size = H5Tget_size(type)
        guard size > 0, size < 1 << 16, count <= (1 << 30) / size else { return nil }
        var bytes = [UInt8](repeating: 0, count: max(1, count * size))
        guard H5Dread(set, type, 0, 0, 0, &bytes) >= 0 else { return nil }
        return (0..<count).map { place in
            String(decoding: bytes[place * size..<(place + 1) * size].prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    private static func freeStrings(_ set: hid_t, _ type: hid_t, _ count: Int) -> [String]? {
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: max(1, count))
        guard H5Dread(set, type, 0, 0, 0, &pointers) >= 0 else { return nil }
        defer { for pointer in pointers { H5free_memory(pointer) } }
        return pointers.prefix(count).map { $0.map { String(cString: $0) } ?? "" }
    }
}
