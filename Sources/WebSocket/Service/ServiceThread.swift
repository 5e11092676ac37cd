// SPDX-License-Identifier: Apache-2.0
import CLibWebSockets
import CWebSocketShim
import Foundation
import Synchronization

/// Answers what the library reports on a service thread.
protocol ServiceHandler: AnyObject, Sendable {
    /// Called on the service thread alone; a result other than 0 refuses or closes.
    func handle(_ event: LibraryEvent, on service: ServiceThread) -> Int32

    /// The thread ends, and with it everything that went on.
    func serviceEnded()
}

/// One report of the library.
struct LibraryEvent {
    let reason: lws_callback_reasons
    let wsi: OpaquePointer
    /// What this means depends on the reason.
    let user: UnsafeMutableRawPointer?
    let input: UnsafeMutableRawPointer?
    let length: Int

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: input, count: input == nil ? 0 : length) }
}

/// A libwebsockets context and the thread that serves it.
///
/// The library may be called on that thread only; others leave work in a queue and wake it. Unchecked because
/// the links and the library's own memory are touched on the service thread alone.
final class ServiceThread: @unchecked Sendable {
    private struct State {
        /// Set while the library may be woken.
        var context: Wakeable?
        var work: [@Sendable () -> Void] = []
        var hasStarted = false
        var isStopping = false
    }

    /// A context in the one use that the library allows to any thread.
    private struct Wakeable: @unchecked Sendable {
        let context: OpaquePointer

        func wake() { lws_cancel_service(context) }
    }

    private let configuration: ServiceConfiguration
    /// Let go at the end, because a handler may hold what holds this.
    private var handler: (any ServiceHandler)?
    private let state = Mutex(State())
    private let ended = Promise<Void>()

    private var links: [ObjectIdentifier: WebSocketLink] = [:]
    private(set) var library: LibraryContext?

    init(_ configuration: ServiceConfiguration, handler: any ServiceHandler) {
        self.configuration = configuration
        self.handler = handler
    }

    // MARK: From any thread

    /// Starts the thread; returns the port if it listens.
    func start() async throws(WebSocketError) -> Int {
        let mayStart = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted && !state.isStopping
        }
        guard mayStart else {
            throw WebSocketError(.configuration, "a WebSocket service can be started only once")
        }
        let started = Promise<Result<Int, WebSocketError>>()
        let thread = Thread { self.run(started) }
        thread.name = "websocket"
        thread.start()
        return try await started.value().get()
    }

    /// Has work done on the service thread, in order. Once the thread has ended nothing is done.
    func perform(_ work: @escaping @Sendable () -> Void) {
        state.withLock { state in
            guard let context = state.context else { return }
            state.work.append(work)
            // Under the lock, because the context must not go away in between.
            context.wake()
        }
    }

    var isRunning: Bool { state.withLock { $0.context != nil } }

    /// Ends the thread soon, and every connection with it.
    func stop() {
        let neverRan = state.withLock { state in
            state.isStopping = true
            state.context?.wake()
            return !state.hasStarted
        }
        if neverRan { ended.fulfil(()) }
    }

    /// Returns when the thread has let go of everything.
    func waitUntilEnded() async { await ended.value() }

    // MARK: On the service thread

    var idlePolicy: UnsafePointer<lws_retry_bo_t>? { cws_idle_policy(configuration.sendsPings ? 1 : 0) }
    var linkCount: Int { links.count }
    var allLinks: [WebSocketLink] { Array(links.values) }

    func add(_ link: WebSocketLink, for wsi: OpaquePointer) {
        links[ObjectIdentifier(link)] = link
        lws_set_opaque_user_data(wsi, Unmanaged.passUnretained(link).toOpaque())
    }

    private func remove(_ link: WebSocketLink, from wsi: OpaquePointer) {
        lws_set_opaque_user_data(wsi, nil)
        links[ObjectIdentifier(link)] = nil
        link.closed()
    }

    private func run(_ started: Promise<Result<Int, WebSocketError>>) {
        let library: LibraryContext
        do throws(WebSocketError) {
            let user = Unmanaged.passUnretained(self).toOpaque()
            library = try LibraryContext(configuration, user: user, callback: libraryCallback)
        } catch {
            ended.fulfil(())
            started.fulfil(.failure(error))
            handler?.serviceEnded()
            handler = nil
            return
        }
        self.library = library
        let wakeable = Wakeable(context: library.context)
        state.withLock { $0.context = wakeable }
        started.fulfil(.success(library.port))
        while !state.withLock({ $0.isStopping }), lws_service(library.context, 0) >= 0 {}
        drain()
        state.withLock { state in
            state.context = nil
            state.work = []
        }
        library.destroy()
        self.library = nil
        for link in links.values { link.closed() }
        links = [:]
        handler?.serviceEnded()
        handler = nil
        ended.fulfil(())
    }

    private func drain() {
        let work = state.withLock { state in
            defer { state.work = [] }
            return state.work
        }
        for item in work { item() }
    }

    fileprivate func handle(_ event: LibraryEvent) -> Int32 {
        switch event.reason {
        case LWS_CALLBACK_EVENT_WAIT_CANCELLED:
            drain()
            return 0
        case LWS_CALLBACK_RECEIVE, LWS_CALLBACK_CLIENT_RECEIVE:
            return link(of: event.wsi)?.receive(event.wsi, event.bytes) ?? -1
        case LWS_CALLBACK_SERVER_WRITEABLE, LWS_CALLBACK_CLIENT_WRITEABLE:
            return link(of: event.wsi)?.writable(event.wsi) ?? -1
        case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
            link(of: event.wsi)?.peerCloses(event.bytes)
            return 0
        case LWS_CALLBACK_CLOSED, LWS_CALLBACK_CLIENT_CLOSED:
            if let link = link(of: event.wsi) { remove(link, from: event.wsi) }
            return handler?.handle(event, on: self) ?? 0
        default:
            return handler?.handle(event, on: self) ?? 0
        }
    }

    private func link(of wsi: OpaquePointer) -> WebSocketLink? {
        guard let pointer = lws_get_opaque_user_data(wsi) else { return nil }
        return Unmanaged<WebSocketLink>.fromOpaque(pointer).takeUnretainedValue()
    }
}

private func libraryCallback(
    _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
    _ input: UnsafeMutableRawPointer?, _ length: Int
) -> Int32 {
    guard let wsi, let context = lws_get_context(wsi), let owner = lws_context_user(context) else { return 0 }
    let service = Unmanaged<ServiceThread>.fromOpaque(owner).takeUnretainedValue()
    return service.handle(LibraryEvent(reason: reason, wsi: wsi, user: user, input: input, length: length))
}
