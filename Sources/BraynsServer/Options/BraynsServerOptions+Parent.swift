// SPDX-License-Identifier: Apache-2.0
import Foundation

extension BraynsServerOptions {
    /// What the WebSocket path must be, read from its descriptor when there is one.
    func readSecret() throws(BraynsServerError) -> String? {
        guard let secretDescriptor else { return secret }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 256)
        while bytes.count < 4096 {
            let count = read(secretDescriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw BraynsServerError(
                    .environment, "The descriptor \(secretDescriptor) of --secret-fd cannot be read")
            }
            bytes += buffer[0..<count]
            if count == 0 || bytes.contains(UInt8(ascii: "\n")) { break }
        }
        close(secretDescriptor)
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let isUsable = line.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        guard !line.isEmpty, isUsable else {
            throw BraynsServerError(.environment, "--secret-fd must give one line of letters, digits and hyphens")
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Tells the parent the port, as one line of JSON.
    func report(port: Int) throws(BraynsServerError) {
        guard let reportDescriptor else { return }
        let line = [UInt8]("{\"port\":\(port)}\n".utf8)
        guard write(reportDescriptor, line, line.count) == line.count else {
            throw BraynsServerError(
                .environment, "The descriptor \(reportDescriptor) of --report-fd cannot be written to")
        }
        close(reportDescriptor)
    }
}
