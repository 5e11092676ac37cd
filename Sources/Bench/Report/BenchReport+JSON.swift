// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSONRPC

extension BenchReport {
    /// The whole report; times in seconds.
    public var json: JSONValue {
        get throws {
            [
                "version": 1, "program": .string(program), "kernels": .string(kernels),
                "threads": .int(Int64(threads)), "machine": try JSONValue(encoding: machine),
                "libraries": try JSONValue(encoding: libraries),
                "backends": .object(backends.mapValues { .string($0) }),
                "staged": .array(staged.map(\.json)), "pipelined": .array(pipelined.map(\.json)),
                "transport": .array(ceilings.map(\.json)), "agreement": .array(agreements.map(\.json)),
                "developed": .array(developed.map(\.json)),
                "medians": .object(
                    Dictionary(medians.map { ($0.name, .double($0.seconds)) }) { first, _ in first }),
            ]
        }
    }
}

extension BenchReport.Staged {
    var json: JSONValue {
        [
            "scene": .string(scene), "backend": .string(backend),
            "stages": .array(
                stages.map { stage in
                    [
                        "name": .string(stage.name), "derived": .bool(derived.contains(stage.name)),
                        "seconds": stage.timing.json,
                    ]
                }), "notes": .array(notes.map { .string($0) }),
        ]
    }
}

extension BenchReport.Pipelined {
    var json: JSONValue {
        [
            "scene": .string(scene), "backend": .string(backend), "renderers": .int(Int64(renderers)),
            "items": .int(Int64(items)), "items_per_second": .double(rate), "seconds": seconds.json,
        ]
    }
}

extension BenchReport.Ceiling {
    var json: JSONValue {
        [
            "payload_bytes": .int(Int64(payloadBytes)), "bytes_per_second": .double(rate), "seconds": seconds.json,
        ]
    }
}

extension BenchReport.Developed {
    var json: JSONValue {
        [
            "chain": .string(chain), "device": .string(device), "width": .int(Int64(width)),
            "height": .int(Int64(height)), "upload": upload.json, "compute": compute.json, "download": download.json,
            "whole": whole.json, "kernels": kernels.json,
        ]
    }
}

extension BenchReport.Agreement {
    var json: JSONValue {
        [
            "scene": .string(scene), "backends": .array(backends.map { .string($0) }), "rmse": .double(rmse),
            "max_difference": .double(maxDifference), "same": .bool(isSame),
        ]
    }
}
