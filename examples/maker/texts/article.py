"""An article about hedgerows and orchard pollinators that nobody has published; the data are invented."""

# ruff: noqa: E501 - prose is easier to mend when its lines are not cut

from __future__ import annotations

from maker.article import Article, Figure, Heading, TableOf

HEDGEROWS = Article(
    journal="Annals of Imaginary Agroecology, vol. 7, no. 3",
    running_title="Larkspur and Oduya - Hedgerow distance and pollinator visits",
    title="Distance to the nearest hedgerow governs pollinator visits in small apple orchards",
    authors="Imogen Larkspur and Chidi Oduya",
    affiliations=(
        "Field Station of the Lower Tarn, University of Eastmarch",
        "Correspondence: larkspur@eastmarch.example",
    ),
    abstract=(
        "Small orchards are often planted beside hedgerows, and growers believe that the hedge feeds the insects on "
        "which their crop depends. We counted flower visits at 412 apple trees in eighteen orchards over three springs "
        "and related them to the distance from the nearest hedgerow, to its age and composition, and to the weather. "
        "Visits by solitary bees fell by half within 65 metres of the hedge, visits by bumblebees within 190 metres, and "
        "visits by managed honeybees did not depend on distance at all. Fruit set followed the solitary bees. A hedge "
        "that flowers before the apple trees do was worth twice as much as one of the same length that flowers after "
        "them. We conclude that, for orchards of the size studied here, two short hedges serve better than one long "
        "hedge, and that the species planted matter more than the number of metres."
    ),
    keywords="apple, fruit set, hedgerow, pollination, solitary bees, orchard design",
    parts=(
        Heading("1 Introduction"),
        "Apple flowers cannot set fruit without the visit of an insect that has recently visited another variety. In "
        "large plantations this service is bought in the form of honeybee colonies. In small orchards, which rarely "
        "justify the expense, it is supplied by whatever insects happen to live nearby, and growers have long suspected "
        "that hedgerows are where most of them live.",
        "The evidence for that belief is surprisingly indirect. Surveys show that hedgerows contain more bees than the "
        "fields around them [1, 2], and experiments with potted plants show that flowers close to a hedge are visited "
        "more often than flowers in the open [3]. Neither kind of study tells a grower how far the benefit reaches, "
        "which insects provide it, or whether planting another hundred metres of hawthorn would be noticed at harvest. "
        "Recommendations in current handbooks differ by an order of magnitude: one asks that no tree should stand more "
        "than forty metres from a hedge, another is content with five hundred [4, 5].",
        "We took advantage of an unusual landscape. The valley of the Lower Tarn was divided into narrow holdings in the "
        "eighteenth century, and its orchards lie at very different distances from hedges of very different ages. This "
        "allowed us to separate the effects of distance, age and composition, which elsewhere are hopelessly confounded. "
        "We asked three questions. How quickly does the number of visits decline with distance, and does the decline "
        "differ between groups of insects? Does the decline in visits matter for fruit set? And which properties of the "
        "hedge, apart from its position, explain the remaining variation?",
        Heading("2 Materials and methods"),
        "<b>2.1 Orchards.</b> We selected eighteen orchards of between 0.4 and 2.1 hectares, all planted with the same two "
        "varieties on the same dwarfing rootstock. None of them had received insecticide during flowering for at least "
        "five years. Six contained honeybee colonies belonging to the grower; the others had none within 1.5 kilometres. "
        "In every orchard we marked between fifteen and thirty trees along transects perpendicular to the nearest "
        "hedgerow, so that the distances covered the whole range available, from 4 to 410 metres.",
        "<b>2.2 Visits.</b> Each tree was watched for ten minutes on four days of each flowering period. An observer counted "
        "the insects that touched the anthers or the stigma of at least one flower in a marked section of one square "
        "metre, and assigned them to one of four groups: solitary bees, bumblebees, honeybees and flies. Observations were "
        "made between ten o'clock and four o'clock, in temperatures above twelve degrees and wind below twenty kilometres "
        "an hour. Altogether we recorded 31,806 visits in 824 hours.",
        "<b>2.3 Fruit set.</b> On each tree we counted the flowers of three branches at full bloom and the fruitlets on the "
        "same branches six weeks later, after the natural fall. On a fourth branch all flowers were pollinated by hand, "
        "which gave an upper bound for the tree. We express fruit set as a percentage of that bound, so that trees in "
        "poor condition do not distort the comparison.",
        "<b>2.4 Hedgerows.</b> For every hedge we noted its length, width, height and approximate age, and the proportion of "
        "its length occupied by each woody species. From published calendars we classified each species as flowering "
        "before, during or after the apple trees. A hedge was called early when at least a third of its length belonged "
        "to species that flower before the apple.",
        "<b>2.5 Analysis.</b> Counts were described by a negative binomial model with distance, temperature and wind as "
        "explanatory variables and with orchard, tree and observer as random effects. The relationship with distance was "
        "exponential in all groups; we report the distance at which the expected number of visits falls to one half, with "
        "a confidence interval obtained by resampling whole orchards. The hypotheses and the model were written down "
        "before the third season, whose data were not looked at until the end.",
        TableOf(
            "Table 1. Half-distances of visits by group of insects, with 95 % intervals, and the share of all visits.",
            (
                ("Group", "Half-distance (m)", "Interval (m)", "Share (%)"),
                ("Solitary bees", "65", "51 - 83", "38"),
                ("Bumblebees", "190", "142 - 268", "21"),
                ("Honeybees", "none", "> 900", "29"),
                ("Flies", "118", "74 - 240", "12"),
            ),
        ),
        Heading("3 Results"),
        "<b>3.1 Visits.</b> The number of visits declined with distance from the hedgerow in all groups except honeybees "
        "(Table 1, Figure 1). The decline was steepest in solitary bees, of which two thirds belonged to six species that "
        "nest in dead stems or in bare soil. At a distance of two hundred metres they were practically absent, even in "
        "warm and windless weather. Bumblebees declined more slowly, as one would expect from insects that are known to "
        "forage over considerable distances.",
        Figure(
            "Figure 1. Expected visits per square metre and ten minutes against the distance from the nearest hedgerow, at "
            "sixteen degrees and without wind. Solitary bees halve every 65 metres, bumblebees every 190 metres.",
            "lines",
            (
                tuple((d, round(6.4 * 0.5 ** (d / 65), 3)) for d in range(0, 421, 20)),
                tuple((d, round(3.1 * 0.5 ** (d / 190), 3)) for d in range(0, 421, 20)),
                tuple((d, 2.6) for d in range(0, 421, 20)),
            ),
            ("solitary bees", "bumblebees", "honeybees"),
            "distance from the hedgerow (metres)",
        ),
        "In orchards with honeybee colonies the total number of visits was higher by 44 %, but wild insects were not less "
        "numerous than elsewhere at the same distance. We therefore found no sign of competition during the flowering of "
        "the apple, although our observations say nothing about the weeks before and after it.",
        "<b>3.2 Fruit set.</b> Relative fruit set fell from 81 % beside the hedge to 52 % at two hundred metres and then "
        "remained constant. When visits by each group were entered together, only solitary bees had an effect that could be "
        "distinguished from zero: one additional visit per square metre and ten minutes raised relative fruit set by 4.1 "
        "percentage points. The corresponding figure for honeybees was 0.6 points. This agrees with earlier observations "
        "that solitary bees carry dry pollen loosely on the underside of the body and change trees more often [6].",
        "<b>3.3 Properties of the hedge.</b> At equal distance, early hedges were associated with 2.1 times as many visits by "
        "solitary bees as late hedges (Figure 2). The effect of age was small once composition had been taken into account, "
        "and neither width nor height had any effect. Blackthorn, sallow and hazel accounted for most of the early length; "
        "hawthorn and elder for most of the late length.",
        Figure(
            "Figure 2. Visits by solitary bees per square metre and ten minutes within fifty metres of early (dark) and late "
            "(light) hedgerows in the three seasons of observation.",
            "bars",
            (((2021, 5.2), (2022, 6.1), (2023, 4.7)), ((2021, 2.4), (2022, 3.0), (2023, 2.2))),
            ("early", "late"),
            "season",
        ),
        Heading("4 Discussion"),
        "Our results support the belief of the growers, with two reservations. The first concerns range. A hedgerow serves "
        "the trees that stand within about a hundred metres; beyond two hundred metres it might as well not exist. For a "
        "holding of one hectare this means that a single hedge on the longest side leaves a considerable part of the trees "
        "without service, whereas two hedges of half the length on opposite sides reach nearly all of them.",
        "The second reservation concerns composition. Bees that fly during the flowering of the apple have emerged and begun "
        "to build their nests some weeks earlier. Unless they find food in those weeks they will not be there when the apple "
        "flowers, however splendid the hawthorn may be in May. That an early hedge is worth twice as much as a late one is "
        "therefore not surprising; what surprised us is that none of the handbooks we consulted mentions it.",
        "The study has limitations. It was observational, and although the history of the valley makes it unlikely that "
        "hedges were planted beside the better orchards, we cannot exclude it. We worked with two varieties and one "
        "rootstock. Flies were counted as a single group although they certainly are not one. Finally, three seasons are few: "
        "the spring of 2023 was cold, and in that year the difference between early and late hedges was smaller than in the "
        "other two, for reasons that we do not understand.",
        "Experiments would be welcome. A hedge can be planted, but it takes eight or ten years to flower properly; it can be "
        "cut back in the winter, which removes the flowers of one spring and restores them in the next. Two growers of the "
        "valley have agreed to have parts of their hedges cut in alternate years, and the first counts will be made in the "
        "coming season.",
        Heading("5 Conclusion"),
        "For small orchards without managed bees we recommend that no tree should stand more than a hundred metres from a "
        "hedgerow, that at least a third of the hedge should flower before the apple, and that money for additional metres "
        "should be spent on the side that has none. Length by itself is a poor measure of what a hedgerow does.",
        Heading("Acknowledgements"),
        "We thank the eighteen growers for their patience, the four observers for their eyes, and an anonymous reader for "
        "insisting on the hand-pollinated branches. The work received no external funding.",
    ),
    references=(
        "Abernathy K, Okonjo P. Bees of field margins in a divided landscape. <i>J. Invented Ecol.</i> 12 (2009) 33-51.",
        "Brightwater L. Hedge age and nesting density: a survey of ninety holdings. <i>Margins</i> 4 (2014) 101-119.",
        "Castellane M, Drury T, Eze N. Potted strawberries as a measure of pollination. <i>Ann. Imag. Agroecol.</i> 2 (2018) "
        "7-22.",
        "Dunmore F. <i>The Orchardist's Handbook</i>, 3rd ed. Eastmarch: Millrace Press, 2006.",
        "Eldridge S, Faraday J. <i>Planting for Pollinators</i>. Tarnford: Weir House, 2015.",
        "Goldwater R. Where the pollen sits: body parts and transfer in early bees. <i>Margins</i> 9 (2020) 12-30.",
        "Hartigan U, Larkspur I. Counting insects on fruit trees: agreement between observers. <i>Field Methods</i> 1 (2021) "
        "55-63.",
        "Ibekwe O. Honeybee colonies in small orchards: costs and returns. <i>J. Invented Ecol.</i> 20 (2017) 210-226.",
    ),
)
