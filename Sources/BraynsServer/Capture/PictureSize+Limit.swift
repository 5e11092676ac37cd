// SPDX-License-Identifier: Apache-2.0

extension PictureSize {
    /// Throws when there is nothing to draw, or more than the limit, before anything is allocated.
    ///
    /// A real Brayns ends with a crash below 64 pixels a side; here every size from 1x1 is drawn.
    func check(limit: Int) throws(RPCFailure) {
        guard width > 0, height > 0 else {
            throw .internalError("Frame size must be at least 1x1, not \(width)x\(height)")
        }
        let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
        guard !overflow, pixels <= limit else {
            throw .internalError(
                "A frame of \(width)x\(height) is beyond the limit of \(limit) pixels; start the backend with a larger"
                    + " --max-pixels")
        }
    }
}
