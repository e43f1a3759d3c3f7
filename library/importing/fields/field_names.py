"""The names other programs use for article fields, and the meaning of each."""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cache


class Meaning(Enum):
    """The meaning of a field; its names, the strongest first, without case, spaces and punctuation."""

    TITLE = """
        title headline posttitle pagetitle articletitle fulltitle ogtitle dctitle dctermstitle 
        titel titre titulo titolo tytul nazov nadpis otsikko заголовок название 标题 標題 タイトル 제목
        """
    PUBLISHED = """
        published date publishdate publisheddate publishedat publishedon publishedtime datepublished
        publicationdate publicationtime publicationyear datepublication dateofpublication pubdate pubtime
        publishtime publisheddatetime publishtimestamp articlepublishedtime firstpublished firstpublishedat
        originallypublished originalpublicationdate originaldate originaldatepublished dctermsissued
        dcdateissued dcdate dctermsdate issued dateissued issuedate releasedate released dateposted posted
        postedon postedat postdate articledate displaydate datetime timestamp pubdateiso day
        datum fecha fechadepublicacion datapublicacao datadipubblicazione datedepublication
        veroffentlicht veroffentlichungsdatum дата 日期 日付 발행일 날짜
        """
    CREATED = """
        created createdat createdon datecreated creationdate createddate createdtime createtime ctime
        dctermscreated dcdatecreated erstellt
        """
    UPDATED = """
        updated lastmod lastmodified modified updatedat updatedon datemodified dateupdated modifiedat
        modifiedon modifieddate modifiedtime updateddate updatedtime updatetime lastupdated lastupdate
        lastupdatedat lastmodifiedat moddate mtime revised edited editedat lastedited articlemodifiedtime
        dctermsmodified ogupdatedtime aktualisiert geandert
        """
    AUTHORS = """
        authors author byline bylines creator creators writer writers writtenby by authorname authornames
        postauthor articleauthor dccreator dctermscreator journalist journalists reporter reporters
        columnist correspondent contributor contributors
        autor autorin autoren autores auteur auteurs autore autori forfatter forfattare kirjoittaja
        автор авторы 作者 著者 저자 기자
        """
    TAGS = """
        tags topics categories keywords hashtags labels subjects category tag topic keyword hashtag label
        subject tagnames articletag articletags newskeywords dcsubject dctermssubject filetags
        schlagworte schlagworter stichworte stichworter kategorien etiquetas categorias motscles
        trefwoorden parolechiave теги 标签 標籤 タグ 태그
        """
    SUMMARY = """
        summary description excerpt deck dek abstract lede lead standfirst teaser subtitle subheadline
        subhead intro introduction blurb synopsis metadescription ogdescription dcdescription
        zusammenfassung beschreibung resumen descripcion chapo 摘要
        """
    ADDRESS = """
        url sourceurl urlsource canonical canonicalurl originalurl originallink original link href weburl
        articleurl pageurl posturl externalurl externallink sourcelink sourceuri permalink uri ogurl
        webaddress address weblink dcidentifier dcsource adresse lien enlace ссылка 链接 網址 来源链接
        """
    SOURCE = """
        source publication publisher site sitename sitetitle website outlet newspaper journal magazine
        newssite publishername ogsitename dcpublisher dctermspublisher feedtitle medium domain
        quelle fuente fonte bron источник 来源 出典
        """
    AGENCY = "agency newsagency wire wireservice agentur agence agencia agenzia"
    LANGUAGE = "language lang locale inlanguage dclanguage oglocale langcode sprache langue idioma lingua"
    IMAGES = """
        images image cover featuredimage heroimage coverimage headerimage bannerimage ogimage thumbnail
        thumbnailurl imageurl coverurl leadimage leadimageurl
        """

    @property
    def names(self) -> tuple[str, ...]:
        """Names in the form of ``normal_name``, the strongest first."""
        return tuple(map(normal_name, self.value.split()))


def normal_name(name: str) -> str:
    """Normalise ``name``: ``publishDate``, ``publish-date`` and ``Publish date`` become the same."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(character for character in plain if character.isalnum())


@cache
def _meanings() -> dict[str, Meaning]:
    return {name: meaning for meaning in Meaning for name in meaning.names}


def is_known(name: str) -> bool:
    """Return True if ``name`` is a known field of an article."""
    return normal_name(name) in _meanings()
