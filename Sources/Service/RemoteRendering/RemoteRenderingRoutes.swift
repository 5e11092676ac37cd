// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import HTTPTypes
import Hummingbird
import NIOCore
import RemoteRendering

/// The paths of Azure Remote Rendering's REST API 2021-01-01 and of its token service.
struct RemoteRenderingRoutes: Sendable {
    typealias Context = BasicRequestContext

    let options: RemoteRenderingOptions
    let maxBodyBytes: Int
    let scheme: String
    let locator: StoreLocator
    let conversions: ConversionStore
    let sessions: SessionStore
    let worker: ConversionWorker
    let keeper: SessionKeeper
    let issuer: TokenIssuer
    let limiter: RequestLimiter

    func add(to router: Router<Context>) {
        // Clients of the token service write the first word with a capital letter.
        for word in ["accounts", "Accounts"] {
            router.get("\(word)/:account/token") { try token($0, $1) }
        }
        let account = router.group("accounts/:account")
        account.get("conversions") { try await list(conversions: $0, $1) }
        account.put("conversions/:id") { try await create(conversion: $0, $1) }
        account.get("conversions/:id") { try await get(conversion: $0, $1) }
        account.get("sessions") { try await list(sessions: $0, $1) }
        account.put("sessions/:id") { try await create(session: $0, $1) }
        account.get("sessions/:id") { try await get(session: $0, $1) }
        account.patch("sessions/:id") { try await update(session: $0, $1) }
        // The colon is part of the path, and would begin a parameter in a route.
        account.post("sessions/:id/*") { try await stop(session: $0, $1) }
    }

    // MARK: What every path asks first

    private func token(_ request: Request, _ context: Context) throws -> Response {
        try checkVersion(request, RemoteRenderingAPI.tokenVersion)
        let account = try context.parameters.require("account")
        // Whoever guesses at accounts shares one limit.
        try limiter.take("token \(options.accounts.knows(account) ? account.lowercased() : "")")
        // The account's id, a colon and its key, in clear.
        guard let credential = Self.bearer(request), let colon = credential.firstIndex(of: ":"),
            credential[..<colon].lowercased() == account.lowercased(),
            options.accounts.admits(account, key: String(credential[credential.index(after: colon)...]))
        else { throw RequestProblem.unauthorized }
        var response = Response.json(AccessTokenAnswer(accessToken: try issuer.token(for: account)))
        (response.headers[.cacheControl], response.headers[.pragma]) = ("no-store, no-cache", "no-cache")
        return response
    }

    /// The account of a request that carries a token for it and asks for the version served.
    func account(_ request: Request, _ context: Context) throws -> String {
        let account = try context.parameters.require("account").lowercased()
        guard let token = Self.bearer(request), let holder = issuer.account(of: token) else {
            throw RequestProblem.unauthorized
        }
        guard holder == account, options.accounts.knows(account) else {
            throw RequestProblem(
                .forbidden, code: "Forbidden", "The token is not for this account.", target: "account")
        }
        try limiter.take(account)
        try checkVersion(request, RemoteRenderingAPI.version)
        return account
    }

    private func checkVersion(_ request: Request, _ version: String) throws {
        let asked = request.uri.queryParameters["api-version"].map(String.init)
        guard asked == version else {
            throw RequestProblem.badRequest(
                asked == nil
                    ? "The query parameter api-version is missing; this service speaks \(version)."
                    : "The api-version is not one that this service speaks: that is \(version).", target: "api-version")
        }
    }

    private static func bearer(_ request: Request) -> String? {
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer ") else { return nil }
        return String(header.dropFirst(7)).trimmingCharacters(in: .whitespaces)
    }

    /// The id in the path.
    func id(_ context: Context) throws -> String {
        let id = try context.parameters.require("id")
        guard let plain = id.removingPercentEncoding, RemoteRenderingAPI.isID(plain) else {
            throw RequestProblem.badRequest(
                "An id has 1 to \(RemoteRenderingAPI.longestID) letters, digits, hyphens and underscores.", target: "id"
            )
        }
        return plain
    }

    /// The body, within the limit, as what it has to be.
    func body<Body: Decodable>(_ type: Body.Type, _ request: Request) async throws -> Body {
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collect(upTo: maxBodyBytes)
        } catch is NIOTooManyBytesError {
            throw RequestProblem(
                .contentTooLarge, code: "PayloadTooLarge", "A request's body may have \(maxBodyBytes) bytes.")
        }
        do {
            return try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
        } catch let error as DecodingError {
            let (path, what) = Self.explain(error)
            throw RequestProblem.badRequest(what, target: path)
        }
    }

    private static func explain(_ error: DecodingError) -> (path: String?, what: String) {
        func path(_ keys: [any CodingKey]) -> String? {
            keys.isEmpty ? nil : keys.map(\.stringValue).joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            let whole = path(context.codingPath + [key])
            return (whole, "The member \(whole ?? "") is required.")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let place = path(context.codingPath)
            return (place, "\(place.map { "The member \($0)" } ?? "The body") is of the wrong kind.")
        default: return (nil, "The body is not the JSON that this path takes.")
        }
    }

    // MARK: Lists

    /// The place that a page begins after.
    func place(_ request: Request) throws -> Int64 {
        guard let text = request.uri.queryParameters["continuation"] else { return 0 }
        guard let place = Int64(text), place >= 0 else {
            throw RequestProblem.badRequest(
                "The continuation is not one that this service gave.", target: "continuation")
        }
        return place
    }

    /// The address of the page after a place.
    func nextLink(_ request: Request, after place: Int64?) -> String? {
        guard let place else { return nil }
        let host = request.head.authority ?? "\(options.hostname)"
        return "\(scheme)://\(host)\(request.uri.path)?api-version=\(RemoteRenderingAPI.version)&continuation=\(place)"
    }

    /// An answer as the original gave it.
    func answer(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        var response = Response.json(value, status: status)
        response.headers[.supportedVersions] = RemoteRenderingAPI.version
        return response
    }
}

extension HTTPField.Name {
    static let pragma = HTTPField.Name("Pragma")!
}
