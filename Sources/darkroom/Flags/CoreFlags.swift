// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DatarheiCore
import Foundation
import HTTPService
import Jobs

/// How to reach a datarhei Core.
struct CoreFlags: ParsableArguments {
    /// Variables that hold what must not stand in a command line, where everybody on the machine can read it.
    static let userVariable = "DARKROOM_CORE_USER"
    static let passwordVariable = "DARKROOM_CORE_PASSWORD"
    static let tokenVariable = "DARKROOM_CORE_TOKEN"
    static let refreshVariable = "DARKROOM_CORE_REFRESH_TOKEN"

    @Option(
        help: ArgumentHelp(
            """
            User of the Core; the password is that of $DARKROOM_CORE_PASSWORD. Tokens may stand in \
            $DARKROOM_CORE_TOKEN and $DARKROOM_CORE_REFRESH_TOKEN (default: $DARKROOM_CORE_USER, else nobody).
            """, valueName: "name"))
    var coreUser: String?

    @Option(
        help: ArgumentHelp("A file with the password in its first line (default: the variable).", valueName: "file"))
    var corePasswordFile: String?

    @Option(
        help: ArgumentHelp(
            "Certificates, in PEM, to trust beside those of the system (default: none).", valueName: "file"))
    var coreCA: String?

    @Flag(help: "Accept any certificate of the Core (default: refuse what cannot be verified).")
    var coreInsecure = false

    @Flag(help: "Send passwords and tokens over http to other machines too (default: to this one only).")
    var corePlainHTTP = false

    @Option(help: ArgumentHelp("Further tries of a call that did not come through.", valueName: "n"))
    var coreRetries = 3

    @Option(
        help: ArgumentHelp("Longest wait for the Core's answer to a call (default: 10s).", valueName: "time"),
        transform: FlagValue.time)
    var coreTimeout: Duration = .seconds(10)

    func validate() throws {
        guard (0...100).contains(coreRetries) else {
            throw ValidationError("--core-retries needs a number from 0 to 100.")
        }
    }

    /// A client of the Core at an address.
    func client(_ address: String) throws -> CoreClient {
        var transport = AsyncHTTPTransport.Options()
        (transport.authorityFile, transport.allowsAnyCertificate) = (coreCA, coreInsecure)
        transport.connectTimeout = min(coreTimeout, transport.connectTimeout)
        var options = CoreClient.Options(transport: AsyncHTTPTransport(transport))
        (options.retries, options.timeout) = (coreRetries, coreTimeout)
        if corePlainHTTP { options.plainHTTP = .everywhere }
        options.userAgent = "darkroom/\(ProgramVersion.text)"
        return try CoreClient(address, credential: try credential(), options: options)
    }

    /// Who calls, by flags and variables.
    private func credential() throws(CommandFailure) -> CoreCredential {
        let environment = ProcessInfo.processInfo.environment.filter { !$0.value.isEmpty }
        let tokens = [Self.tokenVariable, Self.refreshVariable].map { environment[$0].map { Secret($0) } }
        var credential = CoreCredential.tokens(access: tokens[0], refresh: tokens[1])
        guard let user = coreUser ?? environment[Self.userVariable] else { return credential }
        var password = environment[Self.passwordVariable]
        if let corePasswordFile {
            let text = String(decoding: try FileReading.bytes(of: corePasswordFile), as: UTF8.self)
            password = text.split(whereSeparator: \.isNewline).first.map(String.init)
        }
        if let password {
            (credential.username, credential.password) = (user, Secret(password))
        } else if credential.accessToken == nil, credential.refreshToken == nil {
            throw CommandFailure(
                .usage, "The password of \(user) is missing: set \(Self.passwordVariable) or give --core-password-file."
            )
        }
        return credential
    }
}
