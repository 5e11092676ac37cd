// SPDX-License-Identifier: Apache-2.0
import Foundation
import Jobs
import Stores

/// Brings a model here with the files that it names, and nothing else of its container.
struct AssetFetch {
    let container: any ObjectStore
    /// What names are below of; ends in a slash or is empty.
    let prefix: String
    /// The folder that stands for the prefix here.
    let folder: String
    /// The most bytes that all files may have together.
    let limit: Int64

    /// A model that is here.
    struct Fetched {
        var path: String
        /// What it was made from, with versions, as `ThumbnailMark.inputs` has it.
        var inputs: [String: String]
    }

    /// Models name libraries, which name pictures: deeper it does not go.
    private static let depth = 3

    /// - Parameter name: of the model below the prefix.
    /// - Throws: `ContainerProblem` when there is no such model, or more of it than the limit; what the container throws.
    func run(_ name: String) async throws -> Fetched {
        guard let state = try await container.look(at: prefix + name) else {
            throw ContainerProblem(message: "\(container.address)/\(prefix)\(name) is no longer there.")
        }
        var (inputs, left) = ([prefix + name: state.version], limit - state.length)
        guard left >= 0 else { throw tooLarge(name) }
        let path = try await bring(name)
        var (asked, all) = (Set([name]), [String]?.none)
        for _ in 0..<Self.depth {
            let wanted = SideFiles.names(of: path).filter { asked.insert($0).inserted }
            if wanted.isEmpty { break }
            for side in wanted {
                guard let found = try await find(side, of: name, &all) else {
                    inputs[prefix + Self.beside(name, side)] = ""
                    continue
                }
                guard inputs[prefix + found.name] == nil else { continue }
                inputs[prefix + found.name] = found.state.version
                left -= found.state.length
                guard left >= 0 else { throw tooLarge(name) }
                _ = try await bring(found.name)
            }
        }
        return Fetched(path: path, inputs: inputs)
    }

    /// The side file below the prefix: where the model says, else where the longest end of that path fits.
    private func find(
        _ side: String, of model: String, _ all: inout [String]?
    ) async throws -> (name: String, state: ObjectState)? {
        let direct = Self.beside(model, side)
        if !direct.isEmpty, let state = try await container.look(at: prefix + direct) { return (direct, state) }
        if all == nil { all = try await container.list(prefix: prefix).map { String($0.name.dropFirst(prefix.count)) } }
        let wanted = side.lowercased().split(separator: "/").reversed()
        var (best, length) = (String?.none, 0)
        for name in all ?? [] {
            let common = zip(wanted, name.lowercased().split(separator: "/").reversed()).prefix { $0 == $1 }.count
            if common > length { (best, length) = (name, common) }
        }
        guard let best, let state = try await container.look(at: prefix + best) else { return nil }
        return (best, state)
    }

    /// A name beside a model, below the prefix; empty when it leads out of it.
    static func beside(_ model: String, _ side: String) -> String {
        ObjectName.beside(model, side) ?? ""
    }

    private func bring(_ name: String) async throws -> String {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try await container.fetch(prefix + name, to: path)
        return path
    }

    private func tooLarge(_ name: String) -> ContainerProblem {
        ContainerProblem(
            message: "\(name) has more than \(limit) bytes with its side files; raise --max-bytes.", blame: .limits)
    }
}
