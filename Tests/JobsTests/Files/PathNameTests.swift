// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Jobs

@Suite struct PathNameTests {
    @Test(
        "paths come apart as people expect",
        arguments: [
            ["a/b.obj", "a", "b.obj", "obj", "b"], ["b.obj", "", "b.obj", "obj", "b"], ["/b", "/", "b", "", "b"],
            ["a/.hidden", "a", ".hidden", "", ".hidden"], ["a/x.tar.gz", "a", "x.tar.gz", "gz", "x.tar"],
            ["a/", "a", "", "", ""], ["", "", "", "", ""], ["a.b/c", "a.b", "c", "", "c"],
            ["\u{e9}/\u{4e2d}.PLY", "\u{e9}", "\u{4e2d}.PLY", "PLY", "\u{4e2d}"], ["a.", "", "a.", "", "a."],
        ]) func parts(row: [String])
    {
        let path = row[0]
        #expect(
            [path, PathName.folder(path), PathName.last(path), PathName.fileExtension(path), PathName.stem(path)] == row
        )
    }

    @Test(
        "paths are joined without doubling",
        arguments: [
            ("a", "b", "a/b"), ("a/", "b", "a/b"), ("", "b", "b"), (".", "b", "b"), ("a", "/b", "/b"), ("/", "b", "/b"),
        ]) func joining(folder: String, name: String, path: String)
    {
        #expect(PathName.join(folder, name) == path)
    }

    @Test(
        "two names of one file become the same",
        arguments: [
            ("a/./b", "a/b"), ("a//b/", "a/b"), ("a/x/../b", "a/b"), ("../a", "../a"), ("../../a", "../../a"),
            ("/../a", "/a"), ("./a", "a"), ("a/..", ""), ("/", "/"), ("a/../../b", "../b"),
        ]) func normalizing(path: String, normal: String)
    {
        #expect(PathName.normalized(path) == normal)
    }

    @Test("the head of a file is no longer than asked", arguments: [0, 1, 7, 64, 257]) func heads(count: Int) throws {
        let place = try Workplace(models: [])
        try place.write("f", String(repeating: "x", count: 64))
        #expect(try FileSystem.readHead(place.path("f"), count: count).count == min(count, 64))
        #expect(throws: FileError.self) { try FileSystem.readHead(place.path("gone"), count: count) }
    }

    @Test("a file over the limit, a folder and an absent file are told by name") func refusals() throws {
        let place = try Workplace(models: ["a.obj"])
        for (path, limit, sentence) in [
            ("models/a.obj", 3, "larger than 3 bytes"), ("models", 99, "Is a directory"), ("gone", 99, "No such file"),
        ] {
            #expect { try FileSystem.read(place.path(path), limit: limit) } throws: {
                guard let error = $0 as? FileError else { return false }
                return error.message.contains(place.path(path)) && error.message.contains(sentence)
            }
        }
    }

    @Test("folders are made on the way, and what is in the way is told") func folders() throws {
        let place = try Workplace(models: ["a.obj"])
        try FileSystem.makeFolders(place.path("x/y/z"))
        try FileSystem.makeFolders(place.path("x/y/z"))
        #expect(FileSystem.status(place.path("x/y/z"))?.isFolder == true)
        #expect(throws: FileError.self) { try FileSystem.makeFolders(place.path("models/a.obj")) }
        #expect(throws: FileError.self) { try FileSystem.makeFolders(place.path("models/a.obj/below")) }
    }
}
