// SPDX-License-Identifier: Apache-2.0
import CVector

/// The kernels of this build.
public func makeTable() -> vec_kernel_table {
    var table = vec_kernel_table()
    table.level = vec_build_level()
    table.linearize_rgba8 = linearizeRGBA8
    table.linearize_rgb8 = linearizeRGB8
    table.encode_rgba8 = encodeRGBA8
    table.encode_rgb8 = encodeRGB8
    table.develop = develop
    table.develop_rgba8 = developRGBA8
    table.premultiply_rgba8 = premultiplyRGBA8
    table.unpremultiply_rgba8 = unpremultiplyRGBA8
    table.premultiply_float = premultiplyFloat
    table.unpremultiply_float = unpremultiplyFloat
    table.over_straight8 = overStraight8
    table.over_premultiplied8 = overPremultiplied8
    table.over_float = overFloat
    table.over_color = overColor
    table.drop_alpha8 = dropAlpha8
    table.add_alpha8 = addAlpha8
    table.swap_red_blue8 = swapRedBlue8
    table.resample_row = resampleRow
    table.resample_column = resampleColumn
    table.scan_rgba8 = scanRGBA8
    table.difference_rgba8 = differenceRGBA8
    table.filter_row = filterRow
    table.choose_filter = chooseFilter
    table.unfilter_row = unfilterRow
    table.unfilter_paeth_pair = unfilterPaethPair
    table.count_tokens = countTokens
    table.emit_tokens = emitTokens
    table.spread = spread
    table.patch_weights = patchWeights
    table.add_weighted = addWeighted
    table.regress = regress
    return table
}
