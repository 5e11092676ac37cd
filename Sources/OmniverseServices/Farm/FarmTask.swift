// SPDX-License-Identifier: Apache-2.0
import JSONRPC

/// A task as a Farm Queue hands it out.
public struct FarmTask: Codable, Sendable, Hashable {
    public var id: String
    /// The name of the job definition that it is for.
    public var type: String
    public var arguments: [String: JSONValue]
    /// A function of the job, where it has several; empty for none.
    public var function: String
    public var functionArguments: [String: JSONValue]
    public var status: String
    public var user: String?
    public var metadata: [String: JSONValue]

    private enum CodingKeys: String, CodingKey {
        case id = "task_id"
        case type = "task_type"
        case arguments = "task_args"
        case function = "task_function"
        case functionArguments = "task_function_args"
        case status
        case user = "userid"
        case metadata
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        type = try values.decode(String.self, forKey: .type)
        arguments = try values.decodeIfPresent([String: JSONValue].self, forKey: .arguments) ?? [:]
        function = try values.decodeIfPresent(String.self, forKey: .function) ?? ""
        functionArguments = try values.decodeIfPresent([String: JSONValue].self, forKey: .functionArguments) ?? [:]
        status = try values.decodeIfPresent(String.self, forKey: .status) ?? ""
        user = try values.decodeIfPresent(String.self, forKey: .user)
        metadata = try values.decodeIfPresent([String: JSONValue].self, forKey: .metadata) ?? [:]
    }

    /// Tasks that wait for this one, and the queue that they wait in.
    var dependants: [(queue: String, type: String, function: String, tasks: [String])] {
        (metadata["dependants"]?.arrayValue ?? []).compactMap { entry in
            guard let queue = entry["source_queue"]?.stringValue else { return nil }
            let tasks = (entry["task_ids"]?.arrayValue ?? []).compactMap(\.stringValue)
            return (queue, entry["task_type"]?.stringValue ?? "", entry["task_function"]?.stringValue ?? "", tasks)
        }
    }
}
