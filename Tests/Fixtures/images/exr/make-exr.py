# SPDX-License-Identifier: Apache-2.0
# Writes the OpenEXR files of this folder: python3 make-exr.py (needs PyPI's openexr and numpy).
import OpenEXR
import numpy as np

W, H = 37, 21
y, x = np.mgrid[0:H, 0:W]
float_plane = (x * 0.25 + y * 8).astype(np.float32)
half_plane = (x * 0.125 - y).astype(np.float16)
uint_plane = (x * 3 + y * 1000).astype(np.uint32)
smooth = ((x + 2 * y) / 128).astype(np.float16)

COMPRESSIONS = "NO RLE ZIPS ZIP PIZ PXR24 B44 DWAA".split()


def write(name, channels, **header):
    with OpenEXR.File(header, {k: OpenEXR.Channel(k, v, 1, 1) for k, v in channels.items()}) as file:
        file.write(name)


for name in COMPRESSIONS:
    kind = getattr(OpenEXR, name + "_COMPRESSION")
    # B44 keeps half numbers roughly, PXR24 floats; DWAA is not known to every OpenEXR.
    channels = {"Z": float_plane, "R": smooth, "id": uint_plane}
    write(f"{name.lower()}.exr", channels, compression=kind, type=OpenEXR.scanlineimage)

tiles = OpenEXR.TileDescription()
tiles.xSize, tiles.ySize = 16, 8
write("tiled.exr", {"Z": float_plane, "R": half_plane, "id": uint_plane}, compression=OpenEXR.ZIP_COMPRESSION,
      type=OpenEXR.tiledimage, tiles=tiles)
window = (np.array([-5, 7], np.int32), np.array([-5 + W - 1, 7 + H - 1], np.int32))
write("window.exr", {"Z": float_plane}, compression=OpenEXR.ZIP_COMPRESSION, type=OpenEXR.scanlineimage,
      dataWindow=window, displayWindow=(np.array([0, 0], np.int32), np.array([99, 99], np.int32)))
parts = [OpenEXR.Part({"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage},
                      {k: OpenEXR.Channel(k, v, 1, 1)}, n)
         for n, k, v in [("depth", "Z", float_plane), ("mask", "A", half_plane)]]
with OpenEXR.File(parts) as file:
    file.write("parts.exr")

def uneven(name, width, keys):
    corner = np.array([0, 0], np.int32)
    header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage,
              "dataWindow": (corner, np.array([width - 1, 1], np.int32)),
              "displayWindow": (corner, np.array([3, 1], np.int32))}
    ones = np.ones((2, width), np.float32)
    return OpenEXR.Part(header, {key: OpenEXR.Channel(key, ones, 1, 1) for key in keys}, name)


with OpenEXR.File([uneven("color", 4, "RGBA"), uneven("depth", 2, "R")]) as file:
    file.write("uneven.exr")
