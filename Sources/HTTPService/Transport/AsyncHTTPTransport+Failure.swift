// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

extension AsyncHTTPTransport {
    /// What an error of the network client means.
    static func failure(_ error: any Error) -> any Error {
        switch error {
        case let error as TransportError: return error
        case is CancellationError: return error
        case let error as HTTPClientError: return failure(error)
        case let error as NIOConnectionError:
            let causes =
                error.connectionErrors.map { "\($0.error)" }
                + [
                    error.dnsAError.map { "\($0)" }, error.dnsAAAAError.map { "\($0)" },
                ].compactMap(\.self)
            return TransportError(
                .unreachable, "cannot connect to \(error.host):\(error.port): \(causes.joined(separator: ", "))",
                underlying: error)
        case ChannelError.connectTimeout:
            return TransportError(.unreachable, "no connection in the time allowed", underlying: error)
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            return TransportError(.insecure, "TLS failed: \(cause(of: error))", underlying: error)
        case is IOError, is ChannelError:
            return TransportError(.broken, "the connection broke: \(error)", underlying: error)
        case is HTTPParserError:
            return TransportError(.broken, "the answer is no HTTP: \(error)", underlying: error)
        default: return TransportError(.broken, "the exchange failed: \(error)", underlying: error)
        }
    }

    /// What is wrong with the peer's proof, in words where they are known.
    private static func cause(of error: any Error) -> String {
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") {
            return "nobody who is trusted here vouches for its certificate, or that has run out"
        }
        if error as? NIOSSLExtraError == .failedToValidateHostname {
            return "its certificate is for another name"
        }
        // What the library adds behind it are places in its own sources.
        return text.split(separator: " at /").first.map(String.init) ?? text
    }

    private static func failure(_ error: HTTPClientError) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout:
            TransportError(.unreachable, "no connection in the time allowed", underlying: error)
        case .readTimeout, .deadlineExceeded, .writeTimeout:
            TransportError(.timedOut, "no answer in the time allowed", underlying: error)
        case .remoteConnectionClosed:
            TransportError(.broken, "the connection was closed before the answer was complete", underlying: error)
        case .bodyLengthMismatch:
            TransportError(.source, "what was to be sent is not as long as was said", underlying: error)
        default: TransportError(.broken, "the exchange failed: \(error)", underlying: error)
        }
    }
}
