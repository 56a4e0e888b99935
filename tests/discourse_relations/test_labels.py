"""The names fit together."""

from models.discourse_relations.labels import AS_COORDINATION, COARSE, COORDINATIONS, INVERSE, Relation


def test_the_way_back_of_the_way_back_is_the_way():
    assert set(INVERSE) == COORDINATIONS
    assert all(INVERSE[INVERSE[relation]] is relation for relation in INVERSE)


def test_a_name_between_cores_means_the_same_and_is_a_coordination():
    for subordination, coordination in AS_COORDINATION.items():
        assert coordination in COORDINATIONS
        assert subordination not in COORDINATIONS
        assert COARSE[coordination] == COARSE[subordination]


def test_nine_classes():
    assert len(set(COARSE.values())) == 9
    assert Relation.ATTRIBUTION not in COARSE  # told by the construction, not by a cue
