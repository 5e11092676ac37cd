// SPDX-License-Identifier: Apache-2.0
import JSONRPC
import Synchronization

/// The server's own picture, growing better: each accumulation is handed on as it comes.
///
///     let stream = ImageStream(of: instance)
///     for try await image in stream { show(image.data) }
///
/// Pictures are never queued: a reader slower than the server gets the newest and misses those before. The stream ends
/// with the complete picture, unless it follows changes; it stops drawing when the last copy of it is dropped.
public struct ImageStream: AsyncSequence, Sendable {
    public typealias Element = RenderedImage

    private let loop: ImageLoop

    /// Begins to draw.
    ///
    /// - Parameters:
    ///   - format: how pictures are encoded: JPEG is several times faster to encode than PNG.
    ///   - jpegQuality: 0…100.
    ///   - followsChanges: whether the stream goes on after the complete picture, to draw what `change` changes.
    public init(
        of instance: BraynsInstance, format: PictureFormat = .jpg, jpegQuality: Int = 90, followsChanges: Bool = false
    ) {
        let request = RenderImageRequest(
            accumulate: false, force: false, format: format, jpegQuality: format == .jpg ? jpegQuality : nil,
            render: true, send: true)
        loop = ImageLoop(instance: instance, request: request, followsChanges: followsChanges)
    }

    /// Changes what is drawn: camera, renderer, scene. Pictures of what was before are not handed on any more.
    ///
    /// - Throws: what the change throws.
    public func change(_ change: @Sendable (BraynsInstance) async throws -> Void) async throws {
        try await loop.change(change)
    }

    public func makeAsyncIterator() -> Iterator { Iterator(loop: loop) }

    /// Hands out the newest picture.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let loop: ImageLoop
        private var seen = 0

        fileprivate init(loop: ImageLoop) { self.loop = loop }

        /// The next better picture; `nil` when it is complete.
        ///
        /// - Throws: `BraynsError` when the server cannot draw.
        public mutating func next() async throws -> RenderedImage? {
            guard let stamped = try await loop.pictures.next(after: seen) else { return nil }
            seen = stamped.number
            return stamped.value
        }
    }
}

/// Draws again and again until the picture is complete.
private final class ImageLoop: Sendable {
    let pictures = Latest<RenderedImage>()
    private let state = Mutex(State())
    private let instance: BraynsInstance
    /// Told of each change, for a loop that has nothing to do.
    private let changes = Latest<Int>()

    private struct State {
        /// Counts changes: a picture asked for under another number is stale.
        var generation = 0
        var work: Task<Void, Never>?
    }

    init(instance: BraynsInstance, request: RenderImageRequest, followsChanges: Bool) {
        self.instance = instance
        let (pictures, changes) = (pictures, changes)
        let work = Task { [weak self] in
            do {
                try await instance.refuseDeadlyState()
                var seen = 0
                while let generation = self?.generation, !Task.isCancelled {
                    let image = try await instance.drawImage(request)
                    guard let self, self.hand(on: image, of: generation) else { continue }
                    guard image.accumulation >= image.maxAccumulation else { continue }
                    if !followsChanges { break }
                    guard let change = try await changes.next(after: seen) else { break }
                    seen = change.number
                }
                pictures.finish()
            } catch {
                pictures.finish(throwing: error)
            }
        }
        state.withLock { $0.work = work }
    }

    deinit { state.withLock { $0.work }?.cancel() }

    private var generation: Int { state.withLock { $0.generation } }

    /// Publishes a picture unless something changed since it was asked for; `false` for a stale one.
    private func hand(on image: RenderedImage, of generation: Int) -> Bool {
        state.withLock { state in
            guard state.generation == generation else { return false }
            if !image.data.isEmpty { pictures.publish(image) }
            return true
        }
    }

    func change(_ change: (BraynsInstance) async throws -> Void) async throws {
        // Before and after: a picture asked for in the middle of a change is neither one nor the other.
        age()
        defer {
            age()
            changes.publish(generation)
        }
        try await change(instance)
    }

    private func age() {
        state.withLock { state in
            state.generation += 1
            pictures.discard()
        }
    }
}
