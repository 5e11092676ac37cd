// SPDX-License-Identifier: Apache-2.0
import DatarheiCore
import Foundation
import HTTPService
import JSONRPC
import Testing

extension OperationTests {
    static let processes: [(file: String, call: Call)] = [
        (
            "69-process-post",
            { client in
                let sent = try #require(CoreExchange("69-process-post").body)
                let decoder = JSONDecoder()
                decoder.keyDecodingStrategy = .convertFromSnakeCase
                let config = try decoder.decode(CoreProcessConfig.self, from: Data(sent.serializedUTF8()))
                let stored = try await client.addProcess(config)
                return stored.output?[0].cleanup?[0].maxFiles == 12 && stored.limits?.cpuUsage == 0
            }
        ),
        (
            "86-process-list",
            { client in
                let processes = try await client.processes()
                return processes.count == 2 && processes.allSatisfy { $0.config?.input?.isEmpty == false }
            }
        ),
        (
            "87-process-list-by-id",
            { client in
                var query = CoreProcessQuery(parts: [.state])
                query.ids = ["live", "nope"]
                let processes = try await client.processes(query)
                return processes.map(\.id) == ["live"] && processes[0].state?.progress?.speed == 0.983
            }
        ),
        (
            "88-process-list-idpattern",
            { client in
                var query = CoreProcessQuery(parts: [])
                query.idPattern = "l*"
                return try await client.processes(query).first?.reference == "ref-live"
            }
        ),
        (
            "90-process-list-reference",
            { client in
                var query = CoreProcessQuery(parts: [])
                query.reference = "ref-live"
                return try await client.processes(query).first?.config == nil
            }
        ),
        ("91-process-get", { try await $0.process("live").report?.prelude?.isEmpty == false }),
        (
            "92-process-get-filter",
            { client in
                let process = try await client.process("live", parts: [.config, .state])
                return process.report == nil && process.state?.order == .start
            }
        ),
        ("93-process-get-config", { try await $0.processConfig("live").reconnectDelaySeconds == 5 }),
        (
            "94-process-get-state",
            { client in
                let state = try await client.processState("live")
                return state.exec == .running && !state.isOver && state.cpuUsage == 1
                    && state.progress?.inputs?.first?.width == 320 && state.progress?.fps == 23.75
            }
        ),
        (
            "133-process-state-failed",
            { client in
                let state = try await client.processState("fails")
                return state.exec == .failed && state.isOver
            }
        ),
        (
            "95-process-get-report",
            { client in
                let report = try await client.processReport("live")
                return report.log?.first?.time == 1_795_248_101 && report.log?[1].text.contains("gcc") == true
            }
        ),
        (
            "96-process-get-probe",
            { try await $0.probeProcess("live").streams?.first?.pixFmt == "yuv420p" }
        ),
        ("98-process-metadata-get", { try await $0.processMetadata("live", "show") != .null }),
        (
            "97-process-metadata-put",
            { client in
                let sent = try #require(CoreExchange("97-process-metadata-put").body)
                try await client.setProcessMetadata("live", "show", to: sent)
                return true
            }
        ),
        (
            "101-process-command-restart",
            { client in
                try await client.command("live", .restart); return true
            }
        ),
        (
            "117-process-command-stop",
            { client in
                try await client.command("live", .stop); return true
            }
        ),
        (
            "123-process-put-rename",
            { try await $0.changeProcess("live", CoreProcessConfig(id: "live2")).id == "live2" }
        ),
        (
            "148-process-delete",
            { client in
                try await client.deleteProcess("live2"); return true
            }
        ),
    ]

    /// What only the branch `vod` has.
    static let later: [(file: String, call: Call)] = [
        ("203-vod-about", { try await $0.about().version.number == "16.20.0" }),
        (
            "211-vod-process-get",
            { client in
                let process = try await client.process("p1")
                return process.coreId != nil && process.state?.progress?.speed == 0.902
            }
        ),
        ("213-vod-process-report", { try await $0.processReport("p1").history?.first?.exitState != nil }),
        (
            "214-vod-report-process",
            { client in
                var query = CoreReportQuery()
                query.idPattern = "p*"
                return try await client.searchReports(query).first?.exitState == "finished"
            }
        ),
        (
            "219-vod-fs-operation-copy",
            { client in
                try await client.transferFile(.copy, from: "mem:///a/one.txt", to: "disk:///b/one.txt")
                return true
            }
        ),
        (
            "221-vod-fs-delete-list",
            { try await $0.deleteFiles(in: "disk", CoreFileQuery(glob: "/b/*")) == ["/b/one.txt"] }
        ),
        ("233-vod-cluster", { try await $0.cluster().nodes?.first?.voter == true }),
        (
            "248-vod-cluster-node-get",
            { try await $0.clusterNode("df2c04f8-7088-4f3a-91ae-f2a8992a1a10").latencyMs == 0.347225 }
        ),
    ]
}
