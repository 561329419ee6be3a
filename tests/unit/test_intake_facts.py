"""What the first pages say: title, first author, DOI, year, journal, licence; and nothing where they do not say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditable.doi import find_dois
from auditable.front_authors import find_authors
from auditable.front_doi import find_doi
from auditable.front_licence import find_licence, read_licence
from auditable.front_matter import FrontLine, FrontMatter
from auditable.front_title import find_title
from auditable.front_year import find_journal, find_year
from auditable.person_names import clean_name, fold_name, split_names, surname_of
from auditable.readers.front_reader import parse_xmp, read_metadata
from tests.front_pages import TITLE, front, running_head
from tests.papers_made import pdf_of

BODY = ("Background: chronic hives trouble many adults and few trials have looked at them.", 9.5)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        pytest.param(front(("Research Article", 14), (TITLE, 18), ("Ann Poe", 11), BODY), TITLE, id="largest type"),
        pytest.param(front(("Skin", 30), ("ORIGINAL ARTICLE", 20), (TITLE, 18), BODY), TITLE, id="journal is larger"),
        pytest.param(
            front(("Made Library Public Access Author Copy", 22), (TITLE, 14), BODY, Title=TITLE), TITLE, id="named"
        ),
        pytest.param(
            front(("The New Made Journal of Medicine", 24), (TITLE, 18), BODY), TITLE, id="a journal of many words"
        ),
        pytest.param(
            front(("Systematic Review and Meta-Analysis", 20), (TITLE, 18), BODY), TITLE, id="a kind of many words"
        ),
        pytest.param(front((TITLE, 18), BODY, Title="untitled"), TITLE, id="metadata is no title"),
        pytest.param(front((TITLE, 18), BODY, Title="The title of another paper of theirs"), TITLE, id="not printed"),
        pytest.param(
            front(("One-year results of a drug in adults", 18), BODY, Title="Oneyear results of a drug in adults"),
            "One-year results of a drug in adults", id="metadata lost a hyphen",
        ),
        pytest.param(
            front(("Undefi ned use of a drug in adults", 18), BODY, Title="Undefined use of a drug in adults"),
            "Undefined use of a drug in adults", id="ligatures part words",
        ),
        pytest.param(front(("Letter", 18), ("Dear Editor", 12)), "", id="none"),
    ],
)  # fmt: skip
def test_title(page: FrontMatter, title: str) -> None:
    fact, lines = find_title(page)
    assert fact.value == title
    assert bool(lines) == bool(title)
    assert fact.read_from


@pytest.mark.parametrize(
    ("page", "surname"),
    [
        pytest.param(front((TITLE, 18), ("Ann B. Poe, MD, PhD; Lee Roe, MSc", 11), BODY), "Poe", id="line under title"),
        pytest.param(front((TITLE, 18), ("Poe, A.B.; Roe, L.; Doe, C.", 11), BODY), "Poe", id="surname first"),
        pytest.param(
            front((TITLE, 18), ("SKIN 7 Investigators; Poe, Ann B C; Roe, Lee", 11), BODY), "Poe", id="group first"
        ),
        pytest.param(front((TITLE, 18), ("Jan van der Berg and Ann Poe", 11), BODY), "van der Berg", id="particles"),
        pytest.param(
            front((TITLE, 18), ("Ana Gil Soto, Luis Mora Paz", 11), ("Citation: Gil Soto, A.; Mora Paz, L.", 8), BODY),
            "Gil Soto", id="double name as cited",
        ),
        pytest.param(front((TITLE, 18), BODY, running_head("Poe et al")), "Poe", id="running head alone"),
        pytest.param(front((TITLE, 18), BODY, Author="Dr Ann Poe FRCP", text="Ann Poe"), "Poe", id="metadata"),
        pytest.param(front((TITLE, 18), BODY, Author="Dr Ann Poe FRCP"), "", id="metadata, not printed"),
        pytest.param(front((TITLE, 18), BODY, Author="Unknown"), "", id="metadata names nobody"),
        pytest.param(front((TITLE, 18), ("Dear Editor,", 10), BODY), "", id="a salutation is nobody"),
        pytest.param(
            front((TITLE, 18), ("Ann Poe, Lee Roe", 11), BODY, running_head("Doe et al")), "", id="sources differ"
        ),
        pytest.param(
            front((TITLE, 18), BODY, running_head("Drugs and Aging")), "", id="a journal of two words is nobody"
        ),
        pytest.param(
            front((TITLE, 18), ("Ann Poe, Lee Roe", 11), BODY, running_head("Drugs & Aging")), "Poe",
            id="a journal of two words speaks against nobody",
        ),
        pytest.param(
            front((TITLE, 18), ("Ann Poe, Lee Roe", 11), BODY, running_head("Poe and Roe"), Author="Lee Roe"), "Poe",
            id="a head of two confirms",
        ),
        pytest.param(
            front((TITLE, 18), ("Иван Петров, Ann Poe", 11), ("Citation: Анна Смирнова", 8), BODY), "",
            id="sources differ in other letters",
        ),
        pytest.param(front((TITLE, 18), ("Ann Poe, Lee Roe", 0.0), BODY), "Poe", id="letters without a size"),
        pytest.param(front((TITLE, 18), ("For the others see Doe et al and Roe et al 2003.", 9)), "", id="cited work"),
    ],
)  # fmt: skip
def test_first_author(page: FrontMatter, surname: str) -> None:
    found = find_authors(page, find_title(page)[1])
    assert found.surname.value == surname
    assert found.surname.read_from, "says where, or why not"


def test_authors_over_several_lines_stay_in_order() -> None:
    page = front((TITLE, 18), ("Ann Poe, MD, Lee Roe, PhD, Kathryn P.", 11), ("Stone, RN, and Bo Li, MD", 11), BODY)
    assert find_authors(page, find_title(page)[1]).names == ("Ann Poe", "Lee Roe", "Kathryn P. Stone", "Bo Li")


@pytest.mark.parametrize(
    ("page", "doi"),
    [
        pytest.param(front(("doi:10.5555/made.1", 8), prism__doi="10.5555/MADE.1"), "10.5555/MADE.1", id="both"),
        pytest.param(front(("See comment 10.5555/com", 8), Subject="S doi:10.5555/made(15)1"), "", id="differ"),
        pytest.param(front(BODY, dc__identifier="doi:10.5555/made.1"), "10.5555/made.1", id="metadata alone"),
        pytest.param(front(("PLoX 10(12). doi:10.5555/journal.", 8), ("made.0144", 8)), "10.5555/journal.made.0144",
                     id="broken by the line"),
        pytest.param(front(("See http://example.org/suppl/10.5555/made.1.", 8), ("For more", 8)), "10.5555/made.1",
                     id="a full stop is no break"),
        pytest.param(front(("10.5555/made.a", 8), ("10.5555/made.b", 8)), "", id="two and nothing tells"),
        pytest.param(front(("10.5555/made.a", 8), ("Data: 10.5061/dryad.x1", 8)), "10.5555/made.a", id="data"),
        pytest.param(front(("The protocol was published (doi:10.5555/protocol.1).", 9.5)), "", id="of the protocol"),
        pytest.param(front(("See Comment https://doi.org/10.5555/com", 7), ("10.5555/made.a", 7)), "10.5555/made.a",
                     id="of a comment"),
        pytest.param(front(("1. Roe L. Made J 2001. doi:10.5555/cited", 7)), "", id="a footnote's"),
        pytest.param(front(BODY, prism__url="https://x.org/articles/10.5555/made.a/full"), "10.5555/made.a", id="web"),
        pytest.param(front(BODY), "", id="none"),
    ],
)  # fmt: skip
def test_doi(page: FrontMatter, doi: str) -> None:
    fact, _ = find_doi(page)
    assert fact.value == doi
    assert fact.read_from


def test_dois_in_text_lose_what_is_not_theirs() -> None:
    said = "(https://doi.org/10.5555/s0140-6736(15)00257-3). And 10.5555/x‐1; 10.5555/X-1, too"
    assert find_dois(said) == ["10.5555/s0140-6736(15)00257-3", "10.5555/x-1"]
    assert find_dois("“10.5555/made.a”") == ["10.5555/made.a"]


def test_old_dois_are_whole_or_none() -> None:
    old = "10.5555/(SICI)1234-0258(19980815/30)17:15/16<1661::AID-MADE968>3.0.CO;2-2"
    assert find_dois(f"doi: {old}.") == [old]
    assert find_dois(f"doi: {old[:50]}") == [], "what is left is shared by all papers of the issue"


@pytest.mark.parametrize(
    ("page", "year"),
    [
        pytest.param(front(("Ann Made Trials 2023;16:e011", 8)), "2023", id="semicolon"),
        pytest.param(front(("Made J (2016) 16:113", 8)), "2016", id="brackets"),
        pytest.param(front(("The Made Journal 7 (2005) 662–670", 8)), "2005", id="volume first"),
        pytest.param(front(("Made Heart. 2010 November 1; 3(6): 659", 8)), "2010", id="with month"),
        pytest.param(front(("Made J (2017) 234:421", 8), ("Published online: 1 December 2016", 8)), "2017", id="issue"),
        pytest.param(front(("Published Online", 8), ("September 21, 2015", 8)), "2015", id="date on two lines"),
        pytest.param(front(("© 2019 The Authors.", 7)), "2019", id="copyright"),
        pytest.param(front(("Received: 1 May 2015 /Published online: 17 June 2016", 8)), "2016", id="row of dates"),
        pytest.param(front(("Publication date:", 8), ("2019", 8)), "2019", id="date below"),
        pytest.param(front(("and published trials of the years up to 2003 were few", 9.5)), "", id="body"),
        pytest.param(front(running_head("Downloaded by: [University] at 23 January 2017")), "", id="download"),
        pytest.param(front(running_head("Skin Letters 2022")), "2022", id="running head"),
        pytest.param(front(BODY, prism__coverDate="2015-11-21"), "2015", id="metadata"),
        pytest.param(front(("as others found (Doe, 2001; 2005) and (Roe, 2003, 12)", 9.5)), "", id="cited works"),
        pytest.param(front(("Received 9 August 2004", 8), CreationDate="D:20110101"), "", id="no date of publication"),
        pytest.param(front(("Made Sci, Vol. 17, pp. 1995–2001, 1996", 8)), "1996", id="pages like years"),
        pytest.param(front(("1. Roe L. Made J 2001;5:3–9.", 8)), "", id="a reference at the page's foot"),
        pytest.param(
            front(running_head("Made J 2021;14:101"), ("Roe, Made J 2001;5:3", 9), ("Doe, Made J 2001;6:2", 9)),
            "2021",
            id="running head before cited works",
        ),
        pytest.param(front(("Made Sci, Vol. 17, pp. 1995–2001", 8)), "", id="pages alone"),
        pytest.param(front(running_head("1987", page=1)), "", id="number of a page"),
        pytest.param(
            front(running_head("1987", page=1), running_head("1988", page=2), running_head("Made", page=2)),
            "",
            id="numbers of pages",
        ),
        pytest.param(
            front(running_head("1987", page=1), running_head("2"), running_head("3", page=3)),
            "1987",
            id="a year alone beside numbers of pages",
        ),
        pytest.param(front(("Copyright 1999–2021 Made Press", 8)), "", id="copyright of years"),
        pytest.param(front(("preprint; this version posted May 4, 2020.", 8)), "2020", id="preprint"),
        pytest.param(front(("J 2011;3:4", 8), ("J 2012;3:4", 8)), "", id="two and nothing tells"),
    ],
)
def test_year(page: FrontMatter, year: str) -> None:
    fact, _ = find_year(page)
    assert fact.value == year
    assert fact.read_from


@pytest.mark.parametrize(
    ("page", "journal"),
    [
        (front(("Ann Made Trials. 2023;16:e011", 8)), "Ann Made Trials"),
        (front(("Poe et al. Made J 2011, 11:124", 8)), "Made J"),
        (front(("Cite this as: MMJ 2015;350:h2145", 8)), "MMJ"),
        (front(("Effect of Fenobrine in Adults. Made ONE 10(12): e0144.", 8)), "Made ONE"),
        (front(("Made: Heart and Rhythm 2015;3:45", 8)), "Made: Heart and Rhythm"),
        (front(BODY, prism__publicationName="Made Medicine"), "Made Medicine"),
        (front(BODY, Subject="Made Skin Research, 2016, doi:10.5555/x"), "Made Skin Research"),
        (front(BODY), ""),
    ],
)
def test_journal(page: FrontMatter, journal: str) -> None:
    assert find_journal(page).value == journal


@pytest.mark.parametrize(
    ("text", "licence"),
    [
        ("under the CC BY-NC-ND license (http://creativecommons.org/licenses/by-nc-nd/4.0/)", "CC BY-NC-ND 4.0"),
        ("Creative Commons Attribution 4.0 International License. The data: creativecommons.org/publicdomain/zero/1.0/",
         "CC BY 4.0"),
        ("the terms of the Creative Commons Attribution Non-Commercial-NoDerivs License", "CC BY-NC-ND"),
        ("the Creative Commons Attribution License, which permits use", "CC BY"),
        ("This is an open access article. All rights reserved.", ""),
        ("data are dedicated to the public domain (creativecommons.org/publicdomain/zero/1.0/)", ""),
    ],
)  # fmt: skip
def test_licence(text: str, licence: str) -> None:
    assert read_licence(text) == licence
    assert find_licence(front((text, 7))).value == licence


def test_the_licence_of_a_picture_is_not_the_paper_s() -> None:
    back = "Figure 3 is reproduced from Roe under CC BY 4.0. "
    assert find_licence(front(("Abstract", 10), text=back)).value == ""
    caption = FrontLine("Reproduced from Roe under CC BY 4.0.", 7.0, page=2, top=300.0, bottom=307.0)
    assert find_licence(front(("Abstract", 10), caption)).value == ""
    own = "This is an open-access article distributed under the Creative Commons Attribution License."
    assert find_licence(front(("Abstract", 10), text=back + own)).value == "CC BY"


@pytest.mark.parametrize(
    ("name", "surname", "plain"),
    [
        ("Prof Ann B. Poe FRCP", "Poe", "poe"),
        ("Poe AB", "Poe", "poe"),
        ("Søren Ødegård", "Ødegård", "odegard"),
        ("Łukasz Żak", "Żak", "zak"),
        ("Jan van der Berg", "van der Berg", "van-der-berg"),
        ("Mary O’Neil", "O’Neil", "oneil"),
        ("Eva Müller-Groß", "Müller-Groß", "muller-gross"),
        ("Alain RudeT", "Rude", "rude"),
        ("ANN B. POE MPH", "Poe", "poe"),
        ("J.P. O'NEIL-SMITH", "O'NEIL-SMITH", "oneil-smith"),
        ("Ann B. Poe M.D.", "Poe", "poe"),
        ("L. Roe Jr.", "Roe", "roe"),
    ],
)
def test_surnames(name: str, surname: str, plain: str) -> None:
    found = surname_of(clean_name(name))
    assert (found, fold_name(found)) == (surname, plain)


@pytest.mark.parametrize(
    "text", ["University Hospital", "Dear Editor", "Skin Study Group", "Abstract", "Poe", "MD, PhD", ""]
)
def test_what_is_no_name(text: str) -> None:
    assert split_names(text) == []


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (b"", {"dc:title": ("A made paper",)}),
        (b"/Filter /Crypt", {}),
        (b"/Filter /Made", {}),
        (b"/Filter /LZWDecode", {}),
        (b"/Filter /ASCII85Decode", {}),
    ],
)
def test_metadata_that_cannot_be_decoded_says_nothing(
    tmp_path: Path, how: bytes, said: dict[str, tuple[str, ...]]
) -> None:
    xmp = b"<dc:title>A made paper</dc:title>"
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(
        pdf_of(
            b"<< /Type /Catalog /Pages 2 0 R /Metadata 4 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] >>",
            b"<< /Type /Metadata /Subtype /XML %s /Length %d >>\nstream\n%s\nendstream" % (how, len(xmp), xmp),
        )
    )
    assert read_metadata(pdf) == said


def test_xmp_lists_and_attributes_are_read() -> None:
    packet = (
        '<rdf:Description prism:doi="10.5555/x" pdfx:Empty=""><dc:title><rdf:Alt>'
        '<rdf:li xml:lang="x-default">A &amp; B</rdf:li></rdf:Alt></dc:title>'
        "<dc:creator><rdf:Seq><rdf:li>Ann Poe</rdf:li><rdf:li>Lee Roe</rdf:li></rdf:Seq></dc:creator>"
        "<prism:issn>1234</prism:issn><dc:subject><rdf:Bag/></dc:subject></rdf:Description>"
    )
    assert parse_xmp(packet) == {
        "dc:title": ("A & B",),
        "dc:creator": ("Ann Poe", "Lee Roe"),
        "prism:issn": ("1234",),
        "prism:doi": ("10.5555/x",),
    }  # fmt: skip
