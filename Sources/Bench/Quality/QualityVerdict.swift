// SPDX-License-Identifier: Apache-2.0

/// What few samples denoised are worth, scene by scene, and whether that is what denoising was built to reach.
public struct QualityVerdict: Sendable {
    /// One scene.
    public struct Row: Sendable {
        public var scene: String
        public var byPSNR: SampleWorth?
        public var bySSIM: SampleWorth?
        /// By PSNR on what is drawn, for a scene before a clear background.
        public var byDrawn: SampleWorth?
        /// The least of them.
        public var least: SampleWorth?
    }

    /// Something set out for.
    public struct Goal: Sendable {
        public var name: String
        public var wanted: Int
        public var found: SampleWorth
        public var isReached: Bool { found.bound != .below && found.samples >= Double(wanted) }
    }

    /// Samples of the pictures that are judged.
    public static let samples = 4

    /// The scenes that were drawn with so many samples.
    public var rows: [Row]
    /// The median and the worst of all five scenes; none where fewer were measured.
    public var goals: [Goal] = []

    public init(_ report: QualityReport) {
        rows = report.scenes.compactMap { scene in
            guard let point = scene.curve(isDenoised: true).first(where: { $0.samples == Self.samples }) else {
                return nil
            }
            return Row(
                scene: scene.name, byPSNR: scene.worth(point) { $0.psnr }, bySSIM: scene.worth(point) { $0.ssim },
                byDrawn: scene.worth(point) { $0.drawnPSNR }, least: scene.worth(point))
        }
        let least = rows.compactMap(\.least).sorted()
        let isWhole = rows.map(\.scene) == QualityScene.standard.map(\.name) && least.count == rows.count
        guard isWhole, let worst = least.first else { return }
        goals = [
            Goal(name: "median scene", wanted: 32, found: least[least.count / 2]),
            Goal(name: "worst scene", wanted: 12, found: worst),
        ]
    }
}
