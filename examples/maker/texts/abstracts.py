"""Summaries of projects of an invented town: (title, year, budget, keywords, text)."""

# ruff: noqa: E501 - prose is easier to mend when its lines are not cut

ABSTRACTS = (
    (
        "Warm water from the ice rink",
        2019,
        412_000.0,
        ("energy", "buildings"),
        "The compressors of the ice rink give off heat all winter, which until now went through the roof. A heat exchanger and 340 metres of insulated pipe carry it to the swimming pool next door. In the first season the pool burned 61 % less gas. The pipe froze once, during a power cut, and has since been given a heater of its own.",
    ),
    (
        "Counting bicycles with a rubber tube",
        2020,
        18_500.0,
        ("mobility", "measurement"),
        "Two tubes across a cycle path register each axle that passes. We compared the counts with those of observers over fourteen days. The tubes missed 4 % of the bicycles, mostly children's, and counted 2 % twice. Induction loops, which cost eleven times as much, missed 3 %. For a town of our size we recommend the tubes.",
    ),
    (
        "Three bins instead of five",
        2020,
        96_000.0,
        ("waste",),
        "Households had five bins and used two of them correctly. After a trial in four streets, glass and metal are collected together and separated afterwards by machine. The purity of paper rose from 81 to 94 %, because people who need not think about five things can think about three.",
    ),
    (
        "Night buses on request",
        2021,
        233_000.0,
        ("mobility", "night"),
        "After eleven o'clock the bus comes when it is called, to any stop in the town, within twenty-five minutes. In a year 38,400 people used it. The empty kilometres of the former timetable have gone. Drivers were sceptical at first; they now report that passengers say good evening.",
    ),
    (
        "An atlas of street trees",
        2021,
        54_000.0,
        ("trees", "data"),
        "Every one of the 9,812 street trees was measured, and the result can be seen on a map. One tree in nine is of a species that will not survive the summers expected for 2060. The order in which they will be replaced was drawn by lot within each district, so that no street loses all of its shade at once.",
    ),
    (
        "Teaching swimming to adults",
        2022,
        40_300.0,
        ("health", "education"),
        "Of 312 adults who enrolled, 274 could swim a hundred metres after twelve lessons. Two courses for women were held behind closed curtains, and had a waiting list from the first day. Nobody was too old; the oldest participant was 83 and had lived by the river all her life.",
    ),
    (
        "Mending instead of mowing",
        2022,
        12_750.0,
        ("green space", "insects"),
        "Eleven verges were mown twice a year instead of nine times. The number of flowering species rose from 14 to 37 in two seasons, complaints from zero to twenty-six. A strip of half a metre is now kept short along the pavement. Complaints fell to three.",
    ),
    (
        "Quiet asphalt in Foundry Street",
        2023,
        780_000.0,
        ("noise", "roads"),
        "A porous surface reduces the noise of tyres. Before the work residents were exposed to 71 decibels during the day, afterwards to 65. The effect will weaken by half a decibel a year as the pores fill with dust. Washing the road twice a year delays this, but does not prevent it.",
    ),
    (
        "A form of one page",
        2023,
        8_200.0,
        ("administration", "language"),
        "The application for a kindergarten place had nine pages. Seven asked for things that the town already knew. The new form has one page, exists in six languages, and can be filled in on a telephone. The time needed to process it fell from 41 days to 6, and the number of questions by telephone from 1,900 to 240.",
    ),
    (
        "Rain gardens in the school yard",
        2023,
        165_000.0,
        ("water", "schools"),
        "Half of the asphalt of four school yards was taken up and replaced by beds that hold rain for a day. During the storm of 9 August the sewer below the school did not overflow, for the first time since records began. Pupils of the third year measure the infiltration every Friday and are strict about it.",
    ),
    (
        "Lamps that wait",
        2024,
        301_000.0,
        ("energy", "light"),
        "On paths through parks the lamps are dimmed to 15 % and brighten when somebody approaches. Consumption fell by 72 %. In a survey, 8 % of walkers felt less safe than before and 31 % felt safer, because a lamp that brightens in the distance shows that somebody is coming.",
    ),
    (
        "Sharing a lawnmower",
        2024,
        3_900.0,
        ("sharing",),
        "Six allotment associations put their lawnmowers into a common shed and gave away the ones they did not need. Twenty-seven mowers became nine. The calendar is a sheet of paper on the door. An electronic calendar was tried for a month and abandoned, because nobody carries a telephone while gardening.",
    ),
)
