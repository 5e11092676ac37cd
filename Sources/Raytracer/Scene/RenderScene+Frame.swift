// SPDX-License-Identifier: Apache-2.0
import CShading

extension RenderScene {
    /// What kernels need to know of the scene; the picture itself is for the caller to add.
    func frame(seenBy camera: shading_camera, packetWidth: UInt32) -> shading_frame {
        let ambient = ambient * Float.pi
        return shading_frame(
            scene: UnsafeMutableRawPointer(scene.handle), instances: records, is_single: isSingle ? 1 : 0,
            is_opaque: isOpaque ? 1 : 0, packet_width: packetWidth, path_traced: 0, camera: camera, width: 0, height: 0,
            inverse_width: 1, inverse_height: 1, sample_count: 0, first_sample: 0, color_samples: 0, pixel_offsets: nil,
            pixel_filter: nil, sobol: nil, occlusion: nil, background: (0, 0, 0, 0), shadows: 0, occlusion_rays: 0,
            max_bounces: 0,
            ambient: (ambient.x, ambient.y, ambient.z), min_contribution: 0, metal_albedo: nil, lights: lights,
            light_count: Int32(clamping: lightCount), clip_shapes: clipShapes, clippers: clippers,
            clipper_count: Int32(clamping: clipperCount), volumes: volumes,
            volume_count: Int32(clamping: volumeCount), color: nil, depth: nil, normal: nil, albedo: nil,
            deviation: nil, fine_normal: nil, fine_albedo: nil
        )
    }
}
