"""Each family of rules by examples: a sentence, and the propositions it becomes, contexts indented."""

from __future__ import annotations

import pytest

from tests.simplify.parsing import drawn, rules_of, status

COORDINATION = {
    "The nurse opened the window, and the patient fell asleep.": [
        "The nurse opened the window.",
        "The patient fell asleep.",
    ],
    "The roof leaks; the cellar is dry.": ["The roof leaks.", "The cellar is dry."],
    "The cook burned the soup, so the guests ordered pizza.": [
        "The cook burned the soup.",
        "The guests ordered pizza.",
    ],
    "The nurse opened the window and left the room.": [
        "The nurse opened the window.",
        "The nurse left the room.",
    ],
    # auxiliaries are shared, negation is not shared over "but"
    "The letter has been signed and sent to the ward.": [
        "The letter has been signed.",
        "The letter has been sent to the ward.",
    ],
    "He stopped the car but did not turn off the engine.": [
        "He stopped the car.",
        "He did not turn off the engine.",
    ],
    # an object that stands after the last verb is shared
    "The shop buys and sells old books.": ["The shop buys old books.", "The shop sells old books."],
    "The film was written and directed by Ann Lee.": [
        "The film was written by Ann Lee.",
        "The film was directed by Ann Lee.",
    ],
    # infinitives and adjectives with words of their own
    "He was able to repair the engine and sell the boat.": [
        "He was able to repair the engine.",
        "He was able to sell the boat.",
    ],
    "Some pages are long and rich in detail.": ["Some pages are long.", "Some pages are rich in detail."],
}
NOUN_LISTS = {
    "The farm sells milk, butter and cheese.": [
        "The farm sells milk.",
        "The farm sells butter.",
        "The farm sells cheese.",
    ],
    # a possessor is shared, also by what is counted
    "He visited his brother and two friends.": ["He visited his brother.", "He visited his two friends."],
    "He visited the king and two friends.": ["He visited the king.", "He visited two friends."],
    # a single member takes a single verb
    "Milk and eggs are sold here.": ["Milk is sold here.", "Eggs are sold here."],
    "He lived in both Leeds and York.": ["He lived in Leeds.", "He lived in York."],
    "She was charged with theft and murder.": ["She was charged with theft.", "She was charged with murder."],
    "The doctor treats adults or children.": ["The doctor treats adults.", "The doctor treats children."],
}
ADVERBIAL = {
    "They stayed at home because the bridge was closed.": [
        "They stayed at home.",
        "  The bridge was closed.",
    ],
    "Although the storm had passed, the ferry did not sail.": [
        "The ferry did not sail.",
        "  The storm had passed.",
    ],
    "She was happy even though she had lost.": ["She was happy.", "  She had lost."],
}
RELATIVES = {
    "The baker, who lives next door, starts at four.": [
        "The baker starts at four.",
        "  The baker lives next door.",
    ],
    "The book she wrote sold well.": ["The book sold well.", "  She wrote the book."],
    "The house in which they lived burned down.": ["The house burned down.", "  They lived in the house."],
    "The painter whose pictures hang here died young.": [
        "The painter died young.",
        "  The painter's pictures hang here.",
    ],
    "The park, where children play, is closed.": ["The park is closed.", "  Children play there."],
    "The chair he sat on broke.": ["The chair broke.", "  He sat on the chair."],
    "The girl he wanted to meet had gone.": ["The girl had gone.", "  He wanted to meet the girl."],
    # what is said of a predicate is said of the subject
    "Mary is a doctor who works in Leeds.": ["Mary is a doctor.", "  Mary works in Leeds."],
    "He spoke to the man whose son, a pilot, had gone missing.": [
        "He spoke to the man.",
        "  The man's son had gone missing.",
        "    The man's son was a pilot.",
    ],
    # agreement tells which noun is meant
    "A series of storms, which was called unusual, hit the coast.": [
        "A series of storms hit the coast.",
        "  A series of storms was called unusual.",
    ],
    "The road is icy, which means that buses are late.": [
        "The road is icy.",
        "  This means that buses are late.",
    ],
}
PARTICIPIALS = {
    # a work is published, not its author
    "The Mill is a novel by Ann Smith, published in 1991.": [
        "The Mill is a novel by Ann Smith.",
        "  The Mill was published in 1991.",
    ],
    "This makes it a popular place, being close to the sea.": [
        "This makes it a popular place.",
        "  It is close to the sea.",
    ],
    "The song, written by two students, became a hit.": [
        "The song became a hit.",
        "  The song was written by two students.",
    ],
    "The box containing the letters was lost.": ["The box was lost.", "  The box contained the letters."],
    "Walking home, the boy met a fox.": ["The boy met a fox.", "  The boy was walking home."],
    "Having finished the work, the carpenter went home.": [
        "The carpenter went home.",
        "  The carpenter had finished the work.",
    ],
    "After leaving the station, the train stopped.": ["The train stopped.", "  The train left the station."],
    "Despite being ill, the singer performed.": ["The singer performed.", "  The singer was ill."],
    # not the firm, but what it did
    "The firm sold its ships, making many sailors unemployed.": [
        "The firm sold its ships.",
        "  This made many sailors unemployed.",
    ],
    # a participle with a subject of its own
    "The band broke up, the singer moving to Paris.": ["The band broke up.", "  The singer moved to Paris."],
    "The weather being fine, we went out.": ["We went out.", "  The weather was fine."],
    "The castle, its roof having been damaged, was sold.": [
        "The castle was sold.",
        "  Its roof had been damaged.",
    ],
    "The town grew, with many people living there and working in Dublin.": [
        "The town grew.",
        "  Many people lived there and worked in Dublin.",
    ],
    # nobody says that the cells used it
    "Using a microscope, the cells were counted.": [
        "The cells were counted.",
        "  This was using a microscope.",
    ],
}
PURPOSE = {
    "To save money, they sold the car.": ["They sold the car.", "  This was to save money."],
    "He used a knife to open the box.": ["He used a knife.", "  This was to open the box."],
    "He left in order to catch the train.": ["He left.", "  This was in order to catch the train."],
}
ATTRIBUTION = {
    "The law provides, in its first article, that the king appoints the judges.": [
        "The king appoints the judges.",
        "  This is what the law provides.",
        "    This is in its first article.",
    ],
    "The minister said that the road would be closed.": [
        "The road would be closed.",
        "  This was what the minister said.",
    ],
    '"The road is closed," said the minister.': ["The road is closed.", "  This was what the minister said."],
    "It is believed that the king was ill.": ["The king was ill.", "  This is what is believed."],
    "He said that the lift was broken and that the stairs were wet.": [
        "The lift was broken.",
        "  This was what he said.",
        "The stairs were wet.",
    ],
}
APPOSITIONS = {
    "Smith was born in Leeds, the son of a baker.": [
        "Smith was born in Leeds.",
        "  Smith was the son of a baker.",
    ],
    "The Old Test (formerly the School Test) is an exam.": [
        "The Old Test is an exam.",
        "  The Old Test was formerly the School Test.",
    ],
    "Paris, the capital of France, lies on the Seine.": [
        "Paris lies on the Seine.",
        "  Paris is the capital of France.",
    ],
    "The river flows through the capital, Lisbon.": [
        "The river flows through the capital.",
        "  Lisbon is the capital.",
    ],
    "They met the violinist Clara Hope.": ["They met Clara Hope.", "  Clara Hope was the violinist."],
    "Captain John Smith left the ship.": ["John Smith left the ship.", "  John Smith was a captain."],
    "Prime Minister Anna Bell opened the road.": [
        "Anna Bell opened the road.",
        "  Anna Bell was Prime Minister.",
    ],
    "The critics Ann Lee and Bob Hill liked the play.": [
        "Ann Lee and Bob Hill liked the play.",
        "  Ann Lee and Bob Hill were the critics.",
    ],
}
PREPOSITIONS = {
    "The museum was opened in Berlin in May 1990.": [
        "The museum was opened.",
        "  This was in Berlin.",
        "  This was in May 1990.",
    ],
    "Because of the rain, the game was cancelled.": [
        "The game was cancelled.",
        "  This was because of the rain.",
    ],
    "Ely is a city in Cambridgeshire.": ["Ely is a city.", "  Ely is in Cambridgeshire."],
}
PHRASES = {
    "The lawyer, unhappy with the verdict, left the court.": [
        "The lawyer left the court.",
        "  The lawyer was unhappy with the verdict.",
    ],
    "Unable to swim, the man called for help.": ["The man called for help.", "  The man was unable to swim."],
}
LEAD_NOUNS = {
    "Last year the shop closed.": ["The shop closed.", "  This was last year."],
    "The papers were published the next year in a book.": [
        "The papers were published in a book.",
        "  This was the next year.",
    ],
}
SEVERAL = {
    "The director, who had seen the film twice, claimed that the ending, which surprised critics, was changed "
    "because the actor had died.": [
        "The ending was changed.",
        "  This was what the director claimed.",
        "    The director had seen the film twice.",
        "  The ending surprised critics.",
        "  The actor had died.",
    ],
    "Marie Curie, born in Warsaw, was a physicist who discovered radium and won two Nobel Prizes.": [
        "Marie Curie was a physicist.",
        "  Marie Curie was born in Warsaw.",
        "  Marie Curie discovered radium.",
        "  Marie Curie won two Nobel Prizes.",
    ],
}
FAMILIES = {
    "coordination": COORDINATION,
    "noun_lists": NOUN_LISTS,
    "adverbial": ADVERBIAL,
    "relatives": RELATIVES,
    "participials": PARTICIPIALS,
    "purpose": PURPOSE,
    "attribution": ATTRIBUTION,
    "appositions": APPOSITIONS,
    "prepositions": PREPOSITIONS,
    "phrases": PHRASES,
    "lead_nouns": LEAD_NOUNS,
    "several": SEVERAL,
}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(*case, id=f"{family}: {case[0][:40]}")
        for family, cases in FAMILIES.items()
        for case in cases.items()
    ],
)
def test_a_sentence_becomes_propositions(text: str, wanted: list[str]) -> None:
    assert drawn(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "If it rains, the match will be moved.",
        "All guests who arrive late must wait.",
        "The only train that stops here is slow.",
        "People who live in glass houses should not throw stones.",
        "He did not stay because he was tired.",
        "The witness did not say that the car was red.",
        "The museum was not opened in May.",
        "Tom and Ann met.",
        "It was Peter who broke the vase.",
        "Who broke the vase?",
    ],
)
def test_what_would_change_the_truth_is_guarded(text: str) -> None:
    assert drawn(text) == []
    assert status(text) == "guarded"


@pytest.mark.parametrize(
    "text",
    [
        "The dog barks only when a stranger comes.",
        "The road runs between Ely and Cambridge.",
        "She wants to leave.",
        "She lives in Honolulu, Hawaii.",
        "He put the book on the table.",
        "The farm lies in a valley.",
        "He is taller than I am.",
        "They replaced huts with houses and barns with halls.",
    ],
)
def test_what_belongs_together_stays_together(text: str) -> None:
    assert rules_of(text) == set()
