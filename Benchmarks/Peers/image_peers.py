# SPDX-License-Identifier: Apache-2.0
"""Image files: encoding, decoding, thumbnails."""

import io
import os

from calls import Call, file_bytes, frame_path, need, pixels


def opencv():
    cv2 = need("cv2")
    cv2.setNumThreads(1)
    return cv2


def swapped(array):
    """The array in OpenCV's order of channels."""
    cv2 = opencv()
    return cv2.cvtColor(array, cv2.COLOR_RGBA2BGRA if array.shape[2] == 4 else cv2.COLOR_RGB2BGR)


def vips_image(array):
    """A picture of libvips' whose pixels are in memory."""
    vips = need("pyvips")
    height, width, bands = array.shape
    image = vips.Image.new_from_memory(array.tobytes(), width, height, bands, "uchar")
    return image.copy(interpretation="srgb")


def pillow_file(image, **how):
    target = io.BytesIO()
    image.save(target, **how)
    return target.tell()


# PNG


def pillow_encode(options):
    array = pixels(options)
    image = need("PIL.Image").fromarray(array)
    level = int(options["level"])
    return Call(array.nbytes, lambda: pillow_file(image, format="PNG", compress_level=level))


def opencv_encode(options):
    cv2 = opencv()
    array = pixels(options)
    image, how = swapped(array), [cv2.IMWRITE_PNG_COMPRESSION, int(options["level"])]
    return Call(array.nbytes, lambda: len(cv2.imencode(".png", image, how)[1]))


def vips_encode(options):
    array = pixels(options)
    image, level = vips_image(array), int(options["level"])
    # Level 1 is asked for speed, so without choosing filters, as libvips does by default.
    filters = "none" if level == 1 else "all"
    return Call(array.nbytes, lambda: len(image.pngsave_buffer(compression=level, filter=filters)))


def imagecodecs_spng_encode(options):
    codecs = need("imagecodecs")
    array, level = pixels(options), int(options["level"])
    return Call(array.nbytes, lambda: len(codecs.spng_encode(array, level=level)))


def mtpng_encode(options):
    mtpng = need("pymtpng")
    array = pixels(options)
    levels = {"fast": mtpng.CompressionLevel.Fast, "default": mtpng.CompressionLevel.Default}

    def run():
        target = io.BytesIO()
        mtpng.encode_png(array, target, compression_level=levels[options["level"]])
        return target.tell()

    return Call(array.nbytes, run)


def pillow_decode(options):
    data, image = file_bytes(options), need("PIL.Image")
    return Call(pixels(options).nbytes, lambda: image.open(io.BytesIO(data)).load() and None)


def opencv_decode(options):
    import numpy

    cv2, data = opencv(), numpy.frombuffer(file_bytes(options), dtype=numpy.uint8)
    return Call(pixels(options).nbytes, lambda: cv2.imdecode(data, cv2.IMREAD_UNCHANGED) is None or None)


def vips_decode(options):
    vips, data = need("pyvips"), file_bytes(options)
    return Call(pixels(options).nbytes, lambda: vips.Image.new_from_buffer(data, "").write_to_memory() and None)


def imagecodecs_spng_decode(options):
    codecs, data = need("imagecodecs"), file_bytes(options)
    return Call(pixels(options).nbytes, lambda: codecs.spng_decode(data) is None or None)


# JPEG, quality 90, 4:2:0


def pillow_jpeg_encode(options):
    array = pixels(options)
    image = need("PIL.Image").fromarray(array)
    return Call(array.nbytes, lambda: pillow_file(image, format="JPEG", quality=90, subsampling="4:2:0"))


def pillow_jpeg_decode(options):
    array, image = pixels(options), need("PIL.Image")
    target = io.BytesIO()
    image.fromarray(array).save(target, format="JPEG", quality=90, subsampling="4:2:0")
    data = target.getvalue()
    return Call(array.nbytes, lambda: image.open(io.BytesIO(data)).load() and None)


def opencv_jpeg_encode(options):
    cv2 = opencv()
    array = pixels(options)
    image, how = swapped(array), [cv2.IMWRITE_JPEG_QUALITY, 90]
    return Call(array.nbytes, lambda: len(cv2.imencode(".jpg", image, how)[1]))


def opencv_jpeg_decode(options):
    cv2 = opencv()
    array = pixels(options)
    data = cv2.imencode(".jpg", swapped(array), [cv2.IMWRITE_JPEG_QUALITY, 90])[1]
    return Call(array.nbytes, lambda: cv2.imdecode(data, cv2.IMREAD_UNCHANGED) is None or None)


# A PNG file to a thumbnail's file


def thumbnail_file(options, name):
    return f"{options['work']}/thumbnail-{name}.png"


def vips_thumbnail(options):
    vips, source, target = need("pyvips"), frame_path(options), thumbnail_file(options, "libvips")

    def run():
        vips.Image.thumbnail(source, 256, height=144).pngsave(target)
        return os.path.getsize(target)

    return Call(1, run)


def pillow_thumbnail(options):
    image, source, target = need("PIL.Image"), frame_path(options), thumbnail_file(options, "pillow")

    def run():
        with image.open(source) as picture:
            picture.resize((256, 144), image.Resampling.LANCZOS, reducing_gap=2).save(target)
        return os.path.getsize(target)

    return Call(1, run)


def opencv_thumbnail(options):
    cv2, source, target = opencv(), frame_path(options), thumbnail_file(options, "opencv")

    def run():
        picture = cv2.imread(source, cv2.IMREAD_UNCHANGED)
        cv2.imwrite(target, cv2.resize(picture, (256, 144), interpolation=cv2.INTER_AREA))
        return os.path.getsize(target)

    return Call(1, run)
