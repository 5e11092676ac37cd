// SPDX-License-Identifier: Apache-2.0
// Written by BraynsGenerator from a server's schemas: change its tables and run `make generate`.

extension Methods {
    /// Tells the server's version.
    public static let getVersion = Method<NoValue, ServerVersion>("get-version")

    /// Tells the plugins and the viewport.
    public static let getApplicationParameters = Method<NoValue, ApplicationParameters>("get-application-parameters")

    /// Sets the viewport.
    public static let setApplicationParameters = Method<ApplicationChange, NoValue>("set-application-parameters")

    /// Names all methods, in no order.
    public static let registry = Method<NoValue, [String]>("registry")

    /// Tells about one method.
    public static let schema = Method<SchemaRequest, EntrypointDescription>("schema")

    /// Tells about all loaders.
    public static let getLoaders = Method<NoValue, [LoaderDescription]>("get-loaders")

    /// Stops a task of this connection; a running snapshot ends only with its frame.
    public static let cancel = Method<CancelRequest, NoValue>("cancel")

    /// Ends the server's process, for all its clients.
    public static let quit = Method<NoValue, NoValue>("quit")
}
