"""Three English letters; one of them is the encrypted example, another the damaged one."""

# ruff: noqa: E501 - prose is easier to mend when its lines are not cut

from __future__ import annotations

from maker.letter import Bullets, Letter, Section, Staff, Values

RESPIRATORY = Letter(
    language="en-GB",
    title="Discharge summary, respiratory medicine",
    hospital="Harrowmere General Hospital",
    department="Department of Respiratory Medicine",
    address=("Quarry Lane, Harrowmere", "HX99 4QL", "Tel. 01632 960410", "respiratory@harrowmere.example"),
    staff=(
        Staff("Clinical lead", ("Dr Philippa Ormsgard",)),
        Staff("Consultants", ("Dr Adaeze Nwankiti", "Dr Callum Strathearn-Pike", "Dr Ruben Halloway")),
        Staff("Specialist nurses", ("Sister Bronwen Tallis", "Mr Idris Penhallow")),
        Staff("Lung function", ("Ms Keziah Marlowe", "Tel. 01632 960415")),
        Staff("Infectious Diseases Clinic", ("Thursdays, suite 4", "Tel. 01632 960433")),
        Staff("Secretaries", ("Mrs Una Fairbrass", "Tel. 01632 960411")),
    ),
    addressee=("Dr Tobias Wrenfield", "The Old Dairy Surgery", "Mill Street, Castlebrook"),
    place_and_date="9 February 2025",
    patient=(
        "<b>Mrs Winifred ASHDOWN-CLEAVE</b>",
        "Date of birth 30 May 1953 - Hospital number H0 448 217",
        "Admitted 1 February 2025, discharged 8 February 2025",
    ),
    subject="Discharge summary",
    opening=(
        "Dear Dr Wrenfield,",
        "Thank you for sending this 71-year-old retired weaver, who was admitted through the emergency department "
        "with an infective exacerbation of chronic obstructive pulmonary disease.",
    ),
    sections=(
        Section(
            "Presenting complaint",
            (
                "Four days of increasing breathlessness, a productive cough with green sputum and wheeze. She denied "
                "chest pain and haemoptysis. There had been no travel and no contact with tuberculosis.",
            ),
        ),
        Section(
            "Past medical history",
            (
                Bullets(
                    (
                        "Chronic obstructive pulmonary disease, diagnosed in 2014; last FEV1 46 % of predicted.",
                        "Osteoporosis with a wedge fracture of the eighth thoracic vertebra in 2021.",
                        "Hypertension. No ischaemic heart disease, no heart failure, no diabetes.",
                        "Ex-smoker since 2016, thirty-eight pack-years.",
                    )
                ),
            ),
        ),
        Section(
            "Examination on admission",
            (
                "Alert, speaking in short sentences, using accessory muscles. Temperature 38.2 °C, pulse 104 per "
                "minute, blood pressure 136/78 mmHg, respiratory rate 28 per minute, oxygen saturation 84 % on room air. "
                "Widespread polyphonic wheeze with coarse crackles at the right base. No peripheral oedema. "
                "The calves were soft and not tender.",
            ),
        ),
        Section(
            "Investigations",
            (
                Values(
                    (
                        ("Test", "1 Feb", "3 Feb", "7 Feb", "Reference"),
                        ("pH (arterial)", "7.31", "7.38", "", "7.35 - 7.45"),
                        ("pCO2 (kPa)", "7.9", "6.4", "", "4.7 - 6.0"),
                        ("pO2 (kPa)", "6.8", "8.1", "", "10.6 - 13.3"),
                        ("White cells (10^9/l)", "15.7", "12.2", "9.0", "4.0 - 11.0"),
                        ("C-reactive protein (mg/l)", "142", "67", "11", "0 - 5"),
                        ("Eosinophils (10^9/l)", "0.08", "", "0.31", "0.02 - 0.50"),
                        ("Creatinine (µmol/l)", "68", "71", "66", "45 - 84"),
                    )
                ),
                "Chest radiograph: hyperinflated lungs, patchy consolidation in the right lower zone, no pneumothorax "
                "and no effusion. Sputum grew <i>Haemophilus influenzae</i>, sensitive to doxycycline. Swabs for "
                "influenza, respiratory syncytial virus and SARS-CoV-2 were negative. The electrocardiogram showed "
                "sinus tachycardia without acute changes.",
            ),
        ),
        Section(
            "Course in hospital",
            (
                "She was given controlled oxygen to a target saturation of 88 to 92 %, nebulised bronchodilators, "
                "prednisolone 30 mg and doxycycline. Because of the respiratory acidosis, non-invasive ventilation was "
                "started in the emergency department and continued overnight; the pH had returned to normal by the "
                "following afternoon and ventilation was weaned on the second day. She did not need intensive care.",
                "Delirium on the second night settled with reorientation and the return of her hearing aids; no "
                "sedative was given. The physiotherapists taught active-cycle breathing and supplied a walking frame. "
                "On the day of discharge her saturation was 91 % on room air at rest, falling to 87 % after a walk of "
                "sixty metres. She does not yet meet the criteria for long-term oxygen, which should be reassessed "
                "when she is stable.",
                "Her inhaler technique was poor with the pressurised device and good with a soft-mist inhaler, to which "
                "she was changed. She accepted a referral to the rehabilitation course that begins in March at the "
                "Castlebrook leisure centre.",
            ),
        ),
        Section(
            "Medication on discharge",
            (
                Bullets(
                    (
                        "Tiotropium and olodaterol soft-mist inhaler, two puffs once daily (new).",
                        "Salbutamol inhaler through a spacer, two puffs when required.",
                        "Prednisolone 30 mg daily until 10 February, then stop.",
                        "Alendronic acid 70 mg weekly, colecalciferol 800 units daily, amlodipine 5 mg daily (unchanged).",
                        "Beclometasone and formoterol inhaler: stopped.",
                    )
                ),
            ),
        ),
        Section(
            "Assessment and plan",
            (
                "Infective exacerbation of chronic obstructive pulmonary disease with acute hypercapnic respiratory "
                "failure, treated successfully with non-invasive ventilation. Right lower zone consolidation.",
                "Please repeat the chest radiograph in six weeks to confirm that the consolidation has cleared, and check "
                "the eosinophil count at that time: a value that stays above 0.3 would favour reintroducing an inhaled "
                "steroid. We will see her in clinic on 24 March with repeat blood gases. The question of escalation was "
                "discussed with Mrs Ashdown-Cleave and her daughter: she would accept non-invasive ventilation again but "
                "would not wish to be intubated, and this has been recorded.",
            ),
        ),
    ),
    closing=("With kind regards,",),
    signature=(
        "Dr Adaeze Nwankiti",
        "Consultant Respiratory Physician",
        "<i>Dictated and electronically approved</i>",
    ),
    notes=("cc: Castlebrook community respiratory team; patient.",),
    footer="Harrowmere General Hospital - Switchboard 01632 960400 - In confidence",
    page_of="Page {page} of {pages}",
    accent="#274690",
)

NEUROLOGY = Letter(
    language="en-GB",
    title="Clinic letter, neurology",
    hospital="St Osyth's Infirmary",
    department="Neurology outpatients",
    address=("Abbot's Walk, Penmarrow", "PZ99 2AB", "Tel. 01632 960720"),
    staff=(
        Staff("Consultant", ("Dr Marguerite Dunholme",)),
        Staff("Registrar", ("Dr Sanjeev Thackeray",)),
        Staff("Headache nurse", ("Ms Lowenna Trevaskis", "Tel. 01632 960724")),
        Staff("Secretary", ("Mr Rowan Applegarth", "Tel. 01632 960722")),
    ),
    addressee=("Dr Cressida Molyneaux", "Harbour Health Centre", "Penmarrow"),
    place_and_date="Clinic of 17 April 2025, typed 22 April 2025",
    patient=("<b>Mr Jago PELLOWE</b>", "Date of birth 2 August 1987 - NHS number 999 000 1234 (invented)"),
    subject="Diagnosis: chronic migraine with medication overuse",
    opening=(
        "Dear Dr Molyneaux,",
        "I reviewed this boat builder in the headache clinic. He came with a diary, for which I was grateful.",
    ),
    sections=(
        Section(
            "History",
            (
                "He has had migraine without aura since the age of nineteen. Over the past year the headaches have become "
                "nearly daily: the diary shows twenty-two headache days in March, eleven of them severe, with nausea and "
                "photophobia. He took a triptan on fourteen days and codeine on nine. There is no history of head injury. "
                "He has not had weakness, double vision, fever or weight loss, and the headache is not worse on lying flat.",
            ),
        ),
        Section(
            "Examination",
            (
                "Blood pressure 128/80 mmHg. Fundi normal with sharp disc margins. Visual fields full. No focal weakness, "
                "reflexes symmetrical, plantars flexor. Gait normal, including heel-to-toe.",
            ),
        ),
        Section(
            "Opinion",
            (
                "This is chronic migraine, made worse by overuse of acute treatment. There are no features to suggest raised "
                "intracranial pressure, and I have not requested imaging: the scan of 2022 was normal and the pattern has "
                "not changed in kind.",
            ),
        ),
        Section(
            "Plan",
            (
                Bullets(
                    (
                        "Stop codeine now. Limit the triptan to eight days a month.",
                        "Naproxen 500 mg twice daily for two weeks as a bridge, with omeprazole.",
                        "Candesartan 4 mg, rising by 4 mg every fortnight to 16 mg; please check potassium and creatinine "
                        "after two weeks.",
                        "Propranolol is not suitable, because he had wheeze with it in 2018.",
                        "Review by Ms Trevaskis in eight weeks, with the diary.",
                    )
                ),
            ),
        ),
    ),
    closing=("Yours sincerely,",),
    signature=("Dr Marguerite Dunholme", "Consultant Neurologist"),
    footer="St Osyth's Infirmary - Penmarrow - Private and confidential",
    page_of="{page} of {pages}",
    accent="#5b3a8c",
    serif=True,
)

ENDOCRINOLOGY = Letter(
    language="en-GB",
    title="Clinic letter, endocrinology",
    hospital="Harrowmere General Hospital",
    department="Diabetes and Endocrinology",
    address=("Quarry Lane, Harrowmere", "HX99 4QL", "Tel. 01632 960450"),
    staff=(
        Staff("Consultants", ("Dr Ottoline Briarley", "Dr Femi Adewunmi")),
        Staff("Specialist dietitian", ("Mr Hamish Carrowmore",)),
        Staff("Secretary", ("Ms Delphine Oakshott", "Tel. 01632 960451")),
    ),
    addressee=("Dr Tobias Wrenfield", "The Old Dairy Surgery", "Mill Street, Castlebrook"),
    place_and_date="3 July 2025",
    patient=("<b>Ms Araminta HOLLINGSHAW</b>", "Date of birth 14 December 1990 - Hospital number H0 512 906"),
    subject="Autoimmune hypothyroidism, six months after delivery",
    opening=(
        "Dear Dr Wrenfield,",
        "I saw Ms Hollingshaw together with her partner and their daughter, who is thriving.",
    ),
    sections=(
        Section(
            "Progress",
            (
                "She takes levothyroxine 100 micrograms daily on an empty stomach and has not missed doses. Energy is "
                "improving, although sleep is broken. No palpitations, no tremor, no neck discomfort. She is breast-feeding.",
            ),
        ),
        Section(
            "Results",
            (
                Values(
                    (
                        ("Test", "March", "June", "Reference"),
                        ("TSH (mU/l)", "0.21", "1.84", "0.27 - 4.20"),
                        ("Free T4 (pmol/l)", "22.6", "17.1", "12.0 - 22.0"),
                        ("Ferritin (µg/l)", "11", "34", "15 - 150"),
                    )
                ),
            ),
        ),
        Section(
            "Plan",
            (
                "The dose was reduced from 125 micrograms in March and is now right. Please continue it, continue iron for "
                "three more months, and measure TSH once a year, or as soon as a further pregnancy is confirmed. I have not "
                "made another appointment.",
            ),
        ),
    ),
    closing=("Kind regards,",),
    signature=("Dr Ottoline Briarley", "Consultant Endocrinologist"),
    footer="Harrowmere General Hospital - Switchboard 01632 960400 - In confidence",
    page_of="Page {page} of {pages}",
    accent="#274690",
)

CARDIOLOGY = Letter(
    language="en-GB",
    title="Clinic letter, cardiology",
    hospital="St Osyth's Infirmary",
    department="Cardiology outpatients",
    address=("Abbot's Walk, Penmarrow", "PZ99 2AB", "Tel. 01632 960730"),
    staff=(
        Staff("Consultant", ("Dr Everard Tolcarne",)),
        Staff("Cardiac physiologist", ("Ms Merryn Goldsworthy",)),
        Staff("Secretary", ("Mrs Hester Nancarrow", "Tel. 01632 960731")),
    ),
    addressee=("Dr Cressida Molyneaux", "Harbour Health Centre", "Penmarrow"),
    place_and_date="11 May 2025",
    patient=("<b>Mr Barnaby THISTLEWOOD</b>", "Date of birth 19 October 1966"),
    subject="Palpitations, ambulatory monitoring",
    opening=(
        "Dear Dr Molyneaux,",
        "I have the result of the seven-day monitor that Mr Thistlewood wore in April.",
    ),
    sections=(
        Section(
            "Findings",
            (
                "Sinus rhythm throughout, mean rate 71 per minute, range 48 to 139. Ventricular ectopic beats made up 1.2 % "
                "of all beats, single and of one shape. There was no atrial fibrillation, no pause longer than two seconds "
                "and no tachycardia. All eleven marked events coincided with single ectopic beats.",
            ),
        ),
        Section(
            "Advice",
            (
                "With a normal echocardiogram this is benign, and I have told him so. He would like to try cutting down on "
                "coffee before tablets, which seems sensible. He needs no further appointment.",
            ),
        ),
    ),
    closing=("Yours sincerely,",),
    signature=("Dr Everard Tolcarne", "Consultant Cardiologist"),
    footer="St Osyth's Infirmary - Penmarrow - Private and confidential",
    page_of="{page} of {pages}",
    accent="#5b3a8c",
    serif=True,
)
