// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes

extension ServicePipeline {
    /// Sends a call, again where that can help, and gives the answer with its body unread.
    ///
    /// - Throws: `ServiceError` for everything but a status of 2xx or one the call accepts; `CancellationError`.
    public func send(_ call: ServiceRequest) async throws -> ServiceResponse {
        try await run(call) { $0 }
    }

    /// Takes a call through all its tries.
    ///
    /// - Parameter finish: what makes an answer whole; a `TransportError` of it makes the try a failed one.
    func run<Answer: Sendable>(
        _ call: ServiceRequest, finish: @Sendable (ServiceResponse) async throws -> Answer
    ) async throws -> Answer {
        var course = Course(pipeline: self, call: call)
        while true {
            try Task.checkCancellation()
            var request = course.request()
            try await authorizer.authorize(&request, body: call.body)
            switch try await attempt(request, of: course, finish: finish) {
            case .success(let answer): return answer
            case .failure(let failure):
                if failure.error.status == 401, !course.isRenewed, authorizer.renew(after: request) {
                    course.isRenewed = true
                    continue
                }
                guard failure.isWorthRetrying, let pause = course.pause(after: failure) else {
                    throw course.final(failure.error)
                }
                course.log(retryIn: pause, after: failure.error)
                try await configuration.clock.sleep(pause)
                course.attempt += 1
            }
        }
    }

    /// One try: an answer to hand on, or why there is none.
    private func attempt<Answer: Sendable>(
        _ request: HTTPRequest, of course: Course, finish: (ServiceResponse) async throws -> Answer
    ) async throws -> Result<Answer, Failure> {
        let start = configuration.clock.uptime()
        do {
            let response = try await transport.send(request, body: course.call.body, timeout: course.tryTimeout)
            course.log(request, response.head, after: configuration.clock.uptime() - start)
            let (status, marks) = (response.head.status.code, course.marks(of: response.head))
            guard (200..<300).contains(status) || course.call.accepts.contains(status) else {
                return .failure(await course.refusal(response, request, marks))
            }
            let secrets = configuration.redaction.secrets(of: request, course.call)
            return .success(
                try await finish(
                    ServiceResponse(head: response.head, body: response.body, marks: marks, secrets: secrets)))
        } catch let error as TransportError {
            let failure = course.failure(of: error, request)
            course.log(request, failed: failure.error, after: configuration.clock.uptime() - start)
            return .failure(failure)
        }
    }

    /// A try that did not bring what was asked for.
    struct Failure: Error {
        var error: ServiceError
        var isWorthRetrying = false
        var retryAfter: Duration?
    }
}
