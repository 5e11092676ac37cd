// SPDX-License-Identifier: Apache-2.0
import CShading

/// This build's kernels. They are reached through the table only, so that nothing of a wider build is inlined into
/// code that runs on every processor.
public func makeShadingTable() -> shading_table {
    shading_table(
        render_tile: { frame, scratch, x0, y0, x1, y1 in renderTile(frame, scratch, x0, y0, x1, y1) },
        render_guides: { frame, scratch, x0, y0, x1, y1 in renderGuides(frame, scratch, x0, y0, x1, y1) },
        pick: { frame, scratch, x, y in pick(frame, scratch, x, y) })
}
