// SPDX-License-Identifier: Apache-2.0

/// What the service that takes the place of Azure Remote Rendering serves, and from where.
public struct RemoteRenderingOptions: Sendable {
    public var accounts: AccountKeys
    /// Addresses of containers, and the folder of this machine that stands for each.
    public var containers: [String: String]
    /// Hosts of Blob storage that requests may name, with a SAS, and all hosts below them.
    public var blobHosts = ["blob.core.windows.net"]
    /// Blob storage that accounts may use without a SAS.
    public var linkedStorage = LinkedStorage()
    /// Requests that an account may make a minute, those for tokens counted apart; `nil` for no limit.
    public var requestsPerMinute: Int? = 6000
    /// The file that keeps conversions and sessions over restarts; `nil` keeps them in memory.
    public var database: String?
    /// Conversions that run at once.
    public var conversions = 1
    /// Sessions that may run at once.
    public var sessions = 8
    /// Cores of each session.
    public var threadsPerSession = 1
    /// Pixels of the thumbnail that is put beside each converted asset; `nil` for none.
    public var thumbnailSize: Int? = 512
    /// The name that clients reach sessions by.
    public var hostname = "127.0.0.1"
    /// Conversions or sessions on one page of a list.
    public var pageSize = 100
    /// The program that converts, draws and renders; this one when `nil`.
    public var executable: String?

    public init(accounts: AccountKeys, containers: [String: String]) {
        (self.accounts, self.containers) = (accounts, containers)
    }
}
