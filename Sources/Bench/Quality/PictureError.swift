// SPDX-License-Identifier: Apache-2.0
import Foundation
import JSONRPC

/// How far a picture is from what it would be with samples without end.
public struct PictureError: Sendable, Hashable {
    /// Peak signal-to-noise ratio of the finished picture in dB; infinite for equal ones.
    public var psnr: Double
    /// Structural similarity of the finished picture's luma; 1 for equal ones.
    public var ssim: Double
    /// Squared error of linear light over that of the reference: (a - b)² / (mean of b's colours² + 0.01), averaged.
    public var relativeError: Double
    /// What the mean of the light is off, as a share of the reference's.
    public var meanChange: Double
    /// PSNR where something is drawn, and a pixel around; of pictures with a clear background only.
    public var drawnPSNR: Double?
    /// PSNR everywhere else.
    public var clearPSNR: Double?

    /// The figures; infinite ones as null.
    var json: JSONValue {
        var members: [String: JSONValue] = [
            "psnr": .double(psnr), "ssim": .double(ssim), "relative_mse": .double(relativeError),
            "mean_change": .double(meanChange),
        ]
        members["drawn_psnr"] = drawnPSNR.map { .double($0) }
        members["clear_psnr"] = clearPSNR.map { .double($0) }
        return .object(members)
    }
}
