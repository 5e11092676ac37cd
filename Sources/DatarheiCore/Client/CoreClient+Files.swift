// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import JSONRPC

/// The files of a Core.
///
/// A path is given as it is, with or without its leading slash; Core resolves `..` and double slashes within it.
extension CoreClient {
    /// The file systems, such as `disk` and `mem`.
    public func fileSystems() async throws -> [CoreFileSystem] {
        try await fetch(call(.get, ["fs"], purpose: "list its file systems"))
    }

    /// All files of a file system that a query fits, of all folders.
    public func files(in storage: String, _ query: CoreFileQuery = CoreFileQuery()) async throws -> [CoreFile] {
        try await fetch(call(.get, ["fs", storage], query: query.items, purpose: "list the files of \(storage)"))
    }

    /// Opens a file; its bytes come as they are read.
    ///
    /// - Throws: `ServiceError` with `.missing` when there is none.
    public func file(_ path: String, in storage: String) async throws -> CoreDownload {
        let response = try await open(fileCall(.get, path, storage, "send"))
        let fields = response.head.headerFields
        return CoreDownload(
            length: fields[.contentLength].flatMap { Int64($0) }, contentType: fields[.contentType],
            lastModified: fields[.lastModified].flatMap { HTTPDate.date($0) }, body: response.body)
    }

    /// Whether a file is there, without its bytes.
    public func hasFile(_ path: String, in storage: String) async throws -> Bool {
        var call = try fileCall(.head, path, storage, "look for")
        // A refusal of HEAD has no body to tell anything by.
        call.accepts = [404]
        return try await collect(call).status != 404
    }

    /// Writes a file of a Core into one of this machine, which is complete as soon as it is there.
    ///
    /// - Returns: how many bytes came.
    @discardableResult
    public func downloadFile(_ path: String, in storage: String, to place: String) async throws -> Int64 {
        let partial = place + ".part"
        guard FileManager.default.createFile(atPath: partial, contents: nil),
            let handle = FileHandle(forWritingAtPath: partial)
        else { throw ServiceError(.file, "\(partial) cannot be written.") }
        defer { unlink(partial) }
        var count: Int64 = 0
        do {
            let download = try await file(path, in: storage)
            for try await piece in download.body {
                try handle.write(contentsOf: piece)
                count += Int64(piece.count)
            }
            try handle.close()
        } catch let error as TransportError {
            throw ServiceError(.unreachable, "\(path) of \(endpoint) broke off: \(error.message).", underlying: error)
        } catch let error as CocoaError {
            throw ServiceError(.file, "\(partial) cannot be written: \(error.localizedDescription)", underlying: error)
        }
        guard rename(partial, place) == 0 else { throw ServiceError(.file, "\(place) cannot be written.") }
        return count
    }

    /// Puts a file in place of what may be there.
    ///
    /// On `disk` it is written where it stands, so that a reader may see half of it.
    /// - Returns: whether it is new.
    @discardableResult
    public func putFile(_ path: String, in storage: String, _ body: RequestBody) async throws -> Bool {
        var call = try fileCall(.put, path, storage, "store", body: body)
        call.headers[.contentType] = "application/octet-stream"
        return try await collect(call).status == 201
    }

    /// Removes a file.
    ///
    /// - Throws: `ServiceError` with `.missing` when there is none.
    public func deleteFile(_ path: String, in storage: String) async throws {
        do {
            try await collect(fileCall(.delete, path, storage, "remove"))
        } catch let error as ServiceError where error.code == .missing && error.tries > 1 {
            // An earlier try whose answer was lost has removed it.
        }
    }

    /// Removes all files that a query fits; since 16.20, where `deleteFilesOneByOne` does the same for all.
    ///
    /// - Returns: their names.
    public func deleteFiles(in storage: String, _ query: CoreFileQuery) async throws -> [String] {
        guard query.glob?.isEmpty == false else {
            throw ServiceError(.badArgument, "Say by a pattern which files to remove; /** are all of them.")
        }
        return try await fetch(
            call(.delete, ["fs", storage], query: query.items, purpose: "remove files of \(storage)"))
    }

    /// Lists the files that a query fits, and removes each; works with every version.
    ///
    /// - Returns: their names.
    @discardableResult
    public func deleteFilesOneByOne(in storage: String, _ query: CoreFileQuery) async throws -> [String] {
        let names = try await files(in: storage, query).map(\.name).filter { !$0.hasSuffix("/") }
        for name in names {
            do {
                try await deleteFile(name, in: storage)
            } catch let error as ServiceError where error.code == .missing {
                // Gone in the meantime, which is what was wanted.
            }
        }
        return names
    }

    /// Copies or moves a file between file systems; since 16.20.
    ///
    /// - Parameters: addresses such as `mem:///a/one.txt`.
    public func transferFile(_ operation: CoreFileOperation, from source: String, to target: String) async throws {
        let order: JSONValue = [
            "operation": .string(operation.rawValue), "source": .string(source), "target": .string(target),
        ]
        try await collect(
            call(
                .put, ["fs"], purpose: "\(operation.rawValue) \(source) to \(target)", body: body(order),
                isRepeatable: operation == .copy))
    }

    private func fileCall(
        _ method: HTTPRequest.Method, _ path: String, _ storage: String, _ verb: String, body: RequestBody = .none
    ) throws(ServiceError) -> ServiceRequest {
        let name = path.drop { $0 == "/" }
        guard !name.isEmpty, !storage.isEmpty else {
            throw ServiceError(.badArgument, "A file of a Core needs a path and the name of its file system.")
        }
        return request(
            method, "/api/v3/fs/\(PercentEncoding.segment(storage))/\(PercentEncoding.path(String(name)))",
            purpose: "\(verb) /\(name) of \(storage)", body: body)
    }
}
