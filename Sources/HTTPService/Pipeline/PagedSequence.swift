// SPDX-License-Identifier: Apache-2.0

/// A list that a service gives page by page; a page is asked for when its first item is.
public struct PagedSequence<Item: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Item

    /// Items, and where more of them are.
    public struct Page: Sendable {
        public var items: [Item]
        /// The call that gives the next page; `nil` on the last one.
        public var next: ServiceRequest?

        public init(items: [Item], next: ServiceRequest?) { (self.items, self.next) = (items, next) }
    }

    private let first: ServiceRequest
    private let fetch: @Sendable (ServiceRequest) async throws -> Page

    public init(first: ServiceRequest, fetch: @escaping @Sendable (ServiceRequest) async throws -> Page) {
        (self.first, self.fetch) = (first, fetch)
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(next: first, fetch: fetch) }

    /// Gives one item after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate var next: ServiceRequest?
        fileprivate let fetch: @Sendable (ServiceRequest) async throws -> Page
        private var items: ArraySlice<Item> = []
        private var seen: Set<String> = []

        fileprivate init(next: ServiceRequest?, fetch: @escaping @Sendable (ServiceRequest) async throws -> Page) {
            (self.next, self.fetch) = (next, fetch)
        }

        /// - Throws: `ServiceError`, `.unreadable` when the service leads back to a page that was there already.
        public mutating func next() async throws -> Item? {
            while items.isEmpty {
                guard let call = next else { return nil }
                guard seen.insert(call.target).inserted else {
                    throw ServiceError(.unreadable, "The service leads in circles when asked to \(call.purpose).")
                }
                let page = try await fetch(call)
                (items, next) = (page.items[...], page.next)
            }
            return items.popFirst()
        }
    }

    /// All items in memory.
    public func all() async throws -> [Item] { try await reduce(into: []) { $0.append($1) } }
}

extension ServicePipeline {
    /// The call that follows a link which this service gave.
    ///
    /// - Throws: `ServiceError` with `.foreignLink` when it leads to another origin.
    public func following(_ link: String, from call: ServiceRequest) throws(ServiceError) -> ServiceRequest {
        var next = call
        next.target = try endpoint.target(ofLink: link)
        next.isAbsolute = true
        return next
    }
}
