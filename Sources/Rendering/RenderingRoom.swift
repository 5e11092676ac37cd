// SPDX-License-Identifier: Apache-2.0

/// Placeholder until the room has its first type.
enum RenderingRoom {}
