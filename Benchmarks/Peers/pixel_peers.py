# SPDX-License-Identifier: Apache-2.0
"""Pixels in memory: resizing, alpha, tone mapping."""

from calls import Call, need, pixels, size
from image_peers import opencv, vips_image


def pillow_resize(options):
    array, image = pixels(options), need("PIL.Image")
    picture, target = image.fromarray(array), size(options)
    # Pillow multiplies RGBA by alpha before it resizes, and divides afterwards.
    return Call(array.nbytes, lambda: picture.resize(target, image.Resampling.LANCZOS) and None)


def vips_resize(options):
    array = pixels(options)
    picture, (width, height) = vips_image(array), size(options)
    linear = options["space"] == "linear"

    def run():
        small = picture.thumbnail_image(width, height=height, size="force", linear=linear)
        small.write_to_memory()

    return Call(array.nbytes, run)


def opencv_premultiply(options):
    cv2, array = opencv(), pixels(options)
    return Call(2 * array.nbytes, lambda: cv2.cvtColor(array, cv2.COLOR_RGBA2mRGBA) is None or None)


def opencv_drop_alpha(options):
    cv2, array = opencv(), pixels(options)
    return Call(array.nbytes * 7 / 4, lambda: cv2.cvtColor(array, cv2.COLOR_RGBA2RGB) is None or None)


def pillow_premultiply(options):
    array = pixels(options)
    picture = need("PIL.Image").fromarray(array)
    return Call(2 * array.nbytes, lambda: picture.convert("RGBa") and None)


def pillow_over(options):
    array, image = pixels(options), need("PIL.Image")
    if "cover" in options:
        array = array.copy()
        array[:, :, 3] = int(options["cover"])
    picture = image.fromarray(array)
    below = image.new("RGBA", picture.size, (124, 149, 170, 255))
    return Call(3 * array.nbytes, lambda: image.alpha_composite(below, picture) and None)


def light(options):
    """Linear light from nothing to four times white."""
    import numpy

    width, height = size(options)
    values = (numpy.arange(width * height * 4, dtype=numpy.uint64) * 2654435761 & 0xFFFF).astype(numpy.float32)
    array = (values / 16384).reshape(height, width, 4)
    array[:, :, 3] = 1
    return array


def numpy_tone_map(options):
    import numpy

    array = light(options)

    def run():
        x = numpy.maximum(array[:, :, :3], 0)
        curve = numpy.clip(x * (2.51 * x + 0.03) / (x * (2.43 * x + 0.59) + 0.14), 0, 1)
        encoded = numpy.where(curve <= 0.0031308, curve * 12.92, 1.055 * curve ** (1 / 2.4) - 0.055)
        picture = numpy.empty(array.shape, numpy.uint8)
        picture[:, :, :3] = encoded * 255 + 0.5
        picture[:, :, 3] = array[:, :, 3] * 255 + 0.5

    return Call(array.size * 5, run)


def opencv_tone_map(options):
    import numpy

    cv2, array = opencv(), light(options)

    def run():
        # All in floats of OpenCV's own, with the power in place of sRGB's two pieces.
        above = cv2.multiply(array, cv2.add(cv2.multiply(array, 2.51), 0.03))
        below = cv2.add(cv2.multiply(array, cv2.add(cv2.multiply(array, 2.43), 0.59)), 0.14)
        curve = cv2.min(cv2.max(cv2.divide(above, below), 0), 1)
        cv2.pow(curve, 1 / 2.4, curve)
        cv2.convertScaleAbs(curve, alpha=255)

    return Call(array.size * 5, run)
