// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPService
import JSONRPC

/// Whoever is logged in with `az login` on this machine.
public struct AzureCLICredential: EntraCredential {
    private let tenant: String?
    private let context: IdentityContext
    private let limit: Duration

    /// - Parameter limit: how long the program may take.
    public init(tenant: String? = nil, limit: Duration = .seconds(10), _ context: IdentityContext) {
        (self.tenant, self.limit, self.context) = (tenant, limit, context)
    }

    public func token(for scope: String) async throws -> AccessToken {
        guard let program = Self.program(in: context.variable("PATH") ?? "") else {
            throw ServiceError(.noCredential, "The Azure command line, az, is not installed.")
        }
        var arguments = ["account", "get-access-token", "--output", "json", "--resource", resource(of: scope)]
        if let tenant { arguments += ["--tenant", tenant] }
        var environment = context.environment
        environment["AZURE_CORE_NO_COLOR"] = "true"
        let result = try await CommandRun.run(program, arguments, environment: environment, limit: limit)
        guard result.code == 0 else { throw refusal(result) }
        guard let answer = try? JSONValue(parsing: result.output), let token = answer["accessToken"]?.stringValue else {
            throw ServiceError(.unreadable, "az account get-access-token wrote something that holds no token.")
        }
        let now = context.clock.now()
        return AccessToken(Secret(token), obtained: now, expires: Self.end(answer) ?? now.addingTimeInterval(300))
    }

    private func refusal(_ result: CommandRun.Result) -> ServiceError {
        let said = Redaction.text(result.talk).split(separator: "\n").last.map(String.init) ?? "it said nothing"
        if result.talk.contains("az login") || result.talk.contains("az account set") {
            return ServiceError(.noCredential, "Nobody is logged in to the Azure command line: run az login.")
        }
        return ServiceError(
            .unauthorized, "az account get-access-token ended with code \(result.code): \(said.prefix(300))")
    }

    /// The end of the token: seconds since 1970 from newer programs, else local time.
    private static func end(_ answer: JSONValue) -> Date? {
        if let seconds = answer["expires_on"]?.doubleValue { return Date(timeIntervalSince1970: seconds) }
        guard let text = answer["expiresOn"]?.stringValue else { return nil }
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
        return formatter.date(from: String(text.prefix(19)))
    }

    private static func program(in path: String) -> String? {
        path.split(separator: ":").map { "\($0)/az" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
