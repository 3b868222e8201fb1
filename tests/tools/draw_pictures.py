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

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

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


@picture("img.shanlan.example/2021/tea-terraces.jpg", quality=84)
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


@picture("media.harbour-news.example/2022/bridge-dawn.jpg", quality=85)
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


@picture("static.nightrail.example/winter/viaduct.jpg", quality=86)
def night_train():
    s = Scene(1200, 720, [(0, "#0a1230"), (0.4, "#1b2a5a"), (0.62, "#34487c"), (1, "#4a5f8e")])
    s.stars(330, 7, 430)
    s.glow(930, 130, 250, "#8ea3cf", alpha=140)
    s.oval(930, 130, 50, fill=["#fdf6dd", "#e9dfc0"])
    s.ovals([(914, 118, 11, 9), (948, 142, 14, 11), (936, 108, 6, 5)], "#dccfae", alpha=150)
    for base, height, seed, shade in ((330, 150, 1, "#2b3d70"), (390, 110, 5, "#22325f")):
        line = crags(seed + 200, 8, 0.5)
        s.ridge(base, height, line, [shade, mix(shade, "#5a6f9f", 0.5)])
        steps = 400
        crest = [(1200 * i / steps, base - height * line(i / steps)) for i in range(steps + 1)]
        peak = sorted(crest, key=lambda p: p[1])[: steps // 3]
        for x, y in peak:
            s.image.paste(rgb("#9fb2d6"), (round(x * SCALE - 3), round(y * SCALE), round(x * SCALE + 3), round((y + 5 + (base - y) * 0.14 * (1 + math.sin(x * 0.35) * 0.6)) * SCALE)))
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
        s.polygon([(x + 8, 480), (x + 17, 480), (x + 24, 720), (x + 12, 720)], "#141c3d", alpha=150)
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


def save(name):
    path, options, draw = PICTURES[name]
    target = MIRROR / path
    target.parent.mkdir(parents=True, exist_ok=True)
    drawn = draw()
    if isinstance(drawn, str):
        target.write_text(drawn, encoding="utf-8")
    elif target.suffix == ".jpg":
        drawn.save(target, optimize=True, progressive=True, **options)
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
