// SPDX-License-Identifier: Apache-2.0

extension SimulationParameters {
    /// The frames, or `nil` when the scene carries no simulation.
    public var frames: ClosedRange<Int>? { endFrame > startFrame ? startFrame...endFrame : nil }

    /// The time at a frame in milliseconds.
    public func milliseconds(at frame: Int) -> Double { Double(frame) * dt }

    /// The frames that a film shows: one for each picture, at `fps` pictures a second.
    ///
    /// - Parameter slowdown: how many times slower than life the film is; 1000 shows a millisecond in a second.
    public func frames(fps: Double, slowdown: Double) -> [Int] {
        guard let frames, dt > 0, fps > 0, slowdown > 0, fps.isFinite, slowdown.isFinite else { return [] }
        let step = 1000 / fps / slowdown / dt
        let count = (Double(frames.count - 1) / step).rounded(.down)
        guard step > 0, count < 10_000_000 else { return [] }
        return (0...Int(count)).map {
            min(frames.upperBound, frames.lowerBound + Int((Double($0) * step).rounded(.down)))
        }
    }
}
