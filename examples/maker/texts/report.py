"""The annual report of a library service that does not exist."""

# ruff: noqa: E501 - prose is easier to mend when its lines are not cut

from __future__ import annotations

from maker.report import Chapter, Figures, Part, Report

LIBRARIES = Report(
    title="Open after dark",
    subtitle="Annual report of the Kessing Valley Library Service, 2024",
    publisher="Kessing Valley Library Service",
    date="Adopted by the library board on 18 March 2025",
    running_header="Open after dark - Annual report 2024",
    contents_title="Contents",
    chapters=(
        Chapter(
            "Summary",
            "What changed in 2024, what it cost, and what the board is asked to decide.",
            (
                Part(
                    "The year in brief",
                    (
                        "In 2024 the service kept its nine branches open for 19,460 hours, 2,310 more than in the year before. "
                        "Nearly all of the additional hours fell between six in the evening and ten at night, when the four "
                        "largest branches can now be entered with a library card although no member of staff is present. "
                        "Visits rose by 14 %, loans of printed books by 3 %, and the number of people who hold a card by 6 %.",
                        "The extension was paid for almost entirely by reorganising the delivery van, which until the spring "
                        "called at every branch on every weekday. It now calls when a branch asks for it. The saving of 61,000 "
                        "crowns covers the door control, the additional cleaning and two thirds of a post for evening events.",
                        "Not everything went well. The catalogue was unavailable for eleven days in September, reservations made "
                        "in those days had to be entered by hand, and 212 of them were lost. The roof in Lower Kessing leaked for "
                        "the third winter in succession. Both matters are described in their own chapters, without ornament.",
                    ),
                ),
                Part(
                    "Decisions requested",
                    (
                        "The board is asked to make the evening opening permanent in the four branches where it was tried; to "
                        "approve a fifth branch, Millbeck, from October 2025; to set aside 140,000 crowns for the roof in Lower "
                        "Kessing; and to end the agreement for the catalogue with twelve months' notice.",
                        "The board is not asked for a larger operating grant. The figures in chapter 7 show how the running cost "
                        "of the fifth branch can be met from the reserve in the first year and from the van in the second.",
                    ),
                ),
                Part(
                    "How to read this report",
                    (
                        "Figures for 2024 were counted; figures for earlier years are those published at the time, except where a "
                        "note says that they have been corrected. A visit is one person passing a door counter inwards. Counters "
                        "cannot tell a reader from a plumber, and the error is estimated at 2 % in every branch. Where a percentage "
                        "is given for a group of fewer than fifty people, the number of people is given beside it.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Opening hours",
            "Why the evenings, how the doors work, and who came.",
            (
                Part(
                    "From idea to trial",
                    (
                        "The survey of 2022 asked people who had given up their card why they had done so. The commonest answer was "
                        "neither the internet nor the price of parking. It was that the library closed before they came home from "
                        "work. Forty-one per cent of those who answered lived within a kilometre of a branch and had not been inside "
                        "it for two years.",
                        "Longer staffed hours would have required nine more posts, for which there was no money and, in this valley, "
                        "perhaps no candidates. The service therefore looked at libraries elsewhere that let readers in by card. Two "
                        "members of staff and a member of the board spent a week visiting six of them, and came back convinced of two "
                        "things: that vandalism is rarer than one fears, and that the lavatories are the real question.",
                    ),
                ),
                Part(
                    "The doors",
                    (
                        "A reader who wants to come in the evening attends an introduction of twenty minutes and signs a page of rules. "
                        "After that the card opens the outer door. A loudspeaker announces the closing time at a quarter to ten and "
                        "again at five to. Cameras cover the entrance and the shelves but neither the reading places nor the children's "
                        "room; recordings are kept for seventy-two hours and were consulted four times in the year.",
                        "Children under fourteen may come with an adult. Those between fourteen and eighteen may come alone if a parent "
                        "has signed as well. This rule was proposed by the readers' council of Upper Kessing, whose members are between "
                        "thirteen and seventeen, and it was stricter than the one the service had in mind.",
                        Figures(
                            "Table 1. Evening visits in the four branches of the trial.",
                            (
                                ("Branch", "April - June", "July - Sept.", "Oct. - Dec."),
                                ("Kessing Town", "3,912", "3,405", "5,876"),
                                ("Upper Kessing", "1,480", "1,122", "2,341"),
                                ("Harrow Bridge", "1,215", "1,304", "1,790"),
                                ("St Wenna", "640", "911", "1,018"),
                            ),
                        ),
                    ),
                ),
                Part(
                    "Who came",
                    (
                        "One visitor in three had not used the library during the day in the preceding twelve months. The evening public "
                        "is younger and more often male than that of the day, it stays longer, and it borrows less: on average one "
                        "loan for every four visits, against two for every three during the day. Many come to work in a quiet place. "
                        "In November the tables in Kessing Town were full on eleven evenings out of thirty.",
                        "There were thirty-eight incidents, of which twenty-nine were doors left ajar. One window was broken. A purse was "
                        "lost and found. On no occasion was the police called.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Collections and loans",
            "What was bought, what was lent, and what was given away.",
            (
                Part(
                    "Acquisitions",
                    (
                        "The service bought 11,204 items, a little fewer than in 2023, because the average price of a hardback rose by 7 %. "
                        "One purchase in six was proposed by a reader. Proposals are now answered within ten days, with reasons when the "
                        "answer is no; since this became the rule the number of proposals has doubled, and so has the number of thanks.",
                        "The board had asked for more titles in the languages spoken in the valley. Books in eleven languages other than "
                        "the national one were bought, chosen with the help of fourteen volunteers. They were lent 5.2 times each on average, "
                        "which is more than twice the average for the whole collection.",
                    ),
                ),
                Part(
                    "Loans",
                    (
                        Figures(
                            "Table 2. Loans by kind of material.",
                            (
                                ("Material", "2022", "2023", "2024"),
                                ("Books for adults", "214,870", "211,602", "216,950"),
                                ("Books for children", "188,214", "196,007", "204,411"),
                                ("Periodicals", "21,560", "18,344", "15,987"),
                                ("Sound recordings", "9,870", "7,012", "5,240"),
                                ("Electronic books", "40,118", "48,973", "57,308"),
                                ("Games and tools", "2,204", "3,918", "6,125"),
                            ),
                        ),
                        "The loan of tools deserves a word. A sewing machine, two pressure washers, a set of lock-picking tools for the "
                        "local club and a telescope were out on loan for more than three hundred days each. The telescope has a waiting "
                        "list until August. Losses were smaller than expected: one tent, and the lid of a fondue pot.",
                    ),
                ),
                Part(
                    "Weeding",
                    (
                        "Every branch removed books that had not been lent for five years, apart from those of local interest. Of 9,117 "
                        "volumes removed, 3,480 were sold for one crown each at the spring fair, 1,200 went to the prison in Drumlow, and "
                        "the remainder to the paper mill. The shelves look less full, and readers say that there are more books than before.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Children and schools",
            "Reading begins before school, and not everybody's parents read.",
            (
                Part(
                    "The first thousand days",
                    (
                        "Midwives of the valley have handed out a cloth bag with two picture books at the first home visit since 2020. In 2024 "
                        "they handed out 688 bags, which is to say that nine families in ten received one. Each bag holds a card in the name of "
                        "the child. Of the cards given out in 2023, 44 % were used in the first year of life, up from 31 % before the visit was "
                        "combined with an invitation to a particular morning at a particular branch.",
                        "The mornings are simple: twelve babies, as many adults, a rug, songs, and one book read twice. Staff who had been "
                        "nervous about singing report that nobody listens to the quality.",
                    ),
                ),
                Part(
                    "School visits",
                    (
                        "All twenty-three primary schools visited a branch at least twice. The two schools without a bus connection were fetched "
                        "by the delivery van's replacement, an electric minibus that the service shares with the swimming pool. A class visit lasts "
                        "seventy minutes: twenty for a story, twenty for finding one's own book, and thirty for beginning to read it.",
                        "Teachers of the third year measured reading fluency in September and in June as they do every year. In the eight schools "
                        "that came every month the average gain was 29 words per minute, in the others 24. The service does not claim the whole of "
                        "the difference: the schools that come every month are also those whose head teachers care most about reading.",
                    ),
                ),
                Part(
                    "Homework in the evening",
                    (
                        "The evening opening brought an unexpected public, pupils of the upper school who share a bedroom at home. From October a "
                        "retired mathematics teacher sat in the Kessing Town branch on Tuesdays and a retired chemist on Thursdays. Both intended "
                        "to stay for an hour. Both usually leave when the loudspeaker tells them to. On an average evening they speak with nine "
                        "pupils, and the upper school has asked whether the arrangement could be extended to languages.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Events and partners",
            "The library as the room that belongs to everybody.",
            (
                Part(
                    "A year of events",
                    (
                        "There were 1,046 events with 23,700 participants. Two thirds were small and regular: reading circles, language tables, the "
                        "repair table, the chess afternoon. Experience suggests that these matter more than the large ones, although the large ones "
                        "bring the photographer. The best attended single evening was a talk on the geology of the valley, for which the speaker had "
                        "asked for twenty chairs and a hundred and ninety people came.",
                        Figures(
                            "Table 3. Events and participants by kind.",
                            (
                                ("Kind", "Events", "Participants", "Per event"),
                                ("Reading circles", "312", "3,120", "10"),
                                ("Language tables", "204", "2,448", "12"),
                                ("Repair table", "88", "1,936", "22"),
                                ("Story mornings", "276", "6,624", "24"),
                                ("Talks and concerts", "96", "7,104", "74"),
                                ("Courses", "70", "2,468", "35"),
                            ),
                        ),
                    ),
                ),
                Part(
                    "The repair table",
                    (
                        "On the second Saturday of the month volunteers mend what people bring. In 2024 they looked at 1,310 objects and returned 874 "
                        "in working order. Lamps do best, printers worst. A log is kept of every fault, and a firm that makes kettles has asked for a "
                        "copy, because the same spring breaks in the same place in every one of its kettles after about four years.",
                    ),
                ),
                Part(
                    "Partners",
                    (
                        "The service worked with thirty-one associations. Contracts are deliberately short: who unlocks, who tidies up, who pays for the "
                        "biscuits. An attempt to write down the common values of all partners was abandoned after the second meeting, to the relief of "
                        "everybody present. The courses in using a telephone, held with the pensioners' union, had the longest waiting list of all "
                        "events, and will be doubled.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Buildings and systems",
            "A roof, a catalogue and a van.",
            (
                Part(
                    "The roof in Lower Kessing",
                    (
                        "The branch in Lower Kessing occupies the former grain store of 1911. Its flat roof was renewed in 1987 and has been patched since "
                        "2021. Water came in on seven occasions in 2024, always at the same corner. Two hundred books were damaged, and the local "
                        "history shelves now stand in the corridor under plastic. An engineer who opened the roof in November found that the insulation "
                        "is wet over about a third of the area. Patching it again would be a waste of money.",
                        "Three offers were obtained, between 126,000 and 171,000 crowns. The board is recommended to accept the middle one, which "
                        "includes a pitched roof with solar panels and a guarantee of twenty years.",
                    ),
                ),
                Part(
                    "The catalogue",
                    (
                        "On 9 September the supplier of the catalogue moved its customers to another data centre. The move was announced as an interruption of "
                        "two hours. It lasted eleven days. Loans were recorded on paper and entered afterwards; 212 reservations were lost because two "
                        "branches had used the same numbers. The supplier has offered a credit of 1,500 crowns.",
                        "The agreement gives no right to compensation, and no right to a copy of the data in a form that another system could read. The "
                        "second point troubles the service more than the first. A working group with two neighbouring services has drawn up requirements "
                        "of four pages, the first of which is a complete export every night.",
                    ),
                ),
                Part(
                    "The van",
                    (
                        "Until April the van drove the same round of 118 kilometres on every weekday, full or empty. It now drives when the boxes in a branch "
                        "reach a mark painted on the wall. The average is 2.3 rounds a week. A reserved book arrives after 2.9 working days instead of 2.2, "
                        "and only six readers have complained about it.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Finances",
            "Where the money came from and where it went.",
            (
                Part(
                    "Result",
                    (
                        "The year closed with a surplus of 18,400 crowns, which was added to the reserve. Income was higher than planned by 1.1 %, because of "
                        "the grant for the children's cards; expenditure was lower by 0.3 %.",
                        Figures(
                            "Table 4. Income and expenditure in thousands of crowns.",
                            (
                                ("", "2023", "2024", "Plan 2025"),
                                ("Grant of the municipalities", "4,120", "4,203", "4,287"),
                                ("Other grants", "96", "141", "90"),
                                ("Fees and sales", "118", "104", "100"),
                                ("Staff", "2,874", "2,931", "3,010"),
                                ("Collections", "512", "530", "535"),
                                ("Buildings", "588", "611", "640"),
                                ("Systems and transport", "297", "248", "231"),
                                ("Other", "72", "110", "85"),
                            ),
                        ),
                        "The plan for 2025 contains a deficit of 24,000 crowns, which is the running cost of the fifth evening branch in its first months. It "
                        "can be taken from the reserve, which at the end of 2024 stood at 206,000 crowns, five per cent of a year's expenditure. The rules of "
                        "the service ask for at least four.",
                    ),
                ),
                Part(
                    "What an hour costs",
                    (
                        "A staffed hour costs 214 crowns in a large branch and 131 in a small one. An evening hour without staff costs 19, of which eleven are for "
                        "cleaning. The comparison flatters the evening, because everything that makes the evening possible is done during the day: shelves "
                        "are tidied, books are mended, and somebody has explained to the reader how the place works.",
                    ),
                ),
                Part(
                    "Fees",
                    (
                        "Reminder fees for children were abolished in January. The income forgone was 9,200 crowns. Books borrowed by children came back no later "
                        "than before, and 340 cards that had been blocked because of old debts are in use again. The service proposes to abolish the fees for "
                        "adults as well, once the new catalogue can send a reminder before a book is due instead of after.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Staff",
            "Forty-six people, thirty-four posts.",
            (
                Part(
                    "Changes",
                    (
                        "At the end of the year the service had 46 employees in 34.2 full posts. Five people retired, among them Ottilie Branwick, who had joined "
                        "as an apprentice in 1979 and remembered where every book had stood before each of three removals. Six people were appointed. "
                        "Absence through illness fell from 5.8 to 4.9 % of working days.",
                    ),
                ),
                Part(
                    "Evenings",
                    (
                        "The staff had feared that doors without people were the beginning of a library without people. The board promised in writing that no post "
                        "would be lost to the evening opening, and none was. The question was put again in the staff survey of December: 71 % now think "
                        "the evening opening right, 12 % think it wrong, and 17 % would like to see another winter first. Remarks concern the "
                        "mornings, when chairs stand where they should not and the newspaper has been completed, crossword included.",
                    ),
                ),
                Part(
                    "Training",
                    (
                        "Every employee spent at least three days in training. The course most in demand was not about systems. It was about how to speak with people "
                        "who are angry, confused or drunk, and was given by a nurse of the psychiatric clinic. Its participants report that the first "
                        "sentence is the important one, and that it should be short.",
                    ),
                ),
            ),
        ),
        Chapter(
            "Outlook",
            "What the service means to do in 2025, in the order of importance.",
            (
                Part(
                    "Five intentions",
                    (
                        "First, the roof. Work in Lower Kessing is to begin in June and to end before the autumn rain. The branch will move to the gymnasium of the "
                        "school for the summer, with a third of its books and all of its chairs.",
                        "Second, the fifth evening branch. Millbeck has a separate lavatory, a door that can be locked between the two rooms, and a readers' "
                        "council that has asked for it twice. Introductions will be offered in September, and the doors are to open on 1 October.",
                        "Third, the catalogue. A call for offers will be published together with the two neighbouring services, provided that the board agrees "
                        "to give notice. The new system should be in use by the summer of 2026. Until then a copy of the reservations is printed every "
                        "evening, on paper, which is perhaps not modern but cannot be moved to another data centre.",
                        "Fourth, languages. The volunteers who choose books in eleven languages will receive a budget of their own, and the language tables, which "
                        "take place in four branches, will be offered in seven.",
                        "Fifth, silence. Readers who come to work in the evening ask for it, readers who come to talk do not need it, and no branch at present has a "
                        "room for each. In Kessing Town the former smoking room, used since 1994 to store chairs, will be cleared and given sixteen desks.",
                    ),
                ),
                Part(
                    "What would change our minds",
                    (
                        "The evening opening rests on trust, and trust can be lost. Should there be more than two serious incidents in a branch within six months, its "
                        "evenings will be suspended and the readers of that branch will be asked what to do. The number two was chosen by the readers' councils.",
                        "If the number of day visitors were to fall by more than a tenth, the service would conclude that it had moved readers from one part of "
                        "the day to another rather than gained new ones. Up to now there is no sign of it: in the four branches of the trial, visits "
                        "during the day rose by 2 %.",
                    ),
                ),
            ),
        ),
    ),
)
