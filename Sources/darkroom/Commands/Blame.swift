// SPDX-License-Identifier: Apache-2.0
import BraynsServer
import Codecs
import Conversion
import DatarheiCore
import HTTPService
import ImageCore
import JSONRPC
import Jobs
import Models
import RemoteRendering
import Service
import Stores
import WebSocket

/// Who is to blame for an error of any room, and what to say about it.
struct Blame {
    var code: Jobs.ExitCode
    var message: String

    init(_ error: any Error) {
        switch error {
        case let error as CommandFailure: (code, message) = (error.code, error.message)
        case let error as JobError: (code, message) = (Self.code(error.code), error.message)
        case let error as RendererError: (code, message) = (Self.code(error.blame), error.message)
        case let error as CodecError:
            (code, message) = (error.code == .limits ? .limits : .input, error.message)
        case let error as ModelError: (code, message) = (error.code == .limits ? .limits : .input, error.message)
        case let error as ConversionError:
            let codes: [ConversionError.Code: Jobs.ExitCode] = [.limits: .limits, .unwritable: .environment]
            (code, message) = (codes[error.code] ?? .input, error.message)
        case let error as HostError:
            (code, message) = (error.code == .configuration ? .input : .environment, error.message)
        case let error as ImageError: (code, message) = (.input, error.message)
        case let error as BraynsServerError: (code, message) = (Self.code(error.code), error.message)
        case let error as StandardStreams.Failure: (code, message) = (.environment, error.description)
        case let error as ConnectionError: (code, message) = (.remote, error.message)
        case let error as RPCError: (code, message) = (.remote, "The server answered with an error: \(error.message)")
        case let error as WebSocketError: (code, message) = (.remote, error.message)
        case let error as ServiceError: (code, message) = (Self.code(error.code), error.message)
        case let error as RemoteRenderingError:
            (code, message) = (error.code == .deadline ? .interrupted : .remote, error.message)
        case let error as StoreError: (code, message) = (Self.code(error.code), error.message)
        case let error as PublishError: (code, message) = (Self.code(error.code), error.message)
        case is CancellationError:
            (code, message) = (.interrupted, "Interrupted by \(Interruption.signalName ?? "a request to stop").")
        default:
            let what = String(describing: error).prefix(300)
            (code, message) = (
                .bug, "This is a bug in darkroom \(ProgramVersion.text), please report it: \(type(of: error)): \(what)"
            )
        }
    }

    private static func code(_ code: JobError.Code) -> Jobs.ExitCode {
        switch code {
        case .usage: .usage
        case .input: .input
        case .limits: .limits
        case .remote: .remote
        case .environment: .environment
        default: .bug
        }
    }

    private static func code(_ code: ServiceError.Code) -> Jobs.ExitCode {
        switch code {
        case .badAddress, .badArgument: .usage
        case .file, .noCredential: .environment
        case .tooLarge: .limits
        default: .remote
        }
    }

    private static func code(_ code: StoreError.Code) -> Jobs.ExitCode {
        switch code {
        case .badAddress: .usage
        case .noStore, .noObject, .badName: .input
        case .noCredentials, .file, .skewed: .environment
        default: .remote
        }
    }

    private static func code(_ code: PublishError.Code) -> Jobs.ExitCode {
        switch code {
        case .badFrames: .input
        case .badSettings: .usage
        case .taken, .failed, .timedOut: .remote
        }
    }

    private static func code(_ blame: RendererError.Blame) -> Jobs.ExitCode {
        switch blame {
        case .input, .unsupported: .input
        case .limits: .limits
        case .remote, .rendererLost: .remote
        case .environment: .environment
        }
    }

    private static func code(_ code: BraynsServerError.Code) -> Jobs.ExitCode {
        switch code {
        case .help: .success
        case .usage: .usage
        case .environment: .environment
        case .limits: .limits
        }
    }
}
