// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes

extension BlobServer {
    /// Carries out a request that may be carried out.
    static func carryOut(_ request: FakeTransport.Request, _ target: Target, _ state: inout State)
        -> LoopbackServer.Answer
    {
        switch (request.method, target.query["comp"]) {
        case ("GET", "list"): return list(target, state)
        case ("GET", "blocklist"): return listBlocks(target, state)
        case ("PUT", "block"): return putBlock(request, target, &state)
        case ("PUT", _): return put(request, target, &state)
        case ("GET", nil), ("HEAD", nil): return get(request, target, state)
        case ("DELETE", nil):
            guard state.blobs.removeValue(forKey: target.blob) != nil else { return notFound }
            return LoopbackServer.Answer(202)
        default: return refusal(400, "UnsupportedHttpVerb", "Not known here.")
        }
    }

    private static let notFound = refusal(404, "BlobNotFound", "The specified blob does not exist.")

    private static func putBlock(
        _ request: FakeTransport.Request, _ target: Target, _ state: inout State
    ) -> LoopbackServer.Answer {
        let identifier = target.query["blockid"] ?? ""
        let others = state.blocks[target.blob] ?? [:]
        guard Data(base64Encoded: identifier) != nil, others.keys.allSatisfy({ $0.count == identifier.count }) else {
            return refusal(400, "InvalidBlobOrBlock", "The specified block id is invalid.")
        }
        state.blocks[target.blob, default: [:]][identifier] = request.body
        return LoopbackServer.Answer(201)
    }

    private static func listBlocks(_ target: Target, _ state: State) -> LoopbackServer.Answer {
        guard let blocks = state.blocks[target.blob] else { return notFound }
        let items = blocks.sorted { $0.key < $1.key }.map { name, bytes in
            "<Block><Name>\(name)</Name><Size>\(bytes.count)</Size></Block>"
        }
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList><UncommittedBlocks>\(items.joined())"
            + "</UncommittedBlocks></BlockList>"
        return LoopbackServer.Answer(200, headers: [("Content-Type", "application/xml")], body: Array(text.utf8))
    }

    private static func put(
        _ request: FakeTransport.Request, _ target: Target, _ state: inout State
    ) -> LoopbackServer.Answer {
        let old = state.blobs[target.blob]
        if request.header("If-None-Match") == "*", old != nil {
            return refusal(409, "BlobAlreadyExists", "The specified blob already exists.")
        }
        if let etag = request.header("If-Match"), etag != old?.etag {
            return refusal(412, "ConditionNotMet", "The condition specified was not met.")
        }
        var bytes = request.body
        if target.query["comp"] == "blocklist" {
            // "Latest" is a block that waits, or else one that the blob is made of: so a list can be sent twice.
            let there = (state.committed[target.blob] ?? [:]).merging(state.blocks[target.blob] ?? [:]) { $1 }
            let named = request.text.split(separator: "<Latest>").dropFirst().map {
                String($0.prefix { $0 != "<" })
            }
            let found = named.compactMap { there[$0] }
            guard found.count == named.count, !named.isEmpty else {
                return refusal(400, "InvalidBlockList", "The specified block list is invalid.")
            }
            bytes = Array(found.joined())
            state.blocks[target.blob] = nil
            state.committed[target.blob] = there.filter { named.contains($0.key) }
        } else if request.header("x-ms-blob-type") != "BlockBlob" {
            return refusal(400, "MissingRequiredHeader", "x-ms-blob-type")
        } else {
            state.committed[target.blob] = nil
        }
        state.versions += 1
        var metadata: [String: String] = [:]
        for field in request.head.headerFields where field.name.canonicalName.hasPrefix("x-ms-meta-") {
            metadata[field.name.canonicalName] = field.value
        }
        let blob = Blob(
            bytes: bytes, etag: "\"0x\(state.versions)\"",
            contentType: request.header("x-ms-blob-content-type") ?? "application/octet-stream", metadata: metadata)
        state.blobs[target.blob] = blob
        return LoopbackServer.Answer(201, headers: headers(of: blob))
    }

    private static func headers(of blob: Blob) -> [(name: String, value: String)] {
        [("ETag", blob.etag), ("Last-Modified", "Fri, 15 Jan 2027 08:00:00 GMT")]
            + blob.metadata.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value) }
    }

    private static func get(
        _ request: FakeTransport.Request, _ target: Target, _ state: State
    ) -> LoopbackServer.Answer {
        guard let blob = state.blobs[target.blob] else { return notFound }
        if let etag = request.header("If-Match"), etag != blob.etag {
            return refusal(412, "ConditionNotMet", "The condition specified was not met.")
        }
        var headers = headers(of: blob) + [("Content-Type", blob.contentType), ("x-ms-blob-type", "BlockBlob")]
        if request.method == "HEAD" {
            return LoopbackServer.Answer(200, headers: headers + [("Content-Length", "\(blob.bytes.count)")])
        }
        guard let range = request.header("x-ms-range") ?? request.header("Range") else {
            return LoopbackServer.Answer(200, headers: headers, body: blob.bytes)
        }
        let ends = range.dropFirst("bytes=".count).split(separator: "-").compactMap { Int($0) }
        guard let first = ends.first, first < blob.bytes.count else {
            return refusal(416, "InvalidRange", "The range specified is invalid.")
        }
        let last = min(ends.count > 1 ? ends[1] : .max, blob.bytes.count - 1)
        headers.append(("Content-Range", "bytes \(first)-\(last)/\(blob.bytes.count)"))
        return LoopbackServer.Answer(206, headers: headers, body: Array(blob.bytes[first...last]))
    }

    private static func list(_ target: Target, _ state: State) -> LoopbackServer.Answer {
        let most = target.query["maxresults"].flatMap { Int($0) } ?? 5000
        let names = state.blobs.keys.filter { $0.hasPrefix(target.query["prefix"] ?? "") }.sorted()
            .filter { name in target.query["marker"].map { name > $0 } ?? true }
        func safe(_ text: String) -> String { text.replacing("&", with: "&amp;").replacing("<", with: "&lt;") }
        let items = names.prefix(most).map { name in
            """
            <Blob><Name>\(safe(name))</Name><Properties><Last-Modified>Fri, 15 Jan 2027 08:00:00 GMT</Last-Modified>\
            <Etag>0x1</Etag><Content-Length>\(state.blobs[name]?.bytes.count ?? 0)</Content-Length>\
            <Content-Type>image/png</Content-Type><BlobType>BlockBlob</BlobType></Properties></Blob>
            """
        }
        let marker = names.count > most ? names[most - 1] : ""
        let text =
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults ContainerName=\"\(container)\"><Blobs>"
            + "\(items.joined())</Blobs><NextMarker>\(safe(marker))</NextMarker></EnumerationResults>"
        return LoopbackServer.Answer(200, headers: [("Content-Type", "application/xml")], body: Array(text.utf8))
    }
}
