// SPDX-License-Identifier: Apache-2.0
import Jobs
import TestFixtures
import Testing

/// The example of `Jobs.docc`, compiled and run.
@Suite struct DocumentedExampleTests {
    @Test("the page's example runs as it stands there")
    func example() async throws {
        let place = try Workplace()
        let folder = place.folder
        let provider = StandInProvider(stage: StandInStage())
        let print: (String, ExitCode) -> Void = { sentence, _ in #expect(sentence == "3 done") }

        var file = JobFile()
        file.sources.root = folder + "/models"
        file.render.size = PictureSize(width: 64, height: 48)
        file.outputs = [JobFile.Output(path: folder + "/pictures/{rel}.png")]
        file.ledger = folder + "/ledger"

        let plan = try JobPlan(file)
        let runner = JobRunner(plan: plan, provider: provider)
        let summary = await runner.run()
        print(summary.sentence, summary.exitCode)

        #expect(summary.exitCode == .success && summary.items.count == 3)
        #expect(try DocumentedExample.strayLine(of: "Sources/Jobs/Jobs.docc/Jobs.md", in: #filePath) == nil)
    }
}
