# SPDX-License-Identifier: Apache-2.0
"""Draws one model by libf3d and ends: MODEL PICTURE WIDTH HEIGHT."""

import sys

import f3d

model, picture, width, height = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
f3d.Engine.autoload_plugins()
engine = f3d.Engine.create(True)
engine.window.size = width, height
engine.scene.add(model)
engine.window.render_to_image().save(picture)
