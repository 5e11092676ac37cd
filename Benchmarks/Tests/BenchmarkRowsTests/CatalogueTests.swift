// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import BenchmarkRows

@Suite struct CatalogueTests {
    @Test func namesAreTheirOwn() {
        let names = Catalogue.benchmarks.map(\.name)
        #expect(Set(names).count == names.count)
        for benchmark in Catalogue.benchmarks {
            #expect(!benchmark.inputs.isEmpty && !benchmark.peers.isEmpty, "\(benchmark.name)")
            #expect(Set(benchmark.peers.map(\.name)).count == benchmark.peers.count, "\(benchmark.name)")
            #expect(Set(benchmark.inputs.map(\.name)).count == benchmark.inputs.count, "\(benchmark.name)")
        }
    }

    @Test(arguments: Catalogue.goals)
    func goalBelongsToSomethingThatIsMeasured(_ goal: Goal) throws {
        let benchmark = try #require(Catalogue.benchmarks.first { $0.name == goal.benchmark }, "\(goal)")
        #expect(benchmark.peers.contains { $0.name == goal.peer }, "\(goal)")
        #expect(goal.peak == nil || benchmark.weighs, "\(goal)")
    }

    @Test func wordsSelect() {
        #expect(Catalogue.select([]).count == Catalogue.benchmarks.count)
        #expect(Catalogue.select(["png-decode"]).map(\.name) == ["png-decode-rgba", "png-decode-rgb"])
        #expect(
            Catalogue.select(["tone", "jpeg-enc"]).map(\.name) == ["jpeg-encode", "tone-map", "tone-map-2-threads"])
        #expect(Catalogue.select(["no such thing"]).isEmpty)
    }
}
