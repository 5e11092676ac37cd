// SPDX-License-Identifier: Apache-2.0
import Film
import Testing

@Suite struct FilmEncodingTests {
    @Test("rates are written as ffmpeg reads them", arguments: [(25.0, "25"), (23.976, "23.976"), (0.5, "0.5")])
    func rates(fps: Double, text: String) { #expect(FilmEncoding(fps: fps).rate == text) }

    @Test("an encoder is named only when one was chosen")
    func options() {
        let plain = FilmEncoding(fps: 25).outputOptions
        #expect(!plain.contains("-codec:v") && !plain.contains("-preset"))
        let chosen = FilmEncoding(fps: 25, codec: "libx264", preset: "fast").outputOptions
        #expect(chosen.filter { !plain.contains($0) } == ["-codec:v", "libx264", "-preset", "fast"])
        #expect(plain.suffix(2) == ["-pix_fmt", "yuv420p"] && chosen.suffix(2) == plain.suffix(2))
    }

    @Test("whole pictures come every two seconds", arguments: [(25.0, 50), (0.1, 1), (29.97, 60)])
    func keyframes(fps: Double, frames: Int) { #expect(FilmEncoding(fps: fps).keyframeInterval == frames) }
}
