// SPDX-License-Identifier: Apache-2.0
import Dispatch
import JSONRPC
import Logging
import Raytracer
import Synchronization

/// Carries out requests of all clients strictly one after another; only `cancel` does not wait.
final class Engine: Sendable {
    private let table: MethodTable
    private let state: Mutex<ServerState>
    private let queue = DispatchQueue(label: "darkroom.backend.requests")
    private let tasks = TaskRegistry()
    private let ending = Ending()
    private let logger: Logger

    init(context: ServerContext) {
        var context = context
        let (quit, ending) = (context.quit, ending)
        // At once: nothing that comes behind `quit` is carried out, even before the server has heard of it.
        context.quit = {
            ending.begin()
            quit()
        }
        table = MethodTable(context: context)
        let viewport = context.options.viewport
        state = Mutex(ServerState(viewport: PictureSize(width: viewport.width, height: viewport.height)))
        logger = context.logger
    }

    /// Names of all methods served.
    var methodNames: [String] { table.names }

    /// How much of a client waits to be carried out.
    func load(of client: Int) -> (count: Int, bytes: Int) { tasks.load(of: client) }

    /// Takes a message over; `send` gets every answer, in order, and must not wait.
    func receive(_ message: TransportMessage, from client: Int, send: @escaping @Sendable (TransportMessage) -> Void) {
        switch RPCRequestParser.parse(message) {
        case .failure(let error):
            queue.async { send(RPCResponse.error(id: nil, error)) }
        case .success(let request) where request.method == "cancel":
            let task = ServerTask(client: client, id: request.id, method: request.method, send: send)
            task.answer(Result { try self.cancel(request, of: client) }.mapError(Self.rpcError))
        case .success(let request):
            let task = ServerTask(client: client, id: request.id, method: request.method, send: send)
            let method = table[request.method]
            tasks.add(
                task, isCancellable: method?.isAsync ?? false,
                endsWithClient: method?.endsWithClient(Parameters(request.params)) ?? false,
                bytes: request.payload.count)
            queue.async { self.perform(request, task) }
        }
    }

    func clientLeft(_ client: Int) { tasks.clientLeft(client) }

    /// Cancels everything and returns when the request under way has ended, after two seconds at most.
    func stop() async {
        ending.begin()
        tasks.cancelAll()
        await withCheckedContinuation { continuation in
            let first = FirstResume(continuation)
            queue.async { first.resume() }
            DispatchQueue.global().asyncAfter(deadline: .now() + 2) { first.resume() }
        }
    }

    private func cancel(_ request: RPCRequest, of client: Int) throws -> Answer {
        _ = try table.method(for: request)
        guard let id = request.params?["id"].flatMap(RPCID.init) else {
            throw RPCFailure.invalidParams("Empty task ID")
        }
        try tasks.cancel(id, of: client)
        return .nothing
    }

    private func perform(_ request: RPCRequest, _ task: ServerTask) {
        defer { tasks.remove(task) }
        if ending.hasBegun { return }
        let outcome = Result {
            try task.check()
            let method = try table.method(for: request)
            let call = Call(params: request.params ?? .null, payload: request.payload, task: task)
            return try state.withLock { try method.handler(&$0, call) }
        }.mapError(Self.rpcError)
        if case .failure(let error) = outcome {
            logger.debug("\(request.method): \(error.code) \(error.message)")
        }
        task.answer(outcome)
    }

    private static func rpcError(_ error: any Error) -> RPCError {
        switch error {
        case let failure as RPCFailure: failure.rpcError
        case let error as RPCError: error
        case let error as RaytracerError where error.code == .cancelled: RPCFailure.cancelled.rpcError
        default: RPCFailure.internalError(String(describing: error)).rpcError
        }
    }
}

/// Whether requests are carried out no more.
private final class Ending: Sendable {
    private let flag = Atomic(false)

    var hasBegun: Bool { flag.load(ordering: .relaxed) }

    func begin() { flag.store(true, ordering: .relaxed) }
}

/// Resumes a continuation for whoever comes first.
private final class FirstResume: Sendable {
    private let waiting: Mutex<CheckedContinuation<Void, Never>?>

    init(_ continuation: CheckedContinuation<Void, Never>) { waiting = Mutex(continuation) }

    func resume() { waiting.withLock { $0.take() }?.resume() }
}
