#!/usr/bin/env python3
"""Makes an archive of N articles with their pictures, for benchmarks: the same bytes for the same arguments.

    benches/archive.py DIR --articles 1000 [--pictures 1.9] [--length 5400] [--saves 0.05] [--retitled 0.01]

DIR/articles holds the articles, in Chinese and English, one a file and a folder a month; DIR/mirror the
pictures, as `wget -x` lays them out, three of four JPEG, the rest PNG with some GIF and WebP. The texts are
words drawn by lot: sentences of usual length, headings, quotations, lists, links and captions, but no sense.
Pictures need Pillow; `--pictures 0` needs nothing.

With `--saves` and `--retitled`, so large a share of the articles stands in a second file: saved again at its
address with a sentence more, or under another title and address that ends with the same number. `DIR/joined.json`
says what `joined` in a report has to be, as names of files.
"""

import argparse
import datetime
import json
import multiprocessing
import pathlib
import random

CHINESE = (
    "港口 灯塔 渡船 夜里 清晨 海风 居民 会议 修缮 木桥 报告 记者 说明 计划 经费 老人 孩子 学校 书店 邮局 "
    "火车 站台 雨水 山路 茶园 收成 价格 市场 讨论 意见 决定 工程 船长 水手 航线 地图 图书馆 档案 照片 展览 "
    "音乐 排练 剧场 观众 掌声 厨房 面包 盐 鱼 网 季节 冬天 春天 河流 水位 堤坝 巡查 电力 恢复 安静 明亮 "
    "慢慢 已经 仍然 可能 因为 所以 但是 如果 以及 关于 对于 他们 我们 大家 今年 去年 明天 昨天 第一 最后"
).split()
ENGLISH = (
    "harbour lighthouse ferry evening morning wind resident meeting repair bridge report reporter plan budget "
    "elder child school bookshop post train platform rain path garden harvest price market debate opinion "
    "decision works captain sailor route map library archive picture exhibition music rehearsal theatre "
    "audience applause kitchen bread salt fish net season winter spring river level embankment patrol power "
    "return quiet bright slowly already still perhaps because therefore however although about toward they we "
    "everyone year week tomorrow yesterday first last"
).split()
# The words that hold English together, as often as they stand in it.
ENGLISH += ["the"] * 9 + ["of"] * 5 + ["and", "to", "a"] * 4 + ["in"] * 3 + ["is", "was", "for", "on", "that"] * 2
NAMES = ("Ada Keeper", "Bo Lindqvist", "Chen Wen", "Dalia Haddad", "林渡", "许灯")
HOSTS = ("news.harbour.example", "www.lighthouse.example", "paper.mountain.example")
START = datetime.datetime(2019, 1, 1, 6, tzinfo=datetime.UTC)


class Prose:
    """Sentences in one language, drawn from its words."""

    def __init__(self, lots, words, gap, stop, comma):
        self.lots, self.words, self.gap, self.stop, self.comma = lots, words, gap, stop, comma

    def phrase(self, shortest, longest):
        words = self.lots.choices(self.words, k=self.lots.randint(shortest, longest))
        return self.gap.join(words)

    def title(self):
        return self.phrase(4, 8).capitalize()

    def sentence(self):
        clauses = [self.phrase(4, 9) for _ in range(self.lots.randint(1, 3))]
        return self.comma.join(clauses).capitalize() + self.stop

    def paragraph(self):
        return self.gap.join(self.sentence() for _ in range(self.lots.randint(2, 5)))


def prose(lots):
    if lots.random() < 0.6:
        return Prose(lots, CHINESE, "", "。", "，")
    return Prose(lots, ENGLISH, " ", ".", ", ")


def blocks(lots, words, address):
    """One block of an article's body."""
    kind = lots.random()
    if kind < 0.06:
        return f"<p><strong>{words.title()}</strong></p>"
    if kind < 0.10:
        return f"<blockquote><p>{words.paragraph()}</p></blockquote>"
    if kind < 0.13:
        items = "".join(f"<li>{words.sentence()}</li>" for _ in range(4))
        return f"<ul>{items}</ul>"
    if kind < 0.25:
        link = f'<a href="{address}/{lots.randint(1, 99)}" target="_blank">{words.phrase(1, 3)}</a>'
        return f'<p style="margin:0">{words.sentence()}{words.gap}{link}{words.gap}{words.sentence()}</p>'
    if kind < 0.35:
        return f"<p>{words.sentence()}{words.gap}<em>{words.phrase(2, 4)}</em> &amp; {words.paragraph()}</p>"
    return f"<p>{words.paragraph()}</p>\n"


def figure(words, picture):
    source = f"https://images.weserv.nl/?url={picture}"
    caption = words.sentence()
    return f'<img src="{source}" width="100%"><div><small style="color: #999;">{caption}</small></div>'


def article(number, pictures, length):
    """The text of one article; the names of its pictures are given."""
    lots = random.Random(number)
    words = prose(lots)
    time = START + datetime.timedelta(minutes=157 * number + lots.randint(0, 90))
    saved = int(time.timestamp() * 1000) + lots.randint(60_000, 3_000_000)
    host = lots.choice(HOSTS)
    address = f"https://{host}/{time:%Y/%m}/{number:07}"
    parts = [f"<!--{saved}-->\n[{words.title()}]({address})\n------\n\n"]
    parts.append(f"<div><i>{lots.choice(NAMES)}<br>{time:%Y-%m-%dT%H:%M:%S}.000Z</i></div>")
    size, waiting = 0, [figure(words, picture) for picture in pictures]
    while size < length or waiting:
        part = waiting.pop(0) if waiting else blocks(lots, words, f"https://{host}/{time:%Y/%m}")
        parts.append(part)
        size += len(part.encode())
    return time, "".join(parts)


def saved_again(text, number, retitled):
    """A later save of an article's file."""
    lots = random.Random(f"save of {number}")
    header, title, rest = text.split("\n", 2)
    saved = int(header[4:-3]) + lots.randint(3_600_000, 40_000_000_000)
    if retitled:
        words, address = title[1:-1].split("](")
        head, _, name = address.rpartition("/")
        title = f"[{words} {lots.choice(ENGLISH)}]({head}/again-{name})"
    return f"<!--{saved}-->\n{title}\n{rest}<p>{prose(lots).sentence()}</p>\n"


def picture_names(number, mean):
    """As many pictures as the mean asks for on average, by their addresses without the scheme."""
    lots = random.Random(f"pictures of {number}")
    count = int(mean) + (lots.random() < mean % 1)
    names = []
    for place in range(count):
        kind = lots.choices(("jpg", "png", "gif", "webp"), weights=(75, 22, 2, 1))[0]
        names.append(f"pictures.harbour.example/{number // 1000:04}/{number:07}-{place}.{kind}")
    return names


def photograph(lots):
    """A large picture with light, shade and grain to cut others from."""
    from PIL import Image, ImageFilter

    coarse = Image.frombytes("RGB", (32, 24), lots.randbytes(32 * 24 * 3)).resize((3200, 2400), Image.BICUBIC)
    grain = Image.frombytes("RGB", (1600, 1200), lots.randbytes(1600 * 1200 * 3))
    grain = grain.filter(ImageFilter.GaussianBlur(1)).resize((3200, 2400), Image.BICUBIC)
    return Image.blend(coarse, grain, 0.22)


def save_picture(base, path, name):
    """Cuts a picture from the large one at a place that its name decides."""
    lots = random.Random(name)
    width, height = lots.choice(((960, 540), (800, 600), (1024, 576)))
    left, top = lots.randint(0, base.width - width), lots.randint(0, base.height - height)
    picture = base.crop((left, top, left + width, top + height))
    path.parent.mkdir(parents=True, exist_ok=True)
    match path.suffix:
        case ".jpg":
            picture.save(path, quality=88)
        case ".png":
            picture.resize((width // 2, height // 2)).quantize(48).save(path, compress_level=6)
        case ".gif":
            picture.resize((width // 4, height // 4)).quantize(32).save(path)
        case ".webp":
            picture.save(path, quality=82, method=2)


def make(job):
    """Writes the articles of a range of numbers, and their pictures."""
    folder, numbers, mean, length, saves, retitled = job
    joined = []
    base = photograph(random.Random("photograph")) if mean else None
    for number in numbers:
        names = picture_names(number, mean)
        time, text = article(number, names, length)
        path = folder / "articles" / f"{time:%Y-%m}" / f"{number:07}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        for name in names:
            save_picture(base, folder / "mirror" / name, name)
        lot = random.Random(f"lot of {number}").random()
        if lot < saves + retitled:
            again = path.with_name(f"{number:07}-again.md")
            again.write_text(saved_again(text, number, lot >= saves), encoding="utf-8")
            joined.append([again.name, path.name])
    return joined


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--pictures", type=float, default=1.9, help="pictures an article, on average")
    parser.add_argument("--length", type=int, default=5000, help="bytes of an article's body, roughly")
    parser.add_argument("--saves", type=float, default=0, help="share of the articles that are saved again")
    parser.add_argument("--retitled", type=float, default=0, help="share that is saved again under another title")
    wish = parser.parse_args()
    numbers = range(wish.articles)
    shape = (wish.pictures, wish.length, wish.saves, wish.retitled)
    jobs = [(wish.folder, numbers[i : i + 500], *shape) for i in range(0, wish.articles, 500)]
    with multiprocessing.Pool() as pool:
        joined = [pair for some in pool.map(make, jobs, chunksize=1) for pair in some]
    if wish.saves + wish.retitled > 0:
        (wish.folder / "joined.json").write_text(json.dumps(joined), encoding="utf-8")


if __name__ == "__main__":
    main()
