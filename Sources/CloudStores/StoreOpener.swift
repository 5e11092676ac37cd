// SPDX-License-Identifier: Apache-2.0
import AzureIdentity
import BlobStorage
import Foundation
import HTTPService
import Logging
import S3Storage
import Stores
import Synchronization

/// Opens stores by their addresses, with what this machine has to prove who asks.
///
/// Buckets by AWS' chain of credentials. Containers by `AZURE_STORAGE_SAS_TOKEN`, else `AZURE_STORAGE_KEY`, else an
/// Entra identity.
public final class StoreOpener: Sendable {
    /// How to reach stores.
    public struct Options: Sendable {
        public var environment: [String: String]
        public var transport: any HTTPTransport
        public var logger = Logger.silent
        public var clock = ServiceClock.system
        /// The address of an S3 other than AWS'; `nil` goes by `AWS_ENDPOINT_URL_S3` and the profile.
        public var s3Endpoint: String?
        /// Where buckets lie; `nil` goes by `AWS_REGION` and the profile.
        public var s3Region: String?

        public init(environment: [String: String], transport: any HTTPTransport = AsyncHTTPTransport()) {
            (self.environment, self.transport) = (environment, transport)
        }
    }

    private let options: Options
    private let surroundings: AWSSurroundings
    private let chain: AWSCredentialChain
    private let open = Mutex<[StoreAddress: any ObjectStore]>([:])

    public init(_ options: Options) {
        self.options = options
        surroundings = AWSSurroundings(
            environment: options.environment, transport: options.transport, clock: options.clock,
            logger: options.logger)
        chain = AWSCredentialChain(surroundings)
    }

    /// The store that an address lies in; the same one every time.
    ///
    /// - Throws: `StoreError` for settings that cannot be; nobody is asked yet.
    public func store(of address: StoreAddress) throws(StoreError) -> any ObjectStore {
        let place = address.store
        if let known = open.withLock({ $0[place] }) { return known }
        let store: any ObjectStore
        do throws(ServiceError) {
            store = try make(place)
        } catch {
            var refusal = StoreError(error, at: place.description, endpoint: place.description, name: "")
            // Nobody was asked: it is the settings that cannot be.
            if refusal.code == .badName { refusal.code = .badAddress }
            throw refusal
        }
        return open.withLock { open in
            if let known = open[place] { return known }
            open[place] = store
            return store
        }
    }

    private func make(_ place: StoreAddress) throws(ServiceError) -> any ObjectStore {
        switch place.kind {
        case .s3: return S3ObjectStore(try bucket(place.container))
        case .az: return BlobObjectStore(try container(place), address: place.description)
        }
    }

    private func bucket(_ name: String) throws(ServiceError) -> S3Bucket {
        var own = S3Bucket.Options(transport: options.transport)
        (own.clock, own.logger) = (options.clock, options.logger)
        let (endpoint, region) = (try surroundings.endpoint(), try surroundings.region())
        own.endpoint = options.s3Endpoint ?? endpoint
        if let region = options.s3Region ?? region { own.region = region }
        switch try surroundings.profile()["s3.addressing_style"] {
        case "path": own.isInPath = true
        case "virtual": own.isInPath = false
        default: break
        }
        return try S3Bucket(name, credentials: chain, options: own)
    }

    private func container(_ place: StoreAddress) throws(ServiceError) -> BlobContainer {
        var own = BlobContainer.Options(transport: options.transport)
        (own.clock, own.logger) = (options.clock, options.logger)
        let account = variable("AZURE_STORAGE_SERVICE_ENDPOINT") ?? "https://\(place.account).blob.core.windows.net"
        let address = "\(account.hasSuffix("/") ? String(account.dropLast()) : account)/\(place.container)"
        return try BlobContainer(address, credential: credential(of: place.account), options: own)
    }

    private func credential(of account: String) throws(ServiceError) -> BlobCredential {
        if let sas = variable("AZURE_STORAGE_SAS_TOKEN") { return .sas(Secret(sas)) }
        if let key = variable("AZURE_STORAGE_KEY") { return .sharedKey(account: account, key: Secret(key)) }
        let context = IdentityContext(
            transport: options.transport, clock: options.clock, logger: options.logger,
            environment: options.environment)
        return .entra(KeptTokens(DefaultCredentialChain(context), clock: options.clock))
    }

    private func variable(_ name: String) -> String? { options.environment[name].flatMap { $0.isEmpty ? nil : $0 } }
}
