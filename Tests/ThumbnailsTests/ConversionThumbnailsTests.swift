// SPDX-License-Identifier: Apache-2.0
import BlobStorage
import CloudStores
import Foundation
import HTTPFixtures
import HTTPService
import Jobs
import RemoteRendering
import Scene
import Stores
import Synchronization
import Testing

@testable import Thumbnails

/// Thumbnails beside converted assets, in folders and in Blob storage alike.
@Suite struct ConversionThumbnailsTests {
    typealias Kind = TestContainer.Kind
    private static let gltf = Array(#"{"buffers": [{"uri": "box.bin"}], "images": [{"uri": "skin%20a.png"}]}"#.utf8)

    @Test("a picture of every view and size goes beside the asset", arguments: Kind.allCases)
    func beside(kind: Kind) async throws {
        try await TestContainer.with(kind) { place in
            try place.put("models/box.glb", [1, 2, 3])
            try place.put("models/sub/ö b.glb", [1])
            var work = ThumbnailsUnderTest(place, sizes: [64, 32])
            work.job.frames.views = [.front, .iso]
            let reports = try await work.run([
                work.conversion("a"), work.conversion("b", asset: "sub/ö b.glb", output: nil, name: "b 2.arrAsset"),
            ])
            let names = ["front.32", "front.64", "iso.32", "iso.64"]
            let pictures = try place.contents().filter { $0.key.hasSuffix(".png") }
            #expect(
                pictures.keys.sorted()
                    == (names.map { "b 2.\($0).png" } + names.map { "made/box.\($0).png" }).sorted())
            #expect(reports.values.map(\.result) == [.done, .done])
            #expect(reports["a"]?.outputs.first == "\(place.container.address)/made/box.front.64.png")
            for picture in pictures.values {
                #expect(picture.count > StandInDrawer.picture.count)
                #expect(ThumbnailMark.read(head: picture)?.inputs.count == 1)
            }
        }
    }

    @Test("what is there and unchanged stays; what changed is drawn again", arguments: Kind.allCases)
    func unchanged(kind: Kind) async throws {
        try await TestContainer.with(kind) { place in
            try place.put("models/box.gltf", Self.gltf)
            try place.put("models/box.bin", [1, 2, 3])
            var work = ThumbnailsUnderTest(place, sizes: [64, 32])
            let conversion = work.conversion("a", asset: "box.gltf")
            func drawsAgain(_ why: String, _ expected: Bool = true) async throws {
                let report = try await work.run([conversion])["a"]
                #expect(report?.result == (expected ? .done : .unchanged), "\(why): \(String(describing: report))")
                #expect(report?.outputs.count == 2)
                #expect(work.drawer.drawn().isEmpty != expected, "\(why)")
            }
            try await drawsAgain("at first")
            try await drawsAgain("nothing happened", false)
            try place.put("models/other.gltf", [1])
            try await drawsAgain("another model came", false)
            try place.put("models/box.bin", [1, 2, 4, 5])
            try await drawsAgain("a side file changed")
            try place.put("models/skin a.png", [7])
            try await drawsAgain("a side file that was absent came")
            try place.put("models/box.gltf", Self.gltf + [10])
            try await drawsAgain("the model changed")
            try place.remove("made/box.32.png")
            try await drawsAgain("a picture was gone")
            try place.put("made/box.64.png", StandInDrawer.picture)
            try await drawsAgain("a picture was another's")
            try place.put("made/box.64.png", [1, 2, 3])
            try await drawsAgain("a picture was broken")
            try await drawsAgain("nothing happened again", false)
            work.job.render.samples = 3
            try await drawsAgain("other settings")
            work.options.isForced = true
            try await drawsAgain("forced")
            work.options.isForced = false
            try await drawsAgain("at last nothing happened", false)
        }
    }

    @Test("of a container only the model and what it names is read, where it says or where its path ends so")
    func sideFiles() async throws {
        try await TestContainer.with(.blobs) { place in
            let gltf = #"{"buffers": [{"uri": "../parts/box.bin"}], "images": [{"uri": "C:\\art\\tex\\Skin.png"}]}"#
            try place.put("models/a/box.gltf", Array(gltf.utf8))
            try place.put("models/parts/box.bin", [1])
            try place.put("models/x/skin.png", [2])
            try place.put("models/y/tex/skin.png", [3])
            try place.put("models/huge.bin", [4])
            try place.put("other/box.bin", [5])
            let work = ThumbnailsUnderTest(place)
            let report = try await work.run([work.conversion("a", asset: "a/box.gltf")])["a"]
            #expect(report?.result == .done)
            let read = place.fetched()?.filter { !$0.hasPrefix("made/") }
            #expect(read == ["models/a/box.gltf", "models/parts/box.bin", "models/y/tex/skin.png"])
            let mark = ThumbnailMark.read(head: try place.contents()["made/box.png"] ?? [])
            #expect(mark?.inputs.keys.sorted() == read?.sorted())
        }
    }

    @Test("the converted asset is drawn where it is binary glTF, and refused where it is not", arguments: Kind.allCases)
    func converted(kind: Kind) async throws {
        try await TestContainer.with(kind) { place in
            try place.put("made/box.arrAsset", Array("glTF and more".utf8))
            try place.put("made/opaque.arrAsset", [0, 1, 2, 3])
            var work = ThumbnailsUnderTest(place)
            work.options.subject = .converted
            let reports = try await work.run([
                work.conversion("a"), work.conversion("b", asset: "opaque.fbx"), work.conversion("c", asset: "no.fbx"),
            ])
            #expect(work.drawer.drawn() == ["box.glb"])
            #expect(reports["a"]?.result == .done)
            #expect(reports["b"]?.cause?.contains("no binary glTF") == true)
            #expect(reports["c"]?.cause?.contains("no longer there") == true)
            #expect(try await work.run([work.conversion("a")])["a"]?.result == .unchanged)
        }
    }

    @Test("what cannot be drawn says why, and keeps nothing else from being drawn", arguments: Kind.allCases)
    func failures(kind: Kind) async throws {
        try await TestContainer.with(kind) { place in
            for name in ["box", "crash", "big"] { try place.put("models/\(name).glb", Array(name.utf8)) }
            try place.put("models/big.glb", [UInt8](repeating: 1, count: 5000))
            var work = ThumbnailsUnderTest(
                place, drawer: StandInDrawer(failures: ["crash.glb": (.crashedRenderer, "it crashed the renderer")]))
            work.job.run.limits.bytes = 4000
            var bare = work.conversion("bare")
            bare.settings = nil
            let reports = try await work.run([
                work.conversion("gone", asset: "gone.glb"), work.conversion("crash", asset: "crash.glb"),
                work.conversion("big", asset: "big.glb"), work.conversion("up", asset: "../../etc/passwd"),
                work.conversion("foreign", container: "https://evil.example/c"), bare, work.conversion("good"),
            ])
            let expected: [(String, ItemResult, String)] = [
                ("gone", .failed, "models/gone.glb is no longer there"),
                ("crash", .crashedRenderer, "crash (made/crash.arrAsset): crash.glb: it crashed the renderer"),
                ("big", .skippedByLimit, "--max-bytes"), ("up", .failed, "out of its container"),
                ("foreign", .failed, "https://evil.example/c is not among those named"),
                ("bare", .failed, "does not tell"),
            ]
            for (id, result, words) in expected {
                #expect(reports[id]?.result == result, "\(id)")
                #expect(reports[id]?.cause?.contains(words) == true, "\(reports[id]?.cause ?? "")")
            }
            #expect(reports["good"]?.result == .done && reports.count == 7)
            #expect(try place.contents().keys.filter { $0.hasPrefix("made/") } == ["made/box.png"])
        }
    }

    @Test("storage that refuses is told without the SAS")
    func refused() async throws {
        try await TestContainer.with(.blobs) { place in
            let planted = Secret("sv=2021-08-06&sp=rw&sig=plantedSignature")
            let blobs = try BlobContainer(place.container.address, credential: .sas(planted))
            var table = ContainerTable()
            table.add(
                place.container.address, .init(input: place.container, output: BlobObjectStore(blobs)))
            try place.put("models/box.glb", [1])
            let work = ThumbnailsUnderTest(place)
            let report = try await ConversionThumbnails(containers: table, job: work.job, draw: work.drawer.draw)
                .run([work.conversion("a")])["a"]
            #expect(report?.result == .failed && report?.blame == .remote)
            #expect(report?.cause?.contains("403") == true && report?.cause?.contains("planted") == false)
        }
    }

    @Test("many conversions are worked off in batches; a stop leaves the rest for the next run")
    func batches() async throws {
        try await TestContainer.with(.folder) { place in
            for number in 0..<7 { try place.put("models/\(number).glb", [1]) }
            var work = ThumbnailsUnderTest(place)
            work.options.batch = 3
            let conversions = (0..<7).map { work.conversion("\($0)", asset: "\($0).glb") }
            let count = Mutex(0)
            let told = Mutex(0)
            var table = ContainerTable()
            table.add(place.container.address, .init(input: place.container, output: place.container))
            let drawer = work.drawer
            let thumbnails = try ConversionThumbnails(containers: table, job: work.job, options: work.options) { job in
                #expect(job.sources.paths.count <= 3)
                if count.withLock({ count in
                    count += 1
                    return count == 2
                }) {
                    withUnsafeCurrentTask { $0?.cancel() }
                    throw CancellationError()
                }
                return try await drawer.draw(job)
            }
            let reports = try await Task { try await thumbnails.run(conversions) { _ in told.withLock { $0 += 1 } } }
                .value
            #expect(reports.values.count { $0.result == .done } == 3 && reports.count == 7)
            #expect(reports.values.count { $0.result == .interrupted } == 4)
            #expect(told.withLock { $0 } == 7)
            _ = work.drawer.drawn()
            let next = try await work.run(conversions)
            #expect(next.values.count { $0.result == .unchanged } == 3)
            #expect(work.drawer.drawn().count == 4)
        }
    }

    @Test("of conversions with the same asset the last one counts")
    func latest() async throws {
        try await TestContainer.with(.folder) { place in
            let work = ThumbnailsUnderTest(place)
            var bare = work.conversion("bare")
            bare.settings = nil
            let all = [
                work.conversion("a"), work.conversion("b", name: "other.arrAsset"), bare,
                work.conversion("c", prefix: "elsewhere", output: "made", name: "box.arrAsset"),
            ]
            let (current, replaced) = ConversionThumbnails.latest(all)
            #expect(current.map(\.id) == ["b", "bare", "c"] && replaced == 1)
        }
    }

    @Test("a mark is found in the first bytes of its picture, and nowhere else")
    func marks() throws {
        let mark = ThumbnailMark(settings: "s", inputs: ["ö/b c.glb": "\"0x1\"", "gone.png": ""])
        let picture = try mark.inserted(into: StandInDrawer.picture)
        #expect(ThumbnailMark.read(head: picture) == mark)
        let length = picture.count - StandInDrawer.picture.count
        #expect(ThumbnailMark.read(head: Array(picture.prefix(33 + length))) == mark)
        for count in [0, 1, 8, 33, 44, 45, 32 + length] {
            #expect(ThumbnailMark.read(head: Array(picture.prefix(count))) == nil)
        }
        #expect(ThumbnailMark.read(head: StandInDrawer.picture) == nil)
        #expect(ThumbnailMark.read(head: [UInt8](repeating: 255, count: 100)) == nil)
    }

    @Test("jobs that write anything but PNG of stated sizes are refused")
    func otherJobs() async throws {
        try await TestContainer.with(.folder) { place in
            var work = ThumbnailsUnderTest(place)
            work.job.outputs[0].path = "x.jpg"
            await #expect(throws: JobError.self) { _ = try await work.run([]) }
            work.job.outputs = []
            await #expect(throws: JobError.self) { _ = try await work.run([]) }
        }
    }
}
