// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Rendering

@Suite struct CoreBudgetTests {
    @Test(
        "gives every child a core and all cores to the children", arguments: [0, 1, 2, 7, 64, 257], [0, 1, 2, 7, 64])
    func shares(cores: Int, children: Int) {
        let shares = CoreBudget.shares(cores: cores, children: children)
        #expect(shares.count == max(1, children))
        #expect(shares.allSatisfy { $0 >= 1 })
        #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
        if cores >= shares.count { #expect(shares.reduce(0, +) == cores) }
    }

    @Test("children that would have nothing to draw are not started, unless asked for by number")
    func mostChildren() {
        func capacity(_ children: Int?, most: Int?, threads: Int) -> Int {
            var options = BackendChoice.EmbeddedOptions(children: children, threads: threads)
            options.mostChildren = most
            return BraynsRendererProvider(.embedded(options)).capacity
        }
        #expect(capacity(nil, most: nil, threads: 4) == 4)
        #expect(capacity(nil, most: 1, threads: 4) == 1 && capacity(nil, most: 3, threads: 4) == 3)
        #expect(capacity(nil, most: 9, threads: 4) == 4 && capacity(nil, most: 0, threads: 4) == 1)
        #expect(capacity(3, most: 1, threads: 4) == 3)
    }

    @Test("never takes more than Slurm gives, whatever it says")
    func slurm() {
        #expect(CoreBudget.available(environment: ["SLURM_CPUS_PER_TASK": "1"]) == 1)
        let all = CoreBudget.available(environment: [:])
        #expect(all >= 1)
        for text in ["", "many", "1000000", "-4", "0"] {
            let count = CoreBudget.available(environment: ["SLURM_CPUS_PER_TASK": text])
            #expect((1...all).contains(count))
        }
    }

    @Test(
        "reads the quota of both kinds of control groups",
        arguments: [
            (["cpu.max": "150000 100000\n"], 2), (["cpu.max": "max 100000\n"], nil), (["cpu.max": "50000 100000"], 1),
            (["cpu.max": "nonsense"], nil), (["cpu.max": "1e300 1"], nil), ([:], nil),
            (["cpu/cpu.cfs_quota_us": "400000\n", "cpu/cpu.cfs_period_us": "100000\n"], 4),
            (["cpu/cpu.cfs_quota_us": "-1\n", "cpu/cpu.cfs_period_us": "100000\n"], nil),
            (["cpu/cpu.cfs_quota_us": "100\n", "cpu/cpu.cfs_period_us": "0\n"], nil),
        ] as [([String: String], Int?)])
    func quota(files: [String: String], cores: Int?) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appendingPathComponent("cpu"), withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
        #expect(CoreBudget.quota(fileSystem: folder.path) == cores)
    }
}
