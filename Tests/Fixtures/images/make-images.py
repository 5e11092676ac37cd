#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes the small PNG and JPEG files of this folder and `expected.json`, what each has to decode to.

PNGs are written and read back here with nothing but zlib, so that the expectation does not come from libpng.
JPEGs are written by Pillow (pip install pillow); for them only size and channels are expected exactly.
"""
import json, os, random, struct, sys, zlib

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def paeth(a, b, c):
    p = a + b - c
    pa, pb, pc = abs(p - a), abs(p - b), abs(p - c)
    return a if pa <= pb and pa <= pc else b if pb <= pc else c


def guess(kind, a, b, c):
    return [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]


def pack(values, depth):
    if depth == 16:
        return b"".join(struct.pack(">H", v) for v in values)
    bits, count, out = 0, 0, bytearray()
    for v in values:
        bits, count = bits << depth | v, count + depth
        while count >= 8:
            out.append(bits >> (count - 8) & 255)
            count -= 8
    if count:
        out.append(bits << (8 - count) & 255)
    return bytes(out)


def encode_pass(rows, depth, step):
    out, prior = bytearray(), None
    for y, row in enumerate(rows):
        row = pack(row, depth)
        prior = prior or bytes(len(row))
        kind = y % 5
        out.append(kind)
        for i, v in enumerate(row):
            a = row[i - step] if i >= step else 0
            c = prior[i - step] if i >= step else 0
            out.append((v - guess(kind, a, prior[i], c)) & 255)
        prior = row
    return bytes(out)


def write_png(width, height, depth, color, interlaced, pixels, extra=b""):
    """pixels: rows of flat sample lists"""
    n = SAMPLES[color]
    step = max(1, n * depth // 8)
    if interlaced:
        data = b""
        for x0, y0, dx, dy in ADAM7:
            rows = [[s for x in range(x0, width, dx) for s in pixels[y][x * n:(x + 1) * n]] for y in range(y0, height, dy)]
            if rows and rows[0]:
                data += encode_pass(rows, depth, step)
    else:
        data = encode_pass(pixels, depth, step)
    head = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, int(interlaced))
    packed = zlib.compress(data, 9)
    cut = len(packed) // 2  # two IDAT chunks
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + extra + chunk(b"IDAT", packed[:cut])
            + chunk(b"IDAT", packed[cut:]) + chunk(b"IEND", b""))


def unpack_rows(data, width, height, depth, n):
    step, size = max(1, n * depth // 8), (width * n * depth + 7) // 8
    rows, prior, at = [], bytes(size), 0
    for _ in range(height):
        kind, row = data[at], bytearray(data[at + 1:at + 1 + size])
        at += 1 + size
        for i in range(size):
            a = row[i - step] if i >= step else 0
            c = prior[i - step] if i >= step else 0
            row[i] = (row[i] + guess(kind, a, prior[i], c)) & 255
        if depth == 16:
            values = list(struct.unpack(">%dH" % (size // 2), bytes(row)))
        else:
            values = [row[k * depth // 8] >> (8 - depth - k * depth % 8) & ((1 << depth) - 1) for k in range(width * n)]
        rows.append(values)
        prior = bytes(row)
    return rows, at


def read_png(file):
    """width, height, channels, bits and flat samples, expanded as the decoder promises"""
    at, data, palette, trns = 8, b"", None, None
    while at < len(file):
        size, kind = struct.unpack(">I4s", file[at:at + 8])
        body = file[at + 8:at + 8 + size]
        at += 12 + size
        if kind == b"IHDR":
            width, height, depth, color, _, _, interlaced = struct.unpack(">IIBBBBB", body)
        elif kind == b"PLTE":
            palette = [tuple(body[i:i + 3]) for i in range(0, len(body), 3)]
        elif kind == b"tRNS":
            trns = body
        elif kind == b"IDAT":
            data += body
    n, data = SAMPLES[color], zlib.decompress(data)
    if interlaced:
        rows = [[0] * (width * n) for _ in range(height)]
        for x0, y0, dx, dy in ADAM7:
            columns, lines = (width - x0 + dx - 1) // dx, (height - y0 + dy - 1) // dy
            if columns <= 0 or lines <= 0:
                continue
            part, used = unpack_rows(data, columns, lines, depth, n)
            data = data[used:]
            for j, row in enumerate(part):
                for i in range(columns):
                    x = x0 + i * dx
                    rows[y0 + j * dy][x * n:(x + 1) * n] = row[i * n:(i + 1) * n]
    else:
        rows, _ = unpack_rows(data, width, height, depth, n)
    most, out = (1 << depth) - 1, []
    key = list(struct.unpack(">%dH" % (len(trns) // 2), trns)) if trns and color in (0, 2) else None
    for row in rows:
        for x in range(width):
            px = row[x * n:(x + 1) * n]
            if color == 3:
                out += palette[px[0]]
                if trns:
                    out.append(trns[px[0]] if px[0] < len(trns) else 255)
                continue
            out += [v * 255 // most for v in px] if depth < 8 else px
            if key:
                out.append(0 if px == key else (65535 if depth == 16 else 255))
    channels = len(out) // (width * height)
    return width, height, channels, 16 if depth == 16 else 8, out


def main():
    random.seed(7)
    for color, depths in {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}.items():
        for depth in depths:
            for interlaced in (False, True):
                for transparent in (False, True):
                    if transparent and color in (4, 6):
                        continue
                    width, height = random.choice([(1, 1), (7, 5), (13, 9), (9, 16)])
                    most, n = (1 << depth) - 1, SAMPLES[color]
                    rows = [[random.randint(0, most) if random.random() < 0.6 else (x + y) % (most + 1)
                             for x in range(width * n)] for y in range(height)]
                    extra = b""
                    if color == 3:
                        extra += chunk(b"PLTE", bytes(random.randint(0, 255) for _ in range(3 * (most + 1))))
                    if transparent:
                        first = rows[0][:n]
                        extra += chunk(b"tRNS", bytes([0, 128]) if color == 3 else
                                       b"".join(struct.pack(">H", v) for v in first))
                    name = "png/type%d-%02d%s%s.png" % (color, depth, "-interlaced" * interlaced, "-trns" * transparent)
                    with open(os.path.join(HERE, name), "wb") as f:
                        f.write(write_png(width, height, depth, color, interlaced, rows, extra))
    expected = {}
    for folder in ("png", "pngsuite"):
        for name in sorted(os.listdir(os.path.join(HERE, folder))):
            if not name.endswith(".png"):
                continue
            file = open(os.path.join(HERE, folder, name), "rb").read()
            width, height, channels, bits, samples = read_png(file)
            raw = struct.pack("<%d%s" % (len(samples), "H" if bits == 16 else "B"), *samples)
            expected[folder + "/" + name] = dict(width=width, height=height, channels=channels, bits=bits,
                                                 crc=zlib.crc32(raw))
    write_jpegs(expected)
    with open(os.path.join(HERE, "expected.json"), "w") as f:
        json.dump(expected, f, indent=0, sort_keys=True)


def write_jpegs(expected):
    from PIL import Image
    image = Image.new("RGB", (23, 17))
    image.putdata([(x * 11, y * 15, 255 - x * 5) for y in range(17) for x in range(23)])
    for turn in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = turn
        size = (17, 23) if turn >= 5 else (23, 17)
        # Stored so that every file stands upright the same way.
        back = {1: None, 2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
                6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}[turn]
        stored = image if back is None else image.transpose(back)
        assert stored.size == size
        stored.save(os.path.join(HERE, "jpeg/orientation%d.jpg" % turn), quality=95, subsampling=0, exif=exif)
        expected["jpeg/orientation%d.jpg" % turn] = dict(width=23, height=17, channels=3, bits=8)
    image.save(os.path.join(HERE, "jpeg/progressive.jpg"), quality=90, progressive=True)
    image.convert("L").save(os.path.join(HERE, "jpeg/grey.jpg"), quality=95)
    image.convert("CMYK").save(os.path.join(HERE, "jpeg/cmyk.jpg"), quality=95)
    image.resize((203, 101)).save(os.path.join(HERE, "jpeg/half-colour.jpg"), quality=90, subsampling=2)
    expected["jpeg/progressive.jpg"] = dict(width=23, height=17, channels=3, bits=8)
    expected["jpeg/grey.jpg"] = dict(width=23, height=17, channels=1, bits=8)
    expected["jpeg/cmyk.jpg"] = dict(width=23, height=17, channels=3, bits=8)
    expected["jpeg/half-colour.jpg"] = dict(width=203, height=101, channels=3, bits=8)


if __name__ == "__main__":
    sys.exit(main())
