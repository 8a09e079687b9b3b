"""Invented names in many scripts, a few of them very common and most of them rare, as in a telephone book.

The common ones are listed; the rare ones are put together from beginnings and endings. None is meant for anybody.
"""

from __future__ import annotations

from itertools import accumulate, product


def _names(text: str) -> tuple[str, ...]:
    return tuple(" ".join(name.split()) for name in text.split(","))


COMMON_FAMILIES = _names(
    """
    Smith, Jones, Garcia, Müller, Johnson, Williams, Brown, Rodríguez, Nguyễn, Lee, Martin, Silva, O'Brien,
    Schmidt, Kowalska, Rossi, Hernández, Davis, Miller, Wilson, Taylor, Moore, Clark, Lewis, Walker, Hall,
    Young, King, Wright, Hill, Green, Baker, Adams, Nelson, Carter, Mitchell, de la Cruz, van der Berg,
    McCarthy, MacDonald, Ó Súilleabháin, D’Angelo, Núñez, Gonçalves, Søndergård, Åkesson, Łukasiewicz,
    Dvořáková, Çelik, Yıldız, Þórsdóttir, Strauß, Weiß, Öztürk, Đorđević, Haddad, Al-Masri, Ben-Ami,
    St. John, Fitzgerald, Okafor, Adeyemi, Mbeki, Nkemelu, Tanaka, Satō, Kim, Park, Choi, Chen, Wang, Li,
    Zhang, Patel, Sharma, Singh, Khan, Hussain, Ivanova, Petrenko, Papadopoulou, Cohen, Levi, Andersson,
    Virtanen, Jørgensen, Kovács, Popescu, 王, 李, 张, 欧阳, 佐藤, 鈴木, 김, 이, Иванова, Смирнова, Шевченко,
    Παπαδοπούλου, الحداد, المصري, כהן, शर्मा, பிள்ளை, สมบูรณ์
    """
)
"""By how common they are."""

COMMON_GIVEN = _names(
    """
    Mary, Anna, Maria, Sarah, Jennifer, Linda, Elizabeth, Susan, Jessica, Emily, Olivia, Sofía, Zoë, Chloé,
    Renée, Anne-Marie, María José, Seán, Siobhán, Maeve, Aoife, Zuzanna, Małgorzata, Jiří, Søren, Björk,
    Astrid, Ingrid, Greta, Heidi, Ursula, Françoise, Inês, João, Ana Lucía, Ngọc, Linh, Mei, Xiu Ying, Yuki,
    Haruka, Min-ji, Seo-yeon, Priya, Ananya, Fatima, Aisha, Noor, Leila, Yasmin, Amara, Chidinma, Thandiwe,
    Zanele, Olga, Svetlana, Katarzyna, Ágnes, Eleni, Miriam, Rivka, Grace, Hannah, Rosalind, Beatrice,
    Harriet, Imogen, Jo, Kim, Robin, Alex, Sam, Max, Luca, Jean-Luc, Pat, Dana, Eve, Ida, Una
    """
)

OTHER_SCRIPTS = tuple(
    (_names(families), _names(given))
    for families, given in (
        ("王, 李, 张, 刘, 陈, 欧阳, 林, 黄, 周, 吴", "小明, 美玲, 秀英, 静, 丽华, 雪, 文婷, 雅琴"),
        ("佐藤, 鈴木, 高橋, 田中, さくら井", "花子, さくら, ゆき, 陽子, ミカ"),
        ("김, 이, 박, 최, 정", "서연, 민지, 지우, 하은"),
        ("Иванова, Смирнова, Кузнецова, Шевченко, Попова, Йорданова", "Анна, Ольга, Наталья, Елена, Юлія, Фёкла"),
        ("الحداد, المصري, النجار, حسين, خليل", "فاطمة, ليلى, عائشة, نور, مريم"),
        ("Παπαδοπούλου, Γεωργίου, Νικολάου", "Ελένη, Μαρία, Σοφία"),
        ("כהן, לוי, מזרחי", "רבקה, מרים, שרה"),
        ("शर्मा, वर्मा, गुप्ता", "नेहा, प्रिया, अनन्या"),
    )
)
"""A patient whose family name is in one of these scripts has a given name in it too, when she was drawn from here."""

_BEGINNINGS_AND_ENDINGS = (
    (
        """
        Ash, Black, Brad, Carl, Col, Cran, Dal, East, Elm, Fair, Farn, Gold, Had, Hart, Hazel, Hol, Kirk,
        Lang, Lin, Marsh, Mid, New, Nor, Oak, Pem, Red, Rock, Shel, Stan, Sut, Thorn, Wake, Wal, Water, West,
        Whit, Win, Wood, Wyn
        """,
        "bury, by, combe, field, ford, ham, ington, ley, man, more, smith, son, stead, ston, ton, well, wick, wood",
    ),
    (
        """
        Acker, Alten, Berg, Brand, Eber, Eichen, Feld, Grün, Hohen, Kalten, König, Lilien, Möller, Neu,
        Nieder, Ober, Rosen, Schön, Stein, Tannen, Wald, Weiß, Würz, Zimmer
        """,
        "bach, bauer, becker, berger, born, hagen, hauser, heim, hofer, huber, mann, meier, müller, reiter, stein",
    ),
    (
        """
        Bogd, Bor, Chmiel, Dobr, Grab, Jan, Jarosl, Kal, Krasn, Lew, Mal, Mich, Nowak, Petr, Rad, Sob, Stan,
        Tom, Wiśn, Zaj, Zieliń
        """,
        "ak, ek, ewicz, iak, ić, ik, ina, ko, ov, ová, owska, ska, uk, yk, čič",
    ),
    (
        """
        Albu, Alca, Bar, Bell, Cald, Camp, Cast, Doming, Escal, Ferr, Font, Gall, Guer, Lomb, Mach, Mont,
        Mor, Par, Per, Pal, Quint, Riv, Sala, Sant, Torr, Val, Vill
        """,
        "ado, alba, aldi, ano, ares, ario, eira, ella, eri, ez, iano, illo, ini, oni, osa, ucci, ões",
    ),
    (
        """
        Berg, Dal, Ek, Fors, Gran, Hag, Hägg, Lind, Ljung, Lund, Ny, Rosen, Sjö, Sten, Sund, Södér, Øst
        """,
        "berg, borg, én, gren, holm, kvist, lund, mark, qvist, sen, ström, vall, ø",
    ),
    (
        """
        Adé, Akin, Bala, Chandra, Dhar, Eze, Gupt, Ikeda, Jaya, Kobe, Laksh, Mat, Naka, Oga, Raja, Sato,
        Tend, Uchi, Veni, Yama
        """,
        "anda, ani, appa, awa, dele, eka, ekwu, ena, gawa, iah, moto, nga, ola, shima, swamy, tunde, wara, yemi",
    ),
)

RARE_FAMILIES = tuple(
    beginning + ending
    for beginnings, endings in _BEGINNINGS_AND_ENDINGS
    for beginning, ending in product(_names(beginnings), _names(endings))
)
FAMILIES = COMMON_FAMILIES + RARE_FAMILIES

_GIVEN_BEGINNINGS = _names(
    """
    Ad, Al, Am, Ar, Bel, Bri, Cal, Car, Cel, Cor, Dal, Del, El, Em, Es, Fel, Fi, Gi, Gra, Hal, Is, Jo, Kar,
    Lor, Luc, Mar, Mel, Mir, Nat, Ol, Per, Ros, Sab, Ser, Tal, Val, Viv, Wil, Xan, Ys, Zel
    """
)
_GIVEN_ENDINGS = _names(
    "ana, anne, ara, elle, ena, enza, eth, ette, ia, ie, ina, inda, is, isse, ita, ora, osa, une, wen, ya"
)
RARE_GIVEN = tuple(beginning + ending for beginning, ending in product(_GIVEN_BEGINNINGS, _GIVEN_ENDINGS))
GIVEN = COMMON_GIVEN + RARE_GIVEN


def cumulative_weights(count: int, common: int) -> list[float]:
    """Of `count` names the first `common` fall off as in a telephone book; the rest share as much, all of them rare."""
    weights = [1 / (place + 10) for place in range(common)]
    rest = sum(weights) / max(1, count - common)
    return list(accumulate(weights + [rest] * (count - common)))


FAMILY_WEIGHTS = cumulative_weights(len(FAMILIES), len(COMMON_FAMILIES))
GIVEN_WEIGHTS = cumulative_weights(len(GIVEN), len(COMMON_GIVEN))
