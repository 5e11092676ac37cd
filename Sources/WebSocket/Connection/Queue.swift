// SPDX-License-Identifier: Apache-2.0

/// First in, first out, without moving what stays.
struct Queue<Element> {
    private var elements: [Element?] = []
    private var head = 0

    var count: Int { elements.count - head }
    var isEmpty: Bool { count == 0 }

    mutating func append(_ element: Element) { elements.append(element) }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        defer {
            elements[head] = nil
            head += 1
            if head > 32, head * 2 > elements.count {
                elements.removeFirst(head)
                head = 0
            }
        }
        return elements[head]
    }

    /// Takes out the first element that fits, wherever it stands.
    mutating func remove(where fits: (Element) -> Bool) -> Element? {
        guard let index = elements[head...].firstIndex(where: { $0.map(fits) ?? false }) else { return nil }
        return elements.remove(at: index)
    }

    mutating func removeAll() -> [Element] {
        defer { self = Queue() }
        return elements[head...].compactMap { $0 }
    }
}
