"""Which units weigh the same, told by the shipped model."""

from dataclasses import replace

from models.discourse_relations.nuclearity import Junction, features_of, nuclearity

LIST = Junction(
    link="conjunct",
    governor_link="root",
    tag="VBD",
    has_subject=True,
    mark=",",
    cue="and",
    position="medial",
    governor=["The", "crane", "was", "mended", ","],
    dependent=["the", "harbour", "opened", "again", "."],
)


def test_clauses_joined_by_and_are_two_cores():
    assert nuclearity(LIST) > 0.5


def test_an_adverbial_clause_is_a_context():
    assert nuclearity(replace(LIST, link="adverbial_clause", cue="because", mark="")) < 0.1


def test_a_relative_clause_is_a_context():
    assert nuclearity(replace(LIST, link="relative_clause", cue="", tag="VBZ")) < 0.2


def test_an_unknown_link_is_read_as_other():
    assert features_of(replace(LIST, link="never heard of")) == features_of(replace(LIST, link="other"))
