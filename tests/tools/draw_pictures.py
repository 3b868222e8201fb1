#!/usr/bin/env python3
"""Draws the pictures of the sample archive into seeds/mirror/HOST/PATH.

How to run it, from anywhere (Pillow 11 or newer; nothing else is needed):

    python3 -m venv /tmp/pictures
    /tmp/pictures/bin/pip install pillow
    /tmp/pictures/bin/python tests/tools/draw_pictures.py           # all pictures
    /tmp/pictures/bin/python tests/tools/draw_pictures.py tower     # only those named

No clock, no system font, and random numbers from fixed seeds only: one version of Pillow draws the
same bytes every time. Coordinates are those of the finished picture; everything is drawn at twice
the size and scaled down at the end, which smooths the edges.
"""

import math
import random
import sys
from pathlib import Path

from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

MIRROR = Path(__file__).resolve().parents[2] / "seeds" / "mirror"
SCALE = 2
PICTURES = {}


def picture(path, **options):
    """Registers a drawing under the host and path that its file has in the mirror."""

    def register(function):
        PICTURES[function.__name__] = (path, options, function)
        return function

    return register


def rgb(colour):
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) if isinstance(colour, str) else colour


def mix(first, second, share):
    return tuple(round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second)))


def gradient(width, height, stops, across=False):
    """A picture that blends `stops`, colours or (position, colour) pairs, downwards or across."""
    if not (isinstance(stops[0], tuple) and len(stops[0]) == 2):
        stops = [(i / (len(stops) - 1), colour) for i, colour in enumerate(stops)]
    length = width if across else height
    strip = Image.new("RGB", (length, 1))
    for i in range(length):
        at = i / max(length - 1, 1)
        after = next((n for n, stop in enumerate(stops) if stop[0] >= at), len(stops) - 1)
        (p, first), (q, second) = stops[max(after - 1, 0)], stops[after]
        strip.putpixel((i, 0), mix(first, second, 0 if q <= p else (at - p) / (q - p)))
    return (strip if across else strip.transpose(Image.Transpose.ROTATE_270)).resize((width, height), Image.Resampling.NEAREST)


def wave(seed, octaves=4, base=1.0):
    """A soft curve over 0..1 with values near -1..1."""
    source = random.Random(seed)
    parts = [(base * 2**n, source.random() * math.tau, 0.5**n) for n in range(octaves)]
    return lambda x: sum(a * math.sin(f * x * math.tau + p) for f, p, a in parts) / 1.6


def crags(seed, depth=8, roughness=0.55):
    """A jagged curve over 0..1 with values near -1..1, by midpoint displacement."""
    source = random.Random(seed)
    heights, spread = [source.uniform(-0.4, 0.4), source.uniform(0.5, 1), source.uniform(-0.4, 0.4)], 0.6
    for _ in range(depth):
        between = [(a + b) / 2 + source.uniform(-spread, spread) for a, b in zip(heights, heights[1:])]
        heights = [h for pair in zip(heights, between + [0]) for h in pair][:-1]
        spread *= roughness
    return lambda x: heights[min(int(x * (len(heights) - 1)), len(heights) - 1)]


class Scene:
    def __init__(self, width, height, stops, across=False):
        self.width, self.height = width, height
        self.image = gradient(width * SCALE, height * SCALE, stops, across)

    def paint(self, draw_mask, fill, alpha=255, blur=0, across=False):
        """Fills what `draw_mask` draws with a colour, or with a gradient over its bounds."""
        mask = Image.new("L", self.image.size, 0)
        draw_mask(ImageDraw.Draw(mask), alpha)
        if blur:
            mask = mask.filter(ImageFilter.GaussianBlur(blur * SCALE))
        bounds = mask.getbbox()
        if bounds is None:
            return
        size = bounds[2] - bounds[0], bounds[3] - bounds[1]
        ink = gradient(*size, fill, across) if isinstance(fill, list) else Image.new("RGB", size, rgb(fill))
        self.image.paste(ink, bounds[:2], mask.crop(bounds))

    def polygon(self, points, fill, **how):
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.paint(lambda d, a: d.polygon(scaled, fill=a), fill, **how)

    def box(self, x, y, width, height, fill, radius=0, **how):
        edges = [v * SCALE for v in (x, y, x + width, y + height)]
        self.paint(lambda d, a: d.rounded_rectangle(edges, radius * SCALE, fill=a), fill, **how)

    def boxes(self, many, fill, radius=0, **how):
        def draw(d, a):
            for x, y, width, height in many:
                d.rounded_rectangle([v * SCALE for v in (x, y, x + width, y + height)], radius * SCALE, fill=a)

        self.paint(draw, fill, **how)

    def oval(self, x, y, rx, ry=None, fill="#ffffff", **how):
        self.ovals([(x, y, rx, ry or rx)], fill, **how)

    def ovals(self, many, fill, **how):
        def draw(d, a):
            for x, y, rx, ry in many:
                d.ellipse([v * SCALE for v in (x - rx, y - ry, x + rx, y + ry)], fill=a)

        self.paint(draw, fill, **how)

    def lines(self, many, width, fill, **how):
        def draw(d, a):
            for points in many:
                d.line([(x * SCALE, y * SCALE) for x, y in points], fill=a, width=max(1, round(width * SCALE)), joint="curve")

        self.paint(draw, fill, **how)

    def glow(self, x, y, rx, fill, ry=None, alpha=255):
        """Light that fades evenly from the middle outwards."""
        ry = ry or rx
        size = round(2 * rx * SCALE), round(2 * ry * SCALE)
        soft = ImageOps.invert(Image.radial_gradient("L")).point(lambda v: max(0, v - 75) / 180 * alpha * max(0, v - 75) / 180)
        corner = round((x - rx) * SCALE), round((y - ry) * SCALE)
        self.image.paste(Image.new("RGB", size, rgb(fill)), corner, soft.resize(size, Image.Resampling.BICUBIC))

    def ridge(self, base, height, curve, fill, **how):
        steps = 400
        crest = [(self.width * i / steps, base - height * curve(i / steps)) for i in range(steps + 1)]
        self.polygon(crest + [(self.width, self.height), (0, self.height)], fill, **how)

    def stars(self, count, seed, floor, alpha=230):
        source = random.Random(seed)
        for radius, share in ((0.8, 0.7), (1.2, 0.25), (1.9, 0.05)):
            spots = [(source.uniform(0, self.width), floor * source.random() ** 1.3, radius, radius) for _ in range(round(count * share))]
            self.ovals(spots, "#fff6e0", alpha=alpha)

    def birds(self, places, fill, width=2):
        self.lines([[(x - s, y - s * 0.45), (x - s * 0.45, y - s * 0.6), (x, y), (x + s * 0.45, y - s * 0.6), (x + s, y - s * 0.45)] for x, y, s in places], width, fill)

    def glitter(self, top, bottom, x, spread, count, seed, fill, alpha=150):
        """Short strokes of light on water, longer and sparser towards the viewer."""
        source = random.Random(seed)
        strokes = []
        for _ in range(count):
            depth = source.random()
            y, reach = top + (bottom - top) * depth**1.4, spread * (0.25 + depth)
            middle, half = x + source.gauss(0, reach * 0.5), 4 + 26 * depth * source.random()
            strokes.append((middle, y, half, 0.7 + 1.6 * depth))
        self.ovals(strokes, fill, alpha=alpha)

    def finish(self):
        return self.image.resize((self.width, self.height), Image.Resampling.LANCZOS)


@picture("pictures.lighthouse.example/2021/tower.jpg", quality=86)
def tower():
    s = Scene(900, 1200, [(0, "#141c46"), (0.3, "#43407f"), (0.5, "#a45585"), (0.62, "#ee8b6b"), (0.7, "#ffd391"), (1, "#ffd391")])
    s.stars(150, 3, 460)
    s.glow(190, 830, 620, "#ffe7ae", ry=380, alpha=235)
    for y, x, rx, ry, fill in ((560, 170, 330, 13, "#f7a27c"), (598, 420, 260, 8, "#f9b184"), (640, 90, 240, 10, "#ffc58d"), (470, 690, 300, 12, "#8f5590"), (510, 500, 220, 7, "#b8658a"), (402, 200, 260, 9, "#664b8c")):
        s.oval(x, y, rx, ry, fill, alpha=170, blur=4)
        s.oval(x + rx * 0.3, y - ry * 0.9, rx * 0.5, ry * 0.9, fill, alpha=150, blur=4)
    s.oval(190, 822, 62, fill="#fff3c9")
    s.box(0, 840, 900, 360, ["#f4ad7d", "#b96e80", "#55477f", "#1f2654"])
    s.polygon([(0, 842), (0, 826), (60, 815), (130, 822), (210, 832), (300, 842)], "#c7737b")
    s.polygon([(360, 842), (470, 818), (560, 806), (700, 792), (900, 770), (900, 842)], "#8f5a7e")
    s.glitter(846, 1120, 190, 110, 240, 5, "#fff0c2")
    s.glitter(850, 1180, 450, 420, 130, 6, "#f3a98a", alpha=80)
    # The beams, wider and fainter with distance.
    for spread, alpha in ((64, 34), (40, 46), (18, 70)):
        s.polygon([(604, 318), (0, 236 - spread), (0, 236 + spread * 0.7)], "#fff2c4", alpha=alpha, blur=3)
        s.polygon([(604, 318), (900, 352 - spread * 0.5), (900, 352 + spread * 0.6)], "#fff2c4", alpha=alpha, blur=3)
    rocks = crags(12)
    shore = [(300 + 600 * i / 160, 1010 - 170 * min(1, i / 52) ** 0.7 - 26 * rocks(i / 160)) for i in range(161)]
    s.polygon(shore + [(900, 1200), (170, 1200), (235, 1090)], ["#5d3f69", "#332a58", "#181c40"])
    for n, (lift, shade) in enumerate(((70, "#45335f"), (150, "#2b2750"), (240, "#1a1d42"))):
        edge = crags(20 + n)
        s.polygon([(250 - 30 * n + (650 + 30 * n) * i / 120, 955 + lift - 60 * math.sin(i / 120 * 2.2) - 24 * edge(i / 120)) for i in range(121)] + [(900, 1200), (120, 1200)], shade)
    s.lines([[(shore[i][0], shore[i][1] + 2), (shore[i + 1][0], shore[i + 1][1] + 2)] for i in range(0, 60)], 3, "#f0a184", alpha=190)
    # Cottage.
    s.polygon([(668, 862), (668, 800), (846, 800), (846, 862)], ["#f0cdb4", "#9c6c88"], across=True)
    s.polygon([(654, 802), (690, 752), (824, 752), (862, 802)], ["#a6434f", "#6a2f55"])
    s.box(790, 728, 20, 40, "#6a2f55")
    s.boxes([(692, 818, 20, 24), (734, 818, 20, 24), (812, 818, 18, 24)], "#ffe08a", radius=2)
    s.box(774, 816, 24, 46, "#59345c", radius=2)
    # Tower: white with two red bands, lit from the left.
    white, red = ["#fff4df", "#f7dccb", "#a98aa6", "#6f5f90"], ["#e2584a", "#cf4347", "#8c2f55", "#5d2752"]
    half = lambda y: 34 + (y - 372) / (884 - 372) * 32
    band = lambda y1, y2, fill: s.polygon([(604 - half(y1), y1), (604 + half(y1), y1), (604 + half(y2), y2), (604 - half(y2), y2)], fill, across=True)
    band(372, 884, white)
    band(450, 556, red)
    band(664, 778, red)
    s.boxes([(598, 412, 12, 22), (598, 600, 12, 24), (598, 712, 12, 24)], "#3b2f5c", radius=5)
    s.polygon([(584, 884), (584, 842), (604, 828), (624, 842), (624, 884)], "#4a2f58")
    s.polygon([(556, 372), (652, 372), (640, 390), (568, 390)], ["#d9b9b4", "#5c4d7c"], across=True)
    s.box(550, 360, 108, 12, ["#f6e2d0", "#6d5c8c"], across=True, radius=3)
    s.lines([[(554 + 10 * i, 340), (554 + 10 * i, 360)] for i in range(11)] + [[(552, 340), (656, 340)]], 2, "#4b3a66")
    s.box(572, 288, 64, 72, "#5b3b60", radius=2)
    s.glow(604, 322, 150, "#fff0b0", alpha=255)
    s.box(577, 294, 54, 60, ["#fff9dc", "#ffd983"])
    s.oval(604, 324, 15, 22, "#ffffff")
    s.lines([[(577 + 13.5 * i, 292), (577 + 13.5 * i, 356)] for i in range(5)] + [[(575, 324), (633, 324)]], 2, "#6b4157")
    s.polygon([(562, 292), (572, 270), (590, 254), (604, 250), (618, 254), (636, 270), (646, 292)], ["#cf4a4a", "#7c2c52"], across=True)
    s.lines([[(604, 252), (604, 222)]], 4, "#7c2c52")
    s.oval(604, 246, 7, fill="#b23c4b")
    s.birds([(316, 470, 17), (362, 502, 12), (270, 520, 10), (402, 452, 9)], "#3b2f5c", 3)
    return s.finish()


@picture("img.shanlan.example/2021/tea-terraces.jpg", quality=56)
def terraces():
    s = Scene(1200, 800, [(0, "#f7d9b5"), (0.25, "#fbe9cf"), (0.5, "#dfe8d8"), (1, "#bcd6bf")])
    s.glow(870, 150, 330, "#fff7dd")
    s.oval(870, 150, 46, fill="#fffbe9")
    for base, height, seed, far in ((250, 70, 1, "#c9d3c9"), (300, 60, 2, "#a9c2b6"), (350, 56, 3, "#86ab9d")):
        s.ridge(base, height, wave(seed, 5, 1.3), [far, mix(far, "#eef3e2", 0.75)])
    s.oval(300, 372, 520, 26, "#f7f8ea", alpha=170, blur=16)
    s.oval(960, 396, 420, 22, "#f7f8ea", alpha=170, blur=16)
    leaves = ["#7fae6b", "#6da25d", "#8bb765", "#5e9657", "#79a84f", "#4d8650", "#6b9b45", "#3f7548", "#568a3c", "#326440"]
    for n, leaf in enumerate(leaves):
        depth = n / (len(leaves) - 1)
        top = 392 + 370 * depth**1.25
        bend = wave(30 + n // 2, 2, 0.55)
        crest = lambda x, top=top, bend=bend, depth=depth: top - (16 + 38 * depth) * bend(x) - 60 * (1 - depth) * math.sin(x * 3.0 + 0.4) + 40 * x * (1 - depth)
        s.ridge(0, -1, crest, [leaf, mix(leaf, "#2a4a34", 0.62)])
        s.lines([[(1200 * i / 200, crest(i / 200) + 1) for i in range(201)]], 2 + 3 * depth, mix(leaf, "#f4f2b8", 0.55))
        for row in range(3):
            gap, size = 9 + 15 * depth, 4 + 9 * depth
            source = random.Random(100 * n + row)
            bushes = []
            for i in range(int(1200 / gap) + 2):
                x = i * gap + source.uniform(-1, 1) + row * gap / 2
                y = crest(min(max(x / 1200, 0), 1)) + (9 + 15 * depth) * (row + 0.75)
                bushes.append((x, y, size * 0.95, size * 0.62))
            s.ovals([(x + 1, y + size * 0.35, rx, ry) for x, y, rx, ry in bushes], mix(leaf, "#1c3a2b", 0.7), alpha=200)
            s.ovals(bushes, mix(leaf, "#274f35", 0.18))
            s.ovals([(x - size * 0.2, y - size * 0.2, rx * 0.6, ry * 0.5) for x, y, rx, ry in bushes], mix(leaf, "#f1f0a8", 0.38))
    # A tea house among trees.
    for x, y, r in ((250, 420, 30), (284, 408, 38), (455, 424, 30), (480, 440, 22)):
        s.oval(x, y, r, r * 0.95, [mix("#4d8650", "#e9efb4", 0.25), "#2d5a41"])
    s.box(310, 402, 126, 50, ["#fff6e4", "#e3d2b6"])
    s.polygon([(290, 406), (326, 366), (420, 366), (456, 406), (438, 400), (308, 400)], ["#7c4a3f", "#54332f"])
    s.boxes([(330, 414, 22, 22), (394, 414, 22, 22)], "#8c5a3c", radius=2)
    s.box(362, 412, 22, 40, "#6c4234")
    s.birds([(620, 150, 13), (656, 172, 10), (584, 186, 9)], "#7b8d80", 2)
    return s.finish()


@picture("img.shanlan.example/2021/ridges.webp", quality=84)
def ridges():
    s = Scene(1200, 675, [(0, "#f3d6bd"), (0.4, "#f8e8d3"), (0.8, "#dfe7e2"), (1, "#cfdedb")])
    s.glow(330, 190, 260, "#fff2d8", alpha=230)
    s.oval(330, 190, 54, fill=["#e4644d", "#ef8f63"])
    shades = ["#c6d3d0", "#a7c0c1", "#86acb0", "#62939b", "#417985", "#285f6e", "#154554"]
    for n, shade in enumerate(shades):
        base, height = 285 + 58 * n, 92 - 3 * n
        soft, rough = wave(50 + n, 3, 1.1), crags(60 + n, 8, 0.5)
        s.ridge(base, height, lambda x, soft=soft, rough=rough: 0.72 * soft(x) + 0.42 * rough(x), [(0, shade), (0.45, mix(shade, "#f4f2e6", 0.55)), (1, mix(shade, "#f4f2e6", 0.8))] if n < 6 else ["#154554", "#0b2c3a"])
    source = random.Random(9)
    for n in range(46):
        x = source.uniform(0, 1200)
        foot, tall = 690 - source.random() * 18, source.uniform(36, 92) * (1.15 - 0.9 * math.sin(x / 1200 * math.pi) ** 0.6)
        for tier in range(4):
            y = foot - tall * (0.95 - 0.22 * tier)
            s.polygon([(x, y - tall * 0.26), (x + tall * (0.1 + 0.05 * tier), y + tall * 0.1), (x - tall * (0.1 + 0.05 * tier), y + tall * 0.1)], "#0a2530")
    s.birds([(560, 170, 15), (604, 150, 11), (640, 182, 9), (520, 206, 9)], "#4c6a72", 2)
    return s.finish()


@picture("media.harbour-news.example/2022/bridge-dawn.jpg", quality=80)
def bridge():
    s = Scene(1200, 800, [(0, "#3f5d8f"), (0.25, "#8492b8"), (0.45, "#e6b3ae"), (0.6, "#ffd9a8"), (0.68, "#fff0cf"), (1, "#fff0cf")])
    s.glow(780, 520, 460, "#fff6d6", ry=300)
    for x, y, rx, ry, fill in ((260, 190, 300, 12, "#c9a8b8"), (330, 176, 160, 12, "#d9b5b9"), (860, 250, 260, 10, "#f3c9b0"), (930, 238, 140, 9, "#f9d5b6"), (560, 320, 330, 8, "#fbd8b4")):
        s.oval(x, y, rx, ry, fill, alpha=190, blur=5)
    s.oval(780, 520, 40, fill="#fffbea")
    s.ridge(528, 26, wave(71, 4, 1.4), ["#c99da6", "#e8c0b0"])
    source = random.Random(4)
    blocks, x = [], 0
    while x < 1200:
        wide, tall = source.uniform(14, 38), source.uniform(12, 60) * (1.3 - abs(x - 380) / 900)
        blocks.append((x, 545 - tall, wide, tall))
        x += wide + source.choice((0, 0, 4))
    s.boxes(blocks, ["#a97f97", "#d3a4a4"])
    s.box(0, 545, 1200, 255, ["#ffe3bd", "#c79fae", "#5f6f9c", "#31487a"])
    s.glitter(550, 780, 780, 120, 260, 8, "#fff8df", alpha=190)
    s.glitter(560, 795, 600, 620, 220, 9, "#2f4675", alpha=60)
    deck = lambda x: 470 - 26 * math.sin(math.pi * min(max((x + 100) / 1400, 0), 1))
    towers, top = (300, 900), 190
    ink, lit = "#7d2f3d", "#d9654c"
    def cable(x):
        if 300 <= x <= 900:
            return top + (deck(600) - 22 - top) * (1 - ((x - 600) / 300) ** 2)
        near = 300 if x < 300 else 900
        reach = abs(x - near) / 380
        return top + (deck(x) - 8 - top) * (1 - (1 - min(reach, 1)) ** 1.25)
    # Reflections first, then the bridge.
    for x in towers:
        s.polygon([(x - 20, 560), (x + 20, 560), (x + 26, 760), (x - 26, 760)], ["#7d4a63", "#3b4a78"], alpha=110, blur=4)
    s.box(0, 584, 1200, 12, "#7a5a78", alpha=70, blur=4)
    s.lines([[(x, cable(x)), (x, deck(x))] for x in range(0, 1201, 20)], 1.6, ink, alpha=190)
    s.lines([[(x, cable(x)) for x in range(0, 1201, 4)]], 6, lit)
    s.lines([[(x, cable(x) + 3) for x in range(0, 1201, 4)]], 2, ink)
    s.polygon([(x, deck(x)) for x in range(0, 1201, 10)] + [(x, deck(x) + 20) for x in range(1200, -1, -10)], [lit, ink])
    s.lines([[(x, deck(x) + 20), (x + 20, deck(x + 20) + 4), (x + 40, deck(x + 40) + 20)] for x in range(0, 1201, 40)], 1.6, "#5a2234")
    for x in towers:
        for side in (-20, 12):
            s.box(x + side, 172, 9, 392, [lit, "#8e3540"], radius=1)
            s.box(x + side + 6, 172, 4, 392, "#6a2738")
        for y in (186, 262, 340, 412):
            s.box(x - 20, y, 42, 10, [lit, ink])
        s.lines([[(x - 12, y + 10), (x + 14, y + 66)] for y in (196, 272, 350)] + [[(x + 14, y + 10), (x - 12, y + 66)] for y in (196, 272, 350)], 2, ink)
        s.box(x - 38, 548, 76, 26, ["#c9a6a0", "#6b5878"], radius=4)
        s.oval(x, 168, 4, fill="#fff1c0")
    s.oval(250, 566, 420, 16, "#ffe9cf", alpha=150, blur=12)
    s.oval(1020, 560, 330, 14, "#ffe9cf", alpha=150, blur=12)
    # A sailing boat.
    s.polygon([(520, 690), (610, 690), (596, 710), (534, 710)], "#2a3560")
    s.polygon([(560, 684), (560, 596), (612, 680)], ["#fff5e2", "#e9c2ae"])
    s.polygon([(553, 684), (553, 612), (520, 682)], ["#f6dcc8", "#cf9f9c"])
    s.polygon([(534, 712), (596, 712), (580, 752), (548, 752)], "#2a3560", alpha=90, blur=3)
    s.birds([(470, 330, 14), (508, 350, 10), (440, 362, 9), (660, 300, 8)], "#5b4b6d", 2)
    return s.finish()


@picture("static.nightrail.example/winter/viaduct.jpg", quality=82)
def night_train():
    s = Scene(1200, 720, [(0, "#0a1230"), (0.4, "#1b2a5a"), (0.62, "#34487c"), (1, "#4a5f8e")])
    s.stars(330, 7, 430)
    s.glow(930, 130, 250, "#8ea3cf", alpha=140)
    s.oval(930, 130, 50, fill=["#fdf6dd", "#e9dfc0"])
    s.ovals([(914, 118, 11, 9), (948, 142, 14, 11), (936, 108, 6, 5)], "#dccfae", alpha=150)
    for base, height, seed, shade in ((330, 150, 1, "#2b3d70"), (390, 110, 5, "#22325f")):
        line = crags(seed + 200, 8, 0.5)
        s.ridge(base, height, line, [shade, mix(shade, "#5a6f9f", 0.5)])
        snow = [(1200 * i / 400, min(base - height * line(i / 400), base - 30), base - 30) for i in range(401)]
        foot = [(x, y + (low - y) * (0.5 + 0.22 * math.sin(x * 0.11) + 0.16 * math.sin(x * 0.37))) for x, y, low in snow]
        s.polygon([(x, y) for x, y, _ in snow] + foot[::-1], ["#b4c4e2", mix(shade, "#8fa5d0", 0.6)], alpha=210)
    s.ridge(470, 40, wave(88, 4, 1.5), ["#1a2850", "#131d3d"])
    # Valley with village lights, river.
    s.ridge(600, 46, wave(91, 3, 0.8), ["#141e40", "#0c1430"])
    source = random.Random(12)
    houses = [(source.uniform(60, 520), source.uniform(604, 660)) for _ in range(17)]
    for x, y in houses:
        s.glow(x, y, 22, "#ffcf7d", alpha=120)
    s.boxes([(x - 3, y - 3, 6, 7) for x, y in houses], "#ffe2a0")
    # Viaduct: pillars and arches.
    stone = ["#5d6a94", "#39466f", "#1d274c"]
    s.box(0, 452, 1200, 40, ["#7d89b0", "#4d5a86"])
    for n in range(9):
        x = -40 + n * 150
        s.polygon([(x - 17, 480), (x + 17, 480), (x + 24, 720), (x - 24, 720)], stone)
    arches = []
    for n in range(9):
        left, right = -40 + n * 150 + 16, -40 + (n + 1) * 150 - 16
        curve = [(left + (right - left) * i / 40, 560 - 66 * math.sin(math.pi * i / 40) ** 0.75) for i in range(41)]
        arches.append([(left - 2, 488), (right + 2, 488)] + curve[::-1])
    for arch in arches:
        s.polygon(arch, ["#56638e", "#333f69"])
    s.box(0, 446, 1200, 8, "#98a4c6")
    # The train.
    for n in range(4):
        x = 60 + n * 236
        s.box(x, 372, 228, 66, ["#2c6a72", "#1f4c5b", "#16364a"], radius=8)
        s.box(x + 4, 376, 220, 6, "#5fa3a3", alpha=170, radius=3)
        s.box(x, 418, 228, 5, "#e8b660")
        s.boxes([(x + 16 + i * 34, 388, 24, 22) for i in range(6)], ["#fff3c4", "#ffd57e"], radius=3)
        s.boxes([(x + 16 + i * 34, 388, 7, 22) for i in range(6)], "#d98d55", alpha=190)
        s.ovals([(x + 36, 440, 9, 9), (x + 62, 440, 9, 9), (x + 166, 440, 9, 9), (x + 192, 440, 9, 9)], "#0c1228")
        s.glow(x + 114, 452, 120, "#ffd88a", ry=26, alpha=120)
    s.polygon([(1004, 438), (1004, 372), (1110, 372), (1150, 396), (1160, 420), (1160, 438)], ["#2c6a72", "#16364a"])
    s.box(1004, 418, 156, 5, "#e8b660")
    s.polygon([(1096, 384), (1114, 384), (1138, 404), (1096, 404)], ["#fff3c4", "#ffd57e"])
    s.boxes([(1020, 388, 24, 22), (1056, 388, 24, 22)], ["#fff3c4", "#ffd57e"], radius=3)
    s.ovals([(1036, 440, 9, 9), (1062, 440, 9, 9), (1116, 440, 9, 9), (1140, 440, 9, 9)], "#0c1228")
    s.polygon([(1158, 424), (1200, 404), (1200, 452)], "#fff2c2", alpha=120, blur=5)
    s.glow(1158, 426, 54, "#fff6d6")
    s.lines([[(0, 346), (1200, 346)]], 1.4, "#1a2446", alpha=220)
    s.lines([[(x, 346), (x, 446)] for x in range(30, 1200, 236)], 3, "#1a2446", alpha=220)
    # Firs in front.
    for n in range(30):
        x, tall = source.uniform(560, 1220), source.uniform(50, 120)
        foot = 735 + source.random() * 10
        for tier in range(4):
            y = foot - tall * (0.95 - 0.22 * tier)
            s.polygon([(x, y - tall * 0.26), (x + tall * (0.1 + 0.05 * tier), y + tall * 0.1), (x - tall * (0.1 + 0.05 * tier), y + tall * 0.1)], "#0a1029")
    return s.finish()

@picture("maps.paperfold.example/sheets/contours.png")
def contours():
    width, height = 1000, 680
    source = random.Random(41)
    hills = [(0.30, 0.36, 0.20, 1.0), (0.44, 0.30, 0.13, 0.55), (0.70, 0.62, 0.18, 0.82), (0.78, 0.28, 0.12, 0.5), (0.14, 0.74, 0.14, 0.42), (0.55, 0.88, 0.16, 0.36)]
    hills += [(source.random(), source.random(), source.uniform(0.06, 0.11), source.uniform(-0.12, 0.14)) for _ in range(26)]
    across, down = 200, 136
    field = Image.new("F", (across, down))
    for j in range(down):
        for i in range(across):
            x, y = i / across, j / down
            h = sum(a * math.exp(-(((x - cx) / r) ** 2 + ((y - cy) * 0.68 / r) ** 2)) for cx, cy, r, a in hills)
            field.putpixel((i, j), 8 + 30 * y + 22 * math.sin(3 * x + 1) + 190 * h)
    # Heights stay fractions, so that the lines run smoothly where the ground is almost flat.
    field = field.resize((width * SCALE, height * SCALE), Image.Resampling.BICUBIC)
    above = lambda level: field.point(lambda v: v * 60 + (128 - 60 * level)).convert("L").point(lambda v: 255 if v >= 128 else 0)
    tints = ["#a9d3d8", "#c3e0d6", "#e4ead0", "#d6e0b4", "#c8d49a", "#dfd69a", "#ecd193", "#e6bb7d", "#d9a06b", "#c9835a", "#b66a50", "#f3e6da"]
    s = Scene(width, height, [tints[0], tints[0]])
    for n in range(1, 28):
        region = above(n * 9)
        if n % 2 == 0 and n // 2 < len(tints):
            s.image.paste(rgb(tints[n // 2]), (0, 0), region)
    for n in range(1, 28):
        ink, alpha, thick = ("#5d331f", 230, 5) if n % 4 == 0 else ("#74452c", 190, 3) if n % 2 == 0 else ("#8a5a3a", 110, 3)
        edge = above(n * 9).filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(thick))
        s.image.paste(rgb(ink), (0, 0), edge.point(lambda v, alpha=alpha: alpha if v else 0))
    trail = [(90, 610), (150, 565), (178, 505), (236, 455), (222, 390), (268, 330), (290, 262), (300, 240)]
    smooth = [tuple(sum(c) / len(c) for c in zip(*trail[max(0, i - 1) : i + 2])) for i in range(len(trail))]
    for (x1, y1), (x2, y2) in zip(smooth, smooth[1:]):
        for k in range(0, 10, 2):
            s.lines([[(x1 + (x2 - x1) * k / 10, y1 + (y2 - y1) * k / 10), (x1 + (x2 - x1) * (k + 1) / 10, y1 + (y2 - y1) * (k + 1) / 10)]], 5, "#c8372d")
    s.oval(smooth[0][0], smooth[0][1], 10, fill="#c8372d")
    s.oval(smooth[0][0], smooth[0][1], 5, fill="#ffffff")
    x, y = smooth[-1]
    s.polygon([(x, y - 16), (x + 14, y + 9), (x - 14, y + 9)], "#c8372d")
    for i in range(1, 5):
        s.lines([[(i * 200, 0), (i * 200, height)]], 1, "#3b6a7c", alpha=60)
    for j in range(1, 4):
        s.lines([[(0, j * 170), (width, j * 170)]], 1, "#3b6a7c", alpha=60)
    for edge, ink in ((0, "#fbf6ea"), (16, "#4a3b2c")):
        ImageDraw.Draw(s.image).rectangle([edge * SCALE, edge * SCALE, (width - edge) * SCALE - 1, (height - edge) * SCALE - 1], outline=rgb(ink), width=(16 if edge == 0 else 2) * SCALE)
    drawn = s.finish()
    swatch = drawn.copy()
    swatch.paste(rgb("#c8372d"), (0, 0, width, 60))  # else the thin trail is too rare to get a colour
    return drawn.quantize(palette=swatch.quantize(56, Image.Quantize.MEDIANCUT), dither=Image.Dither.NONE)


@picture("media.harbour-news.example/2022/tide-curve.png")
def tide_curve():
    s = Scene(1040, 560, ["#0f2747", "#1d4a72", "#2f7392"])
    level = lambda x: 330 - (64 + 46 * math.cos(x / 1040 * math.tau * 1.0)) * math.sin(x / 1040 * math.tau * 14 + 0.6)
    for y in range(150, 520, 60):
        s.lines([[(0, y), (1040, y)]], 1, "#ffffff", alpha=34)
    for n, (lift, ink, alpha) in enumerate(((0, "#67c1c3", 255), (34, "#49a3b3", 255), (74, "#2f7f9d", 255), (120, "#1d5c82", 255))):
        s.polygon([(x, level(x) * (1 - 0.16 * n) + 0.16 * n * 360 + lift) for x in range(0, 1041, 4)] + [(1040, 560), (0, 560)], ink, alpha=alpha)
    s.lines([[(x, level(x)) for x in range(0, 1041, 3)]], 4, "#f4fbf2")
    s.lines([[(x, 330 - (64 + 46 * math.cos(x / 1040 * math.tau))) for x in range(n, n + 13)] for n in range(0, 1028, 26)], 2, "#ffd98c", alpha=210)
    highs = [x for x in range(6, 1034) if level(x) < level(x - 1) and level(x) <= level(x + 1)]
    s.ovals([(x, level(x), 6, 6) for x in highs], "#ffd98c")
    for n in range(9):
        x, lit = 72 + n * 112, abs(((n / 8) * 2) % 2 - 1)
        s.glow(x, 78, 56, "#fff3c9", alpha=round(150 * lit))
        s.oval(x, 78, 27, fill="#27466c")
        swell = 27 * (2 * lit - 1)
        side = 1 if n > 4 else -1
        rim = [(x + side * -27 * math.sin(a * math.pi / 24) * -1, 78 - 27 * math.cos(a * math.pi / 24)) for a in range(25)]
        inner = [(x - side * swell * math.sin(a * math.pi / 24), 78 - 27 * math.cos(a * math.pi / 24)) for a in range(24, -1, -1)]
        s.polygon(rim + inner, ["#fff8dc", "#f0dca0"])
    return s.finish().quantize(96, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


@picture("media.harbour-news.example/2022/moon-phases.gif", duration=140, loop=0)
def moon_phases():
    frames, size, count = [], 640, 20
    source = random.Random(77)
    sky = [(source.uniform(0, size), source.uniform(0, 360), source.choice((0.7, 0.9, 1.4))) for _ in range(110)]
    craters = [(-38, -44, 26), (30, -60, 15), (48, 14, 30), (-14, 40, 20), (-62, 26, 14), (10, -8, 11), (26, 66, 12), (-30, -92, 9)]
    for frame in range(count):
        s = Scene(size, 360, ["#0c1330", "#1b2850", "#2c3b68"])
        s.ovals([(x, y, r, r) for x, y, r in sky], "#cfd8f2")
        phase, x, y, r = frame / count, 320, 170, 118
        s.oval(x, y, r, fill="#222f56")
        moon = Scene(size, 360, ["#fbf3d6", "#efdfb0"])
        moon.ovals([(x + a, y + b, c, c) for a, b, c in craters], "#dcc993")
        moon.ovals([(x + a + 2, y + b + 2, c - 4, c - 4) for a, b, c in craters], "#e6d5a3")
        mask = Image.new("L", s.image.size, 0)
        bulge, side = math.cos(phase * math.tau), 1 if phase <= 0.5 else -1
        angles = [a * math.pi / 60 for a in range(61)]
        edge = [(x + side * r * math.sin(a), y - r * math.cos(a)) for a in angles] + [(x + side * r * bulge * math.sin(a), y - r * math.cos(a)) for a in reversed(angles)]
        ImageDraw.Draw(mask).polygon([(px * SCALE, py * SCALE) for px, py in edge], fill=255)
        s.image.paste(moon.image, (0, 0), mask)
        s.ridge(318, 12, wave(5, 4, 1.4), "#0a1029")
        for n in range(count):
            s.oval(size / 2 + (n - count / 2 + 0.5) * 14, 346, 3.4, fill="#f3dfa6" if n == frame else "#34426b")
        frames.append(s.finish())
    palette = frames[count // 2].quantize(40, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    return [f.quantize(palette=palette, dither=Image.Dither.NONE) for f in frames]


@picture("media.harbour-news.example/2022/ferry.gif")
def ferry():
    s = Scene(800, 500, ["#f6c58f", "#f6c58f"])
    for y, ink in ((0, "#35456f"), (60, "#54598a"), (112, "#84689a"), (158, "#c0789a"), (200, "#e88f88"), (236, "#f6b183"), (268, "#fbd394")):
        s.box(-20, y, 840, 300, ink)
    s.oval(560, 300, 54, fill="#fff0c0")
    s.polygon([(0, 300), (90, 262), (190, 286), (300, 256), (420, 300)], "#8f6790")
    s.box(0, 300, 800, 200, "#4a6a94")
    for n, (y, ink) in enumerate(((318, "#5a7ca3"), (350, "#456792"), (388, "#385783"), (428, "#2c4672"), (466, "#223760"))):
        s.polygon([(x, y + (4 + 2 * n) * math.sin(x / (34 + 10 * n) + n)) for x in range(0, 801, 4)] + [(800, 500), (0, 500)], ink)
        if n == 0:
            s.boxes([(560 - 46 + k * 7, 306 + k * 8, 92 - k * 14, 3) for k in range(6)], "#fff0c0")
        if n == 1:
            s.polygon([(150, 340), (640, 340), (600, 404), (196, 404)], "#24365f")
            s.polygon([(152, 346), (638, 346), (634, 356), (158, 356)], "#d95b4f")
            s.box(196, 288, 388, 54, "#fdf0dc", radius=4)
            s.box(240, 244, 290, 46, "#f3dfc6", radius=4)
            s.polygon([(276, 246), (284, 212), (384, 212), (392, 246)], "#fdf0dc")
            s.boxes([(214 + k * 36, 302, 24, 18) for k in range(10)], "#ffcf6d", radius=3)
            s.boxes([(256 + k * 38, 256, 26, 18) for k in range(7)], "#ffcf6d", radius=3)
            s.box(292, 220, 86, 14, "#ffcf6d", radius=2)
            s.polygon([(436, 244), (444, 178), (494, 178), (500, 244)], "#d95b4f")
            s.polygon([(442, 196), (444, 178), (494, 178), (496, 196)], "#24365f")
            s.ovals([(478, 158, 17, 13), (506, 140, 23, 16), (544, 120, 30, 19), (590, 104, 36, 20)], "#c9a3b2")
            s.lines([[(330, 212), (330, 160)], [(330, 168), (188, 290)], [(330, 168), (590, 290)]], 2, "#24365f")
            s.polygon([(332, 162), (366, 170), (332, 180)], "#d95b4f")
            s.ovals([(232 + k * 54, 352, 8, 8) for k in range(7)], "#fdf0dc")
            s.ovals([(232 + k * 54, 352, 5, 5) for k in range(7)], "#d95b4f")
    s.birds([(110, 130, 15), (150, 108, 11), (84, 160, 9), (700, 90, 12)], "#24365f", 3)
    return s.finish().quantize(48, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


@picture("press.paperfold.example/type/case.jpg", quality=48)
def type_case():
    s = Scene(1000, 720, ["#5c3a22", "#472a17"])
    source = random.Random(18)
    letters = iter("ABCDEFGHIJKLMNOPQRSTUVWXYZ&abcdefghijklmnopqrstuvwxyz0123456789?!" * 3)
    rows = [(36, [1] * 9), (132, [1] * 9), (228, [2, 1, 1, 1, 2, 1, 1]), (356, [1, 2, 1, 2, 1, 2]), (484, [1, 1, 2, 1, 2, 1, 1]), (592, [2, 1, 1, 1, 2, 1, 1])]
    bottoms = [y for y, _ in rows[1:]] + [690]
    for (top, cells), below in zip(rows, bottoms):
        unit, x, tall = (1000 - 72 + 8) / sum(cells), 36, below - top - 8
        for cell in cells:
            wide = unit * cell - 8
            s.box(x - 4, top - 4, wide + 8, tall + 8, ["#b9814c", "#8a5931"], radius=3)
            s.box(x, top, wide, tall, ["#2c190d", "#3d2413"], radius=2)
            letter, side = next(letters), 34
            font = ImageFont.load_default(24 * SCALE)
            many = round(wide * tall / 1500)
            for _ in range(many):
                block = Image.new("RGBA", (side * 2 * SCALE, side * 2 * SCALE), (0, 0, 0, 0))
                d, c, h = ImageDraw.Draw(block), side * SCALE, 17 * SCALE
                grey = source.choice(("#b9bcc4", "#a6a9b3", "#cdd0d6", "#c9b58f"))
                d.rounded_rectangle([c - h + 7, c - h + 9, c + h + 7, c + h + 9], 4, fill=(15, 8, 4, 130))
                d.rounded_rectangle([c - h, c - h, c + h, c + h], 4, fill=rgb(mix(grey, "#3a3d4a", 0.55)))
                d.rounded_rectangle([c - h, c - h, c + h - 6, c + h - 8], 4, fill=rgb(grey))
                d.line([(c - h + 3, c - h + 2), (c + h - 9, c - h + 2)], fill=rgb(mix(grey, "#ffffff", 0.6)), width=3)
                face = Image.new("L", block.size, 0)
                ImageDraw.Draw(face).text((c - 3, c - 4), letter, font=font, fill=255, anchor="mm")
                block.paste(rgb("#34363f"), (0, 0), ImageOps.mirror(face).transform(face.size, Image.Transform.AFFINE, (1, 0, 6, 0, 1, 0)))
                block = block.rotate(source.uniform(-35, 35), Image.Resampling.BICUBIC)
                px, py = source.uniform(x + 19, x + wide - 19), source.uniform(top + 19, top + tall - 21)
                s.image.paste(block, (round(px * SCALE) - c, round(py * SCALE) - c), block)
            s.box(x, top, wide, 9, "#120804", alpha=110, blur=3)
            x += wide + 8
    s.glow(240, 60, 700, "#ffdf9e", ry=560, alpha=70)
    s.glow(880, 690, 420, "#1a0d06", ry=320, alpha=120)
    return s.finish()


@picture("img.shanlan.example/2021/star-trail.webp", quality=80)
def star_trail():
    s = Scene(1000, 720, ["#060c22", "#112045", "#274068", "#5b6d86"])
    source = random.Random(33)
    x, y = 420, 250
    inks = ["#ffffff", "#cfe0ff", "#fff0cc", "#ffd7b8", "#b8d4ff"]
    for n in range(190):
        r = 8 + 760 * math.sqrt(source.random())
        start, sweep = source.uniform(0, 360), source.uniform(46, 62)
        width, ink, alpha = source.choice((1, 1.2, 1.6, 2.2)), source.choice(inks), source.randint(90, 230)
        s.lines([[(x + r * math.cos(math.radians(start + sweep * k / 40)), y + r * math.sin(math.radians(start + sweep * k / 40))) for k in range(41)]], width, ink, alpha=alpha)
    s.oval(x, y, 3, fill="#ffffff")
    s.glow(560, 620, 520, "#f0b27a", ry=170, alpha=120)
    s.ridge(560, 60, crags(301, 8, 0.5), ["#24345a", "#162142"])
    s.ridge(620, 34, wave(9, 4, 1.1), ["#101a36", "#0a1024"])
    # A tea pavilion on the hill.
    s.glow(716, 588, 120, "#ffc873", alpha=200)
    s.box(676, 566, 80, 48, ["#ffdf9a", "#e79a50"])
    s.boxes([(672, 560, 7, 60), (712, 560, 7, 60), (752, 560, 7, 60)], "#0b1126")
    s.polygon([(646, 566), (672, 548), (700, 522), (716, 508), (732, 522), (760, 548), (786, 566), (764, 562), (716, 560), (668, 562)], "#0b1126")
    s.box(713, 494, 6, 18, "#0b1126")
    s.box(664, 610, 104, 10, "#0b1126")
    s.ridge(668, 30, wave(12, 3, 0.9), "#060a18")
    for n in range(26):
        px, tall = source.uniform(0, 330) if n % 2 else source.uniform(820, 1000), source.uniform(60, 150)
        foot = 724
        for tier in range(5):
            py = foot - tall * (0.95 - 0.19 * tier)
            s.polygon([(px, py - tall * 0.22), (px + tall * (0.08 + 0.04 * tier), py + tall * 0.1), (px - tall * (0.08 + 0.04 * tier), py + tall * 0.1)], "#04070f")
    return s.finish()


@picture("images.slowkitchen.example/bread/loaf.jpg", quality=86)
def loaf():
    s = Scene(1000, 720, ["#d9cdbb", "#c9baa4"])
    for k in range(-6, 30):
        s.polygon([(k * 60 - 200, 0), (k * 60 - 178, 0), (k * 60 + 62, 720), (k * 60 + 40, 720)], "#ffffff", alpha=34)
    s.box(96, 96, 820, 560, "#5a4634", alpha=120, radius=60, blur=16)
    s.box(86, 70, 820, 560, ["#c48c55", "#a86f3c"], radius=50)
    for k in range(13):
        y = 96 + k * 41
        grain = wave(k + 3, 3, 0.8)
        s.lines([[(110 + i * 11, y + 9 * grain(i / 70)) for i in range(70)]], 2.2, "#8d5829", alpha=90)
    s.oval(832, 130, 20, fill="#7d4c24")
    s.oval(505, 372, 268, 250, "#3a2412", alpha=130, blur=16)
    s.oval(490, 348, 262, 244, ["#a35f26", "#7d4218"])
    s.oval(484, 340, 246, 228, ["#c98239", "#99561f"])
    s.oval(470, 318, 204, 184, "#dd9f54", alpha=190, blur=22)
    for ring in range(5):
        r = 70 + ring * 40
        s.lines([[(484 + r * 1.07 * math.cos(a / 30 * math.pi), 340 + r * math.sin(a / 30 * math.pi)) for a in range(61)]], 5, "#fdf0d8", alpha=86, blur=1.6)
    def slash(points, width):
        left = [(x - width * math.sin(math.pi * i / (len(points) - 1)), y) for i, (x, y) in enumerate(points)]
        right = [(x + width * math.sin(math.pi * i / (len(points) - 1)), y) for i, (x, y) in enumerate(points)]
        s.polygon([(x + 4, y + 3) for x, y in left + right[::-1]], "#6d3812", alpha=200, blur=2)
        s.polygon(left + right[::-1], ["#f6dcae", "#edc78d"])
    slash([(484 + 26 * math.sin(i / 20 * math.pi), 156 + i * 18.4) for i in range(21)], 20)
    # A wheat ear on both sides.
    for side in (-1, 1):
        for n in range(7):
            y = 214 + n * 40
            cx, cy = 484 + side * (92 + 14 * math.sin(n)), y
            leaf = [(cx - side * 40, cy + 26), (cx - side * 8, cy - 2), (cx + side * 34, cy - 24), (cx + side * 12, cy + 12)]
            s.polygon([(px + 3, py + 3) for px, py in leaf], "#6d3812", alpha=170, blur=1.5)
            s.polygon(leaf, ["#f9e4bd", "#eac58c"])
    s.glow(400, 220, 170, "#fff0cf", ry=120, alpha=120)
    source = random.Random(3)
    for _ in range(420):
        a, r = source.uniform(0, math.tau), source.gauss(300, 46)
        s.oval(490 + r * 1.1 * math.cos(a), 350 + r * 0.93 * math.sin(a), source.uniform(0.8, 2.4), fill="#fff8ea", alpha=200)
    # Knife.
    s.polygon([(800, 250), (824, 250), (830, 470), (812, 520), (796, 470)], ["#f2f4f5", "#aeb7bf"], across=True)
    s.box(799, 540 - 420, 26, 136, ["#5b3a24", "#2f1b0f"], across=True, radius=10)
    s.ovals([(812, 150, 4, 4), (812, 190, 4, 4), (812, 230, 4, 4)], "#d9b66f")
    return s.finish()


@picture("books.paperfold.example/2022/shelves.jpg", quality=78)
def shelves():
    """An upright picture that is stored on its side: EXIF orientation 6 turns it up again."""
    s = Scene(760, 1040, ["#2f4a4c", "#243a3e", "#1b2c31"])
    s.glow(560, 190, 520, "#ffd998", alpha=150)
    inks = ["#c8553d", "#e09f3e", "#f2e3c6", "#52796f", "#84a98c", "#335c67", "#9e2a2b", "#6d597a", "#b56576", "#d8c3a5", "#eaac8b", "#3d5a80"]
    source = random.Random(27)
    for shelf in range(5):
        foot = 214 + shelf * 186
        s.box(60, foot - 172, 640, 178, ["#3a2518", "#533521"])
        x = 72
        while x < 680:
            wide, tall = source.uniform(15, 42), source.uniform(98, 156)
            if x + wide > 690:
                break
            gap = (shelf, x) and ((shelf == 1 and 400 < x < 560) or (shelf == 3 and 180 < x < 300) or (shelf == 0 and 470 < x < 640))
            if gap:
                x += 12
                continue
            ink = source.choice(inks)
            s.box(x, foot - tall, wide, tall, [mix(ink, "#ffffff", 0.12), ink, mix(ink, "#1b1410", 0.4)], across=True, radius=2)
            style = source.randrange(4)
            gold = mix(ink, "#ffe9b8", 0.65)
            if style != 3:
                s.box(x, foot - tall + 14, wide, 3, gold, alpha=220)
                s.box(x, foot - 20, wide, 3, gold, alpha=220)
            if style == 1 and wide > 22:
                s.box(x + wide * 0.24, foot - tall + 30, wide * 0.52, 34, gold, radius=2)
            if style == 2:
                s.oval(x + wide / 2, foot - tall * 0.5, wide * 0.22, fill=gold)
            x += wide + source.choice((0, 1, 1, 2))
        s.box(60, foot - 172, 640, 14, "#140b06", alpha=120, blur=6)
        s.box(48, foot, 664, 16, ["#a5703f", "#7a4d29"], radius=2)
    s.boxes([(44, 34, 18, 1000), (698, 34, 18, 1000)], ["#8f5f36", "#613c20"], across=True)
    s.box(36, 24, 688, 18, ["#b57c47", "#7a4d29"], radius=3)
    # A lamp, a plant and a sleeping cat in the gaps.
    s.glow(556, 138, 130, "#ffe3a1", alpha=230)
    s.polygon([(520, 142), (538, 92), (576, 92), (594, 142)], ["#fff3cf", "#f7c870"])
    s.box(554, 142, 6, 60, "#d5a253")
    s.box(532, 202, 50, 12, "#b27c38", radius=5)
    s.polygon([(448, 400), (454, 362), (502, 362), (508, 400)], ["#d97b52", "#a44f33"])
    for a in range(-5, 6):
        tip = (478 + a * 15, 290 + abs(a) * 9)
        s.polygon([(474, 364), (tip[0] - 8, tip[1] + 24), tip, (tip[0] + 8, tip[1] + 26), (482, 364)], mix("#5c9a6b", "#a9d18e", (a + 5) / 12))
    s.oval(240, 748, 58, 30, ["#e8a562", "#c97b3d"])
    s.oval(200, 742, 25, 22, ["#f0b272", "#d88d4c"])
    s.polygon([(180, 730), (182, 704), (198, 722)], "#d88d4c")
    s.polygon([(203, 721), (218, 705), (220, 732)], "#d88d4c")
    s.lines([[(188, 744), (193, 747), (198, 744)], [(204, 744), (209, 747), (214, 744)]], 2, "#5b3416")
    s.lines([[(292, 760), (306, 764), (288, 774), (240, 773), (212, 768)]], 9, "#c97b3d")
    s.lines([[(236 + k * 16, 720 + k * 2), (244 + k * 17, 740 + k)] for k in range(4)], 4, "#a85f2a")
    return s.finish().transpose(Image.Transpose.ROTATE_90)


@picture("foto.kakinosato.example/aki/hoshigaki.jpg", quality=80)
def persimmons():
    s = Scene(960, 680, ["#9fc4dc", "#cfe1e6", "#f5ead6", "#f2d8b4"])
    line = crags(412, 8, 0.5)
    s.ridge(360, 120, line, ["#8aa2c0", "#c4d0da"])
    crest = [(960 * i / 400, 360 - 120 * line(i / 400)) for i in range(401)]
    saw = [6 * math.sin(i * 0.9) + 5 * math.sin(i * 0.37) for i in range(401)]
    s.polygon([(x, min(y, 330)) for x, y in crest] + [(x, max(min(y, 330), min(330, y + (330 - y) * 0.55 + saw[i]))) for i, (x, y) in reversed(list(enumerate(crest)))], "#fbfbf7")
    s.ridge(470, 34, wave(15, 4, 1.2), ["#b77b4d", "#d0a066"])
    s.ridge(540, 26, wave(16, 4, 1.5), ["#86794a", "#b19a5a"])
    s.ridge(610, 14, wave(18, 3, 0.8), ["#d8bd77", "#b4954f"])
    s.box(0, 0, 960, 84, ["#3a2617", "#5b3d26"])
    s.boxes([(n * 80 - 10, 62, 44, 40) for n in range(13)], ["#7a5535", "#4b301c"], radius=3)
    s.box(0, 106, 960, 16, ["#b98d55", "#8a6337"], radius=5)
    source = random.Random(6)
    for n in range(11):
        x = 48 + n * 87 + source.uniform(-5, 5)
        count = 5 if n % 3 else 4
        sway = source.uniform(-4, 4)
        s.lines([[(x, 112), (x + sway, 200 + count * 84)]], 2.4, "#e9dcc0")
        for k in range(count):
            px, py, r = x + sway * (k + 1) / count, 186 + k * 88 + source.uniform(-4, 4), source.uniform(30, 35)
            s.oval(px + 3, py + 4, r, r * 1.14, "#5c2c10", alpha=90, blur=4)
            s.oval(px, py, r, r * 1.14, ["#f49a3c", "#e0641f", "#a83c12"])
            s.oval(px - r * 0.32, py - r * 0.3, r * 0.36, r * 0.52, "#ffd9a0", alpha=170, blur=5)
            s.polygon([(px, py - r * 0.78), (px + r * 0.62, py - r * 1.02), (px + r * 0.3, py - r * 1.16), (px, py - r * 1.38), (px - r * 0.3, py - r * 1.16), (px - r * 0.62, py - r * 1.02)], ["#8d8f4a", "#5d6630"])
    return s.finish()


@picture("fann.waha.example/zakhrafa/stars.png")
def girih():
    """Eight-pointed stars with crosses between them."""
    s = Scene(960, 640, ["#0f3d5c", "#0f3d5c"])
    star = lambda x, y, r, turn=0: [(x + (r if k % 2 == 0 else r * 0.7654) * math.cos(math.pi * (k / 8) + turn), y + (r if k % 2 == 0 else r * 0.7654) * math.sin(math.pi * (k / 8) + turn)) for k in range(16)]
    for j in range(-1, 6):
        for i in range(-1, 8):
            x, y = i * 160 + 80, j * 160 + 80
            s.polygon(star(x, y, 80), "#f3e3bd")
            s.polygon(star(x, y, 74), ["#147a86", "#0f5f78"] if (i + j) % 2 else ["#1d8f7f", "#12706f"])
            s.polygon(star(x, y, 54), "#f3e3bd")
            s.polygon(star(x, y, 50), ["#e0a13c", "#c47a2c"])
            s.polygon(star(x, y, 34, math.pi / 8), "#f7ecd0")
            s.polygon(star(x, y, 28, math.pi / 8), "#12506e")
            for k in range(8):
                a = k * math.pi / 4
                s.polygon([(x + 26 * math.cos(a), y + 26 * math.sin(a)), (x + 15 * math.cos(a + 0.35), y + 15 * math.sin(a + 0.35)), (x, y), (x + 15 * math.cos(a - 0.35), y + 15 * math.sin(a - 0.35))], "#f3e3bd" if k % 2 else "#e8b65a")
            s.oval(x, y, 5, fill="#b5402f")
    for j in range(-1, 6):
        for i in range(-1, 8):
            x, y = i * 160, j * 160
            s.polygon(star(x, y, 34), "#f3e3bd")
            s.polygon(star(x, y, 29), ["#b5402f", "#8e2c2a"])
            s.polygon(star(x, y, 14, math.pi / 8), "#f3c969")
    return s.finish().quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


@picture("pictures.lighthouse.example/2021/lens.png")
def lens():
    """A Fresnel lens on a transparent ground, seen from the front."""
    width, height = 720, 900
    s = Scene(width, height, ["#9fd6d0", "#5aa7b4", "#2f6f8c"])
    shape = Image.new("L", s.image.size, 0)
    d = ImageDraw.Draw(shape)
    outline = lambda grow: [v * SCALE for v in (130 - grow, 60 - grow, 590 + grow, 740 + grow)]
    d.rounded_rectangle(outline(0), 190 * SCALE, fill=255)
    centre = (360, 400)
    glass = ["#d8f3ea", "#a9dcd8", "#7cc0c6", "#a9dcd8"]
    for n in range(14):
        r = 330 - n * 22
        s.oval(centre[0], centre[1], r * 0.82 + 30, r, mix(glass[n % 4], "#2f6f8c", 0.25 if n % 2 else 0))
        s.oval(centre[0] - 5, centre[1] - 6, r * 0.82 + 22, r - 8, [mix(glass[n % 4], "#ffffff", 0.45), mix(glass[n % 4], "#3b8299", 0.35)])
    s.glow(360, 400, 200, "#fff3b8", alpha=255)
    s.oval(360, 400, 50, 60, ["#fffdf0", "#ffe9a0"])
    s.polygon([(180, 40), (300, 40), (210, 780), (90, 780)], "#ffffff", alpha=38)
    s.polygon([(330, 40), (360, 40), (270, 780), (240, 780)], "#ffffff", alpha=44)
    brass = Scene(width, height, ["#f0cf85", "#b7813a", "#e6bd6c", "#8c5c26"])
    frame = Image.new("L", s.image.size, 0)
    f = ImageDraw.Draw(frame)
    f.rounded_rectangle(outline(14), 204 * SCALE, fill=255)
    f.rounded_rectangle(outline(0), 190 * SCALE, fill=0)
    for x in (250, 470):
        f.rectangle([(x - 4) * SCALE, 70 * SCALE, (x + 4) * SCALE, 730 * SCALE], fill=255)
    for box in ((230, 752, 490, 784), (280, 784, 440, 830), (190, 830, 530, 866), (320, 22, 400, 48)):
        f.rounded_rectangle([v * SCALE for v in box], 8 * SCALE, fill=255)
    f.ellipse([v * SCALE for v in (346, 2, 374, 28)], fill=255)
    s.image.paste(brass.image, (0, 0), frame)
    alpha = ImageChops.lighter(shape, frame).resize((width, height), Image.Resampling.LANCZOS)
    flat = s.finish()
    flat.putalpha(alpha)
    return flat.quantize(128, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


@picture("drawings.lighthouse.example/compass.svg")
def compass():
    """A compass rose, as text."""
    point = lambda r, a: f"{400 + r * math.sin(math.radians(a)):.1f},{400 - r * math.cos(math.radians(a)):.1f}"
    parts = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800" width="800" height="800">', "<title>Compass rose</title>"]
    parts.append('<defs><radialGradient id="sea"><stop offset="0" stop-color="#fdf6e3"/><stop offset="1" stop-color="#ecd9b0"/></radialGradient></defs>')
    parts.append('<rect width="800" height="800" rx="28" fill="url(#sea)"/><g fill="none" stroke="#31506b"><circle cx="400" cy="400" r="330" stroke-width="4"/><circle cx="400" cy="400" r="312" stroke-width="1.5"/><circle cx="400" cy="400" r="208" stroke-width="1.5"/></g>')
    ticks = "".join(f"M{point(312, a)}L{point(330 if a % 10 else 296, a)}" for a in range(0, 360, 5))
    parts.append(f'<path d="{ticks}" stroke="#31506b" stroke-width="2"/>')
    for reach, wide, turn, step, dark, pale in ((210, 34, 22.5, 45, "#7a9aa8", "#c9d8d4"), (262, 46, 45, 90, "#b9802f", "#f0cf85"), (318, 62, 0, 90, "#a63a2b", "#e58e6d")):
        for a in range(4 if step == 90 else 8):
            angle = turn + a * step
            for side, ink in ((-1, dark), (1, pale)):
                parts.append(f'<polygon points="{point(reach, angle)} {point(wide, angle + side * (45 if step == 90 else 22.5))} 400,400" fill="{ink}" stroke="#4a2d20" stroke-width="1"/>')
    parts.append('<circle cx="400" cy="400" r="26" fill="#31506b"/><circle cx="400" cy="400" r="12" fill="#f0cf85"/><path d="M400 22l16 34h-32z" fill="#31506b"/></svg>')
    return "\n".join(parts) + "\n"


def save(name):
    path, options, draw = PICTURES[name]
    target = MIRROR / path
    target.parent.mkdir(parents=True, exist_ok=True)
    drawn = draw()
    if isinstance(drawn, str):
        target.write_text(drawn, encoding="utf-8")
    elif target.suffix == ".jpg":
        exif = Image.Exif()
        if name == "shelves":
            exif[ExifTags.Base.Orientation] = 6
        drawn.save(target, optimize=True, progressive=True, exif=exif, **options)
    elif target.suffix == ".webp":
        drawn.save(target, method=6, **options)
    elif target.suffix == ".png":
        drawn.save(target, optimize=True, **options)
    else:
        first, *more = drawn if isinstance(drawn, list) else [drawn]
        first.save(target, save_all=bool(more), append_images=more, optimize=True, **options)
    print(f"{target.stat().st_size:>8}  {path}")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or PICTURES:
        save(chosen)
