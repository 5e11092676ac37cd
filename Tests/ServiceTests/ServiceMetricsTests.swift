// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Service

@Suite struct ServiceMetricsTests {
    @Test("numbers come as Prometheus reads them, in a fixed order") func format() {
        let metrics = ServiceMetrics()
        metrics.count("b_total", "Bs.", ["kind": "a\"\\\n"])
        metrics.count("b_total", "Bs.", ["kind": "a\"\\\n"], by: 2)
        metrics.count("b_total", "Bs.", ["kind": "A"])
        metrics.gauge("a_now", "As.", [:], 1.5)
        metrics.gauge("a_now", "As.", [:], 0.25)
        #expect(
            metrics.text == """
                # HELP a_now As.
                # TYPE a_now gauge
                a_now 0.25
                # HELP b_total Bs.
                # TYPE b_total counter
                b_total{kind="A"} 1
                b_total{kind="a\\"\\\\\\n"} 3

                """)
    }
}
