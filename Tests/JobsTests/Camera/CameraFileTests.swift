// SPDX-License-Identifier: Apache-2.0
import Scene
import Testing

@testable import Jobs

@Suite struct CameraFileTests {
    private static func message(_ text: String) -> String {
        do throws(JobError) {
            _ = try CameraFile.parse(text, origin: "c")
            return "accepted"
        } catch {
            #expect(error.code == .input)
            return error.message
        }
    }

    @Test(
        "a file, a list of keyframes and a lone keyframe are read",
        arguments: [
            #"{"keyframes": [{"position": [0, 0, 5]}]}"#, #"[{"position": [0, 0, 5]}]"#, #"{"position": [0, 0, 5]}"#,
            "position: [0, 0, 5]",
        ]) func forms(text: String) throws
    {
        let path = try CameraFile.parse(text, origin: "c")
        #expect(path.keyframes.count == 1)
        #expect(path.keyframes[0].position == Vector3(0, 0, 5) && path.keyframes[0].target == .zero)
        #expect(path.keyframes[0].up == Vector3(0, 1, 0) && path.interpolation == .linear)
    }

    @Test("keyframes without a time stand one unit apart") func times() throws {
        let path = try CameraFile.parse(
            #"{"interpolation": "spline", "keyframes": [{"position": [0, 0, 5]}, {"position": [1, 0, 5]},"#
                + #" {"time": 7, "position": [2, 0, 5]}]}"#, origin: "c")
        #expect(path.keyframes.map(\.time) == [0, 1, 7] && path.interpolation == .spline)
    }

    @Test(
        "a wrong file is an input error that names place and key",
        arguments: [
            (#"[{"time": 0}]"#, "a keyframe needs a position"), ("[]", "c"),
            (#"[{"position": [0, 5]}]"#, "a list of three numbers"),
            (#"[{"position": [0, 0, 5], "fov": 3}]"#, "unknown key"),
            (#"{"interpolation": "cubic", "keyframes": []}"#, "found \"cubic\""), ("5", "expected a mapping"),
            (#"[{"position": [0, 0, 0]}]"#, "c"),
            (#"[{"time": 1, "position": [0, 0, 5]}, {"time": 1, "position": [1, 0, 5]}]"#, "c"),
        ]) func wrong(text: String, sentence: String)
    {
        let message = Self.message(text)
        #expect(message != "accepted" && message.contains(sentence), "\(message)")
    }

    @Test("a file that is absent is told by name") func absent() {
        #expect { try CameraFile.load("no/such.json") } throws: {
            ($0 as? JobError)?.code == .input && "\($0)".contains("camera file no/such.json: cannot open")
        }
    }
}
