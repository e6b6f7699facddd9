"""Makes text dumps of blogs that never were, in several languages, printed as software would print them."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby

from babel.dates import format_date, format_datetime

TITLES = {
    "en": """A walk to the lighthouse|Closing Gaps|On waiting rooms|Small corrections|Why we moved house
        The trouble with checklists|Notes from Leeds|Bread again|What the river took|Two kinds of silence""",
    "fr": """Le retour des hirondelles|Une question de confiance|À propos du pain|Trois jours à Nantes
        La lettre perdue|Éloge de la lenteur|Ce que dit la mer
        Les fenêtres du voisin|Un dimanche ordinaire""",
    "de": """Ein Spaziergang zum Leuchtturm|Über das Warten|Kleine Korrekturen|Warum wir umgezogen sind
        Notizen aus Leipzig|Brot und Salz|Was der Fluss mitnahm|Zwei Arten von Stille|Das Fenster zum Hof""",
    "es": """Un paseo hasta el faro|Sobre la espera|Pequeñas correcciones|Por qué nos mudamos
        Apuntes desde Cádiz|Pan otra vez|Lo que se llevó el río|Dos clases de silencio|La carta perdida""",
    "ar": """نزهة إلى المنارة|عن الانتظار|تصحيحات صغيرة|لماذا انتقلنا إلى بيت جديد|رسائل من عمّان
        الخبز مرة أخرى|ما أخذه النهر|نوعان من الصمت|نافذة الجيران""",
    "fa": """قدم زدن تا فانوس دریایی|دربارهٔ انتظار|اصلاح‌های کوچک|چرا خانه عوض کردیم|یادداشت‌هایی از شیراز
        دوباره نان|آنچه رودخانه برد|دو گونه سکوت|پنجرهٔ همسایه""",
    "zh": """走到灯塔去|关于等待|小小的更正|我们为什么搬家|成都来信
        又说面包|河流带走的东西|两种沉默|邻居的窗户""",
    "ja": """灯台まで歩く|待つということ|小さな訂正|引っ越した理由|仙台からの便り|またパンの話
        川が運んでいったもの|二つの沈黙|隣の窓""",
}

SENTENCES = {
    "en": """We left before the rain came, and nobody thought of taking an umbrella.
        The case was closed after two years, which is a long time for anybody to wait.
        I asked her what she made of it; she said that she would rather not say.
        It is easy to write a rule, and hard to live with it (as I found out).
        There were 14 of us in a room made for six. Nobody complained!
        Can a thing like that be learnt from a book? I doubt it.
        My neighbour calls it “progress”, and he may be right.
        On 3 October 2017 I wrote about this, and I have not changed my mind.
        Prices went up by 3.5% * 2 = 7%, or so the paper_says in its [last] issue.
        He never came back.""",
    "fr": """Nous sommes partis avant la pluie, et personne n’avait pensé au parapluie.
        L’affaire a été classée après deux ans, ce qui est long pour tout le monde.
        Je lui ai demandé ce qu’elle en pensait ; elle a préféré se taire.
        Il est facile d’écrire une règle, et difficile de vivre avec (je l’ai appris).
        Nous étions quatorze dans une pièce faite pour six. Personne ne s’est plaint !
        Peut-on apprendre cela dans un livre ? J’en doute.
        Mon voisin appelle cela « le progrès », et il a peut-être raison.
        Il n’est jamais revenu.""",
    "de": """Wir brachen auf, bevor der Regen kam, und niemand dachte an einen Schirm.
        Der Fall wurde nach zwei Jahren geschlossen, was für jeden eine lange Zeit ist.
        Ich fragte sie, was sie davon halte; sie wollte lieber nichts sagen.
        Eine Regel ist leicht geschrieben, doch schwer ist es, mit ihr zu leben (wie ich weiß).
        Wir waren 14 in einem Zimmer für sechs. Keiner hat sich beklagt!
        Kann man so etwas aus einem Buch lernen? Ich bezweifle es.
        Mein Nachbar nennt das „Fortschritt“, und vielleicht hat er recht.
        Er kam nie zurück.""",
    "es": """Salimos antes de que lloviera, y nadie pensó en llevar un paraguas.
        El caso se cerró después de dos años, que es mucho tiempo para cualquiera.
        Le pregunté qué pensaba de todo aquello; prefirió no decir nada.
        Es fácil escribir una regla y difícil vivir con ella (como descubrí después).
        Éramos catorce en una sala hecha para seis. ¡Nadie se quejó!
        ¿Se puede aprender algo así en un libro? Lo dudo.
        Mi vecino lo llama «progreso», y quizá tenga razón.
        Nunca volvió.""",
    "ar": """خرجنا قبل أن يهطل المطر، ولم يفكر أحد في أخذ مظلة.
        أُغلقت القضية بعد سنتين، وهذا وقت طويل لأي إنسان ينتظر.
        سألتها عن رأيها في الأمر؛ قالت إنها تفضل ألا تقول شيئًا.
        من السهل أن تُكتب القاعدة، ومن الصعب أن يعيش المرء معها (كما عرفت لاحقًا).
        كنا ١٤ شخصًا في غرفة تتسع لستة. لم يشتكِ أحد!
        هل يمكن أن يُتعلم هذا من كتاب؟ أشك في ذلك.
        يسمي جاري ذلك «تقدمًا»، وربما كان على حق.
        لم يعد أبدًا.""",
    "fa": """پیش از آنکه باران بگیرد راه افتادیم و هیچ‌کس به فکر چتر نبود.
        پرونده پس از دو سال بسته شد، که برای هر کسی زمان درازی است.
        از او پرسیدم نظرش چیست؛ گفت ترجیح می‌دهد چیزی نگوید.
        نوشتن قانون آسان است و زندگی با آن دشوار (بعدها فهمیدم).
        ۱۴ نفر بودیم در اتاقی که برای شش نفر ساخته شده بود. کسی گلایه نکرد!
        آیا می‌شود چنین چیزی را از کتاب آموخت؟ شک دارم.
        همسایه‌ام به آن «پیشرفت» می‌گوید، و شاید حق با او باشد.
        او هرگز برنگشت.""",
    "zh": """我们在下雨之前就出发了，谁也没有想到要带伞。
        这个案子两年以后才了结，对任何人来说都太久了。
        我问她怎么看这件事；她说她宁愿什么都不说。
        写一条规矩很容易，遵守它却很难（这是我后来才明白的）。
        一个只能坐六个人的房间里挤了十四个人。没有人抱怨！
        这样的事情能从书里学到吗？我很怀疑。
        邻居把这叫做“进步”，也许他是对的。
        他再也没有回来。""",
    "ja": """雨が降り出す前に出かけたので、誰も傘のことなど考えなかった。
        その件は二年後にようやく片付いたが、待つ身には長い時間だった。
        彼女にどう思うかと聞いてみたが、何も言いたくないと答えた。
        決まりを書くのは易しく、守るのは難しい（後になってわかったことだ）。
        六人用の部屋に十四人もいた。文句を言う人はいなかった！
        そんなことを本から学べるだろうか。疑わしいと思う。
        隣の人はそれを「進歩」と呼ぶが、そうなのかもしれない。
        彼は二度と戻らなかった。""",
}

FOOTERS = {
    "en": ("Posted by Chris at 14:05", "3 comments:", "Labels: bread, salt"),
    "fr": ("Publié par Chris à 14:05", "Aucun commentaire:", "Libellés : pain, sel"),
    "de": ("Eingestellt von Chris um 14:05", "3 Kommentare:", "Labels: Brot, Salz"),
    "es": ("Publicado por Chris en 14:05", "No hay comentarios:", "Etiquetas: pan, sal"),
    "ar": ("مرسلة بواسطة كريم في ١٤:٠٥", "ليست هناك تعليقات:", "التسميات: خبز، ملح"),
    "fa": ("نوشته شده توسط رضا در ۱۴:۰۵", "۳ نظر:", "برچسب‌ها: نان، نمک"),
    "zh": ("发布者：小王 时间： 14:05", "没有评论:", "标签： 面包、盐"),
    "ja": ("投稿者 太郎 時刻: 14:05", "3 件のコメント:", "ラベル: パン、塩"),
}

DIGITS = {"ar": "٠١٢٣٤٥٦٧٨٩", "fa": "۰۱۲۳۴۵۶۷۸۹"}
LANGUAGES = tuple(TITLES)


def titles(language: str) -> list[str]:
    return [title.strip() for title in TITLES[language].replace("\n", "|").split("|")]


def sentences(language: str) -> list[str]:
    return [row.strip() for row in SENTENCES[language].split("\n")]


@dataclass(frozen=True)
class Post:
    """A post as its author wrote it."""

    day: date
    title: str | None
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """How a dump is printed."""

    language: str = "en"
    newest_first: bool = True
    dates: str = "full"  # full, long, medium: CLDR's; else a pattern for strftime
    native_digits: bool = False
    clock: bool = False
    blank_after_header: int = 1
    blank_after_title: int = 1
    between_paragraphs: int = 1
    between_posts: int = 1
    between_days: int = 1
    header_each_post: bool = False
    wrap: int | None = None
    footer: bool = False
    byline: bool = False
    before: str = ""


@dataclass
class Dump:
    """A dump, and what should be found in it, oldest first."""

    text: str
    posts: list[Post] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)


def printed(posts: list[Post], style: Style) -> Dump:
    """Print posts, given oldest first, as a dump."""
    dump = Dump("", list(posts))
    told = posts[::-1] if style.newest_first else posts
    rows: list[str] = [style.before, ""] if style.before else []
    groups = [[post] for post in told] if style.header_each_post else []
    for group in groups or [list(group) for _, group in groupby(told, key=lambda post: post.day)]:
        header = day_header(group[0].day, style)
        dump.headers.append(header)
        rows += [header, *[""] * style.blank_after_header]
        for number, post in enumerate(group):
            rows += [*([""] * style.between_posts if number else ()), *_post(post, style, dump)]
        rows += [""] * style.between_days
    dump.text = "\n".join(rows)
    return dump


def _post(post: Post, style: Style, dump: Dump) -> Iterator[str]:
    footers = FOOTERS[style.language]
    if post.title is not None:
        yield post.title
        if style.byline:
            dump.furniture.append(footers[0])
            yield footers[0]
        yield from [""] * (style.blank_after_title if post.paragraphs else 0)
    for number, paragraph in enumerate(post.paragraphs):
        yield from [""] * (style.between_paragraphs if number else 0)
        yield from _wrapped(paragraph, style)
    if style.footer:
        listed = footers[1:] if style.byline else footers
        dump.furniture += listed
        yield from ("", *listed)


def _wrapped(paragraph: str, style: Style) -> list[str]:
    if style.wrap is None:
        return [paragraph]
    if style.language in ("zh", "ja"):
        measure = style.wrap // 2
        return [paragraph[start : start + measure] for start in range(0, len(paragraph), measure)]
    return textwrap.wrap(paragraph, style.wrap, break_long_words=False, break_on_hyphens=False)


def day_header(day: date, style: Style) -> str:
    if style.dates in ("full", "long", "medium"):
        line = format_date(day, style.dates, locale=style.language)
    else:
        line = day.strftime(style.dates)
    if style.clock:
        line += " " + format_datetime(datetime.combine(day, time(14, 5)), "HH:mm", locale="en")
    if style.native_digits and style.language in DIGITS:
        line = line.translate(str.maketrans("0123456789", DIGITS[style.language]))
    return line
