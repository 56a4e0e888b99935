"""Each family of French rules by examples: a sentence, and the propositions it becomes, contexts indented."""

from __future__ import annotations

import pytest

from tests.simplify_french.parsing import done, drawn

COORDINATION = {
    "L'infirmière a ouvert la fenêtre et le patient s'est endormi.": [
        "L'infirmière a ouvert la fenêtre.",
        "Le patient s'est endormi.",
    ],
    "Le train était en retard, mais les voyageurs ont attendu.": [
        "Le train était en retard.",
        "Les voyageurs ont attendu.",
    ],
    "Les élèves étudient le latin ; les professeurs corrigent les copies.": [
        "Les élèves étudient le latin.",
        "Les professeurs corrigent les copies.",
    ],
    "Le boulanger ouvre la boutique et allume le four.": [
        "Le boulanger ouvre la boutique.",
        "Le boulanger allume le four.",
    ],
    "Jeanne a acheté du pain et a payé en espèces.": [
        "Jeanne a acheté du pain.",
        "Jeanne a payé en espèces.",
    ],
    # auxiliaries and clitics are shared
    "La lettre a été signée et envoyée.": ["La lettre a été signée.", "La lettre a été envoyée."],
    "Il s'est levé et lavé.": ["Il s'est levé.", "Il s'est lavé."],
    # no negation is shared
    "Il ne fume pas mais boit du vin.": ["Il ne fume pas.", "Il boit du vin."],
    "Le pont est fermé, il sera réparé en mars.": ["Le pont est fermé.", "Il sera réparé en mars."],
    "La route monte, traverse la forêt et descend vers le lac.": [
        "La route monte.",
        "La route traverse la forêt.",
        "La route descend vers le lac.",
    ],
}
ADVERBIAL = {
    "Ils sont restés à la maison parce que le pont était fermé.": [
        "Ils sont restés à la maison.",
        "  Le pont était fermé.",
    ],
    "Quand la cloche sonna, les enfants quittèrent la classe.": [
        "Les enfants quittèrent la classe.",
        "  La cloche sonna.",
    ],
    "Le vol a été annulé puisque la tempête approchait.": [
        "Le vol a été annulé.",
        "  La tempête approchait.",
    ],
    # a subjunctive becomes indicative
    "Bien que la route soit étroite, les camions passent.": [
        "Les camions passent.",
        "  La route est étroite.",
    ],
    "Il travaille bien qu'il ait de la fièvre.": ["Il travaille.", "  Il a de la fièvre."],
    "Le médecin dormait pendant que l'infirmière préparait les lits.": [
        "Le médecin dormait.",
        "  L'infirmière préparait les lits.",
    ],
    "Lorsqu'elle est arrivée, le musée fermait.": ["Le musée fermait.", "  Elle est arrivée."],
    "Les voisins ont appelé la police dès que l'alarme a sonné.": [
        "Les voisins ont appelé la police.",
        "  L'alarme a sonné.",
    ],
}
RELATIVES = {
    "Le boulanger, qui habite en face, se lève à quatre heures.": [
        "Le boulanger se lève à quatre heures.",
        "  Le boulanger habite en face.",
    ],
    "Le train qui arrive de Lyon est complet.": ["Le train est complet.", "  Le train arrive de Lyon."],
    # the participle loses the agreement it had with what stood before it
    "Les lettres que Paul a écrites sont perdues.": [
        "Les lettres sont perdues.",
        "  Paul a écrit les lettres.",
    ],
    "La maison qu'ils ont achetée est vieille.": ["La maison est vieille.", "  Ils ont acheté la maison."],
    "Le village où elle est née se trouve en Bretagne.": [
        "Le village se trouve en Bretagne.",
        "  Elle est née là.",
    ],
    "La table sur laquelle il écrit est vieille.": ["La table est vieille.", "  Il écrit sur la table."],
    # the preposition and the article become one
    "Le livre dont il parle est épuisé.": ["Le livre est épuisé.", "  Il parle du livre."],
    "Le projet auquel elle pense coûte cher.": ["Le projet coûte cher.", "  Elle pense au projet."],
    "Elle admire un peintre dont les tableaux sont célèbres.": [
        "Elle admire un peintre.",
        "  Les tableaux d'un peintre sont célèbres.",
    ],
    # the article that a preposition has swallowed comes back
    "Elle a parlé au directeur, qui était malade.": [
        "Elle a parlé au directeur.",
        "  Le directeur était malade.",
    ],
    "Il sort du musée, qui est fermé le mardi.": ["Il sort du musée.", "  Le musée est fermé le mardi."],
    # what is said of a predicate is said of the subject
    "Marie est une avocate qui travaille à Lyon.": ["Marie est une avocate.", "  Marie travaille à Lyon."],
    "Il a neigé toute la nuit, ce qui a fermé la route.": [
        "Il a neigé toute la nuit.",
        "  Ceci a fermé la route.",
    ],
    "Le musée a acheté un tableau que personne ne connaissait.": [
        "Le musée a acheté un tableau.",
        "  Personne ne connaissait un tableau.",
    ],
}
PARTICIPIALS = {
    "L'infirmière formée à Lyon dirige le service.": [
        "L'infirmière dirige le service.",
        "  L'infirmière est formée à Lyon.",
    ],
    "Le pont construit en 1900 a été détruit.": [
        "Le pont a été détruit.",
        "  Le pont a été construit en 1900.",
    ],
    "Une boîte contenant des lettres est tombée.": [
        "Une boîte est tombée.",
        "  Une boîte contenait des lettres.",
    ],
    "Née à Rouen, elle a étudié la médecine.": ["Elle a étudié la médecine.", "  Elle est née à Rouen."],
    "En arrivant à la gare, elle a vu son frère.": [
        "Elle a vu son frère.",
        "  Elle arrivait à la gare.",
    ],
    "Après avoir mangé, il est sorti.": ["Il est sorti.", "  Il a mangé."],
    "Le juge, ayant lu le dossier, a renvoyé l'affaire.": [
        "Le juge a renvoyé l'affaire.",
        "  Le juge avait lu le dossier.",
    ],
    # agreement tells which noun is meant
    "Le collège des sœurs fondé en 1570 a fermé.": [
        "Le collège des sœurs a fermé.",
        "  Le collège des sœurs a été fondé en 1570.",
    ],
}
PURPOSE = {
    "Il travaille la nuit pour payer ses études.": [
        "Il travaille la nuit.",
        "  Ceci est pour payer ses études.",
    ],
    "Afin de réduire le bruit, la ville a planté des arbres.": [
        "La ville a planté des arbres.",
        "  Ceci était afin de réduire le bruit.",
    ],
    "Elle ferma la porte avant de partir.": ["Elle ferma la porte.", "  Ceci était avant de partir."],
    "Le guide parle lentement pour que les visiteurs comprennent.": [
        "Le guide parle lentement.",
        "  Ceci est pour que les visiteurs comprennent.",
    ],
}
ATTRIBUTION = {
    "Le maire a déclaré que la route serait fermée.": [
        "La route serait fermée.",
        "  Ceci était ce que le maire a déclaré.",
    ],
    "Les chercheurs pensent qu'un virus a causé l'épidémie.": [
        "Un virus a causé l'épidémie.",
        "  Ceci est ce que les chercheurs pensent.",
    ],
    # the subject goes before its verb, and before a vowel "que" is elided
    "« Nous partons demain », a annoncé le capitaine.": [
        "Nous partons demain.",
        "  Ceci était ce que le capitaine a annoncé.",
    ],
    "« Le vent se lève », dit-il.": ["Le vent se lève.", "  Ceci est ce qu'il dit."],
    "Une étude montre que le lac se réchauffe.": [
        "Le lac se réchauffe.",
        "  Ceci est ce qu'une étude montre.",
    ],
}
APPOSITIONS = {
    "Jean Dupont, le directeur, s'est levé et a quitté la salle.": [
        "Jean Dupont s'est levé.",
        "  Jean Dupont était le directeur.",
        "Jean Dupont a quitté la salle.",
    ],
    "Le directeur, Jean Dupont, a démissionné.": [
        "Le directeur a démissionné.",
        "  Jean Dupont était le directeur.",
    ],
    "Le médecin, un spécialiste du cœur, a opéré le patient.": [
        "Le médecin a opéré le patient.",
        "  Le médecin était un spécialiste du cœur.",
    ],
}
TOGETHER = {
    "Marie, qui habite à Lyon, est une avocate connue et elle travaille beaucoup.": [
        "Marie est une avocate connue.",
        "  Marie habite à Lyon.",
        "Elle travaille beaucoup.",
    ],
    "Né à Paris en 1802, il a écrit des romans pour gagner sa vie.": [
        "Il a écrit des romans.",
        "  Il est né à Paris en 1802.",
        "  Ceci était pour gagner sa vie.",
    ],
    "Le maire, qui a perdu les élections, a dit que le parc serait fermé parce que l'eau est polluée.": [
        "Le parc serait fermé.",
        "  Ceci était ce que le maire a dit.",
        "    Le maire a perdu les élections.",
        "  L'eau est polluée.",
    ],
}
EXAMPLES = {
    name: value
    for some in (
        COORDINATION,
        ADVERBIAL,
        RELATIVES,
        PARTICIPIALS,
        PURPOSE,
        ATTRIBUTION,
        APPOSITIONS,
        TOGETHER,
    )
    for name, value in some.items()
}
LEFT_WHOLE = [
    # conditions
    "S'il pleut, nous resterons.",
    "Nous viendrons si le train roule.",
    # what a negation may reach
    "Il n'est pas parti parce que la fête était finie.",
    "Elle n'a pas travaillé pour gagner de l'argent.",
    # limits: without the clause the noun phrase would speak of too much
    "Tous les élèves qui ont triché seront punis.",
    "La plupart des patients qui ont reçu le vaccin vont bien.",
    "Seuls les candidats qui ont réussi l'examen sont admis.",
    "Il ne lit que des livres qui lui plaisent.",
    "Ceux qui fument toussent.",
    # clefts and questions
    "C'est Paul qui chante.",
    "Qui a dit que la route est fermée ?",
    # a wish, and what is denied, is not said
    "Le juge n'a pas dit que l'homme était coupable.",
    # verbs that share their object
    "Le magasin achète et vend des livres.",
    "Il les achète et vend.",
    # degree
    "Il est trop jeune pour conduire.",
    # one verb phrase with "ni"
    "Il ne mange ni ne boit.",
    "Paul et Marie mangent et boivent respectivement du pain et du vin.",
    "La distance entre Paris et Lyon est grande.",
]


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_sentence_becomes_propositions(text: str) -> None:
    assert drawn(text) == EXAMPLES[text]


@pytest.mark.parametrize("text", LEFT_WHOLE)
def test_what_would_change_the_truth_stays_whole(text: str) -> None:
    assert drawn(text) == []


def test_refused_cuts_are_reported() -> None:
    assert done("S'il pleut, nous resterons.").status == "guarded"
    assert done("La distance est grande.").status == "unsplit"


RELATIONS = {
    "Ils sont restés à la maison parce que le pont était fermé.": ("CAUSE", "parce que"),
    "Bien que la route soit étroite, les camions passent.": ("CONTRAST", "Bien que"),
    "Quand la cloche sonna, les enfants quittèrent la classe.": ("BACKGROUND", "Quand"),
    "Le train était en retard, mais les voyageurs ont attendu.": ("CONTRAST", "mais"),
    "Après avoir mangé, il est sorti.": ("TEMPORAL_BEFORE", "Après"),
    "Il travaille la nuit pour payer ses études.": ("PURPOSE", None),
    "Le maire a déclaré que la route serait fermée.": ("ATTRIBUTION", None),
}


@pytest.mark.parametrize("text", RELATIONS)
def test_a_cue_names_the_relation(text: str) -> None:
    (first, *_) = done(text).propositions
    (link,) = first.links
    assert (link.relation, link.cue) == RELATIONS[text]


def test_spans_lead_to_the_words_of_the_source() -> None:
    text = "Elle a parlé au directeur, qui était malade."
    context = done(text).propositions[1]
    assert [text[start:end] for start, end in context.spans] == ["au directeur", "était malade"]
