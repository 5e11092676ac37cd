// SPDX-License-Identifier: Apache-2.0
import Models

extension ColorRamp {
    /// What a circuit's values are drawn in unless a client says otherwise, from -80 to -10 mV: black over blue and red
    /// to white.
    static let voltages = ColorRamp(
        colors: hexadecimals.split(separator: " ").map { text in
            let value = UInt32(text, radix: 16) ?? 0
            return SIMD4(
                Float(value >> 16) / 255, Float(value >> 8 & 255) / 255, Float(value & 255) / 255, 1)
        }, range: SIMD2(-80, -10))

    private static let hexadecimals = """
        000000 010121 020242 030364 040485 0505a7 0914af 0c22b8 0f30c1 133fc9 164dd2 195cdb 1d6ae3 2078ec \
        2387f4 3877df 4d67cb 6257b6 7b4998 933a7a ab2b5d c41d3f dc0e22 f40004 f40504 f30b04 f21104 f11604 \
        f01c04 ef2203 ee2803 ee2d03 ed3303 ec3903 eb3f03 ea4402 e94a02 e85002 e85602 e75b02 e66102 e56701 \
        e46c01 e37201 e27801 e17e01 e18301 e08900 df8f00 de9500 dd9a00 dca000 dba600 dbac00 dbae04 dcb009 \
        ddb30d deb512 deb716 dfba1b e0bc20 e1be24 e1c129 e2c32d e3c632 e4c837 e5ca3b e5cd40 e6cf44 e7d149 \
        e8d44e e8d652 e9d957 eadb5b ebdd60 ebe065 ece269 ede46e eee772 efe977 efec7c f0ee80 f1f085 f2f389 \
        f2f58e f3f793 f4fa97 f5fc9c f6ffa0 f6ffa3 f6ffa5 f6ffa8 f6ffaa f7ffac f7ffaf f7ffb1 f7ffb3 f8ffb6 \
        f8ffb8 f8ffba f8ffbd f8ffbf f9ffc1 f9ffc4 f9ffc6 f9ffc8 faffcb faffcd faffcf faffd2 faffd4 fbffd7 \
        fbffd9 fbffdb fbffde fcffe0 fcffe2 fcffe5 fcffe7 fcffe9 fdffec fdffee fdfff0 fdfff3 fefff5 fefff7 \
        fefffa ffffff
        """
}
