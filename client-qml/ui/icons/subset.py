#!/usr/bin/env python3
"""Leaves in a TrueType font only the glyphs that glyphs.js names; the rest become empty outlines.

    subset.py GLYPHS_JS CODEPOINTS_JSON FONT OUT

Glyph numbers stay as they are, so that cmap and hmtx are copied whole. Names that the package
does not know, or knows under another code point, are an error and exit code 1.
"""
import json
import re
import struct
import sys

KEPT = ("OS/2", "cmap", "head", "hhea", "hmtx", "maxp", "name")


def wanted(glyphs_js, codepoints):
    """The code points that glyphs.js lists, checked against the package's own table."""
    listed = re.findall(r'"([a-z0-9-]+)": "\\u([0-9a-f]{4})"', glyphs_js)
    wrong = [name for name, code in listed if codepoints.get(name) != int(code, 16)]
    if wrong or not listed:
        raise ValueError(f"not in the icon font: {wrong}")
    return {int(code, 16) for _, code in listed}


def tables(font):
    """The font's tables by name."""
    count, = struct.unpack_from(">H", font, 4)
    rows = (struct.unpack_from(">4s4xII", font, 12 + 16 * i) for i in range(count))
    return {tag.decode(): font[at:at + size] for tag, at, size in rows}


def glyph_numbers(cmap, codes):
    """The numbers of the glyphs for these code points, by the table's format 4 part."""
    count, = struct.unpack_from(">H", cmap, 2)
    for i in range(count):
        at, = struct.unpack_from(">I", cmap, 8 + 8 * i)
        if struct.unpack_from(">H", cmap, at)[0] == 4:
            return {format_4(cmap[at:], code) for code in codes}
    raise ValueError("the font has no cmap of format 4")


def format_4(part, code):
    """The glyph of one code point, as the OpenType description of cmap format 4 has it."""
    segments = struct.unpack_from(">H", part, 6)[0] // 2
    for i in range(segments):
        last, = struct.unpack_from(">H", part, 14 + 2 * i)
        if code > last:
            continue
        first, = struct.unpack_from(">H", part, 16 + 2 * (segments + i))
        delta, = struct.unpack_from(">H", part, 16 + 2 * (2 * segments + i))
        place = 16 + 2 * (3 * segments + i)
        offset, = struct.unpack_from(">H", part, place)
        if code < first:
            break
        if offset == 0:
            return (code + delta) & 0xFFFF
        glyph, = struct.unpack_from(">H", part, place + offset + 2 * (code - first))
        return (glyph + delta) & 0xFFFF if glyph else 0
    raise ValueError(f"the font has no glyph for {code:#x}")


def outlines(font, kept):
    """New glyf and loca (long form) with the kept glyphs' outlines and no others."""
    long_form = struct.unpack_from(">h", font["head"], 50)[0]
    count, = struct.unpack_from(">H", font["maxp"], 4)
    old = struct.unpack_from(f">{count + 1}{'I' if long_form else 'H'}", font["loca"])
    scale = 1 if long_form else 2
    glyf, loca = b"", [0]
    for i in range(count):
        shape = font["glyf"][old[i] * scale:old[i + 1] * scale] if i in kept else b""
        if shape and struct.unpack_from(">h", shape)[0] < 0:
            raise ValueError(f"glyph {i} is made of others, which this program does not follow")
        glyf += shape + b"\0" * (-len(shape) % 4)
        loca.append(len(glyf))
    return glyf, struct.pack(f">{count + 1}I", *loca)


def checksum(data):
    padded = data + b"\0" * (-len(data) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def written(font):
    """The tables as a font file."""
    power = len(font).bit_length() - 1
    head = struct.pack(">IHHHH", 0x00010000, len(font), 16 << power, power,
                       16 * len(font) - (16 << power))
    at, body = 12 + 16 * len(font), b""
    for tag, data in sorted(font.items()):
        head += struct.pack(">4sIII", tag.encode(), checksum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


def main():
    glyphs_js, codepoints, source, out = sys.argv[1:]
    with open(source, "rb") as file:
        font = tables(file.read())
    with open(glyphs_js, encoding="utf-8") as file, open(codepoints, encoding="utf-8") as known:
        codes = wanted(file.read(), json.load(known))
    glyf, loca = outlines(font, glyph_numbers(font["cmap"], codes) | {0})
    small = {tag: font[tag] for tag in KEPT}
    small |= {"glyf": glyf, "loca": loca, "post": struct.pack(">IIhhIIIII", 0x30000, *[0] * 8)}
    small["head"] = font["head"][:50] + struct.pack(">h", 1) + font["head"][52:]
    with open(out, "wb") as file:
        file.write(written(small))


if __name__ == "__main__":
    main()
