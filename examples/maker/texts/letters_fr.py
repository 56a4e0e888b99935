"""Three French letters, from three hospitals that do not exist."""

from __future__ import annotations

from maker.letter import Bullets, Letter, Section, Staff, Values

CARDIOLOGY = Letter(
    language="fr-FR",
    title="Compte rendu d'hospitalisation, cardiologie",
    hospital="Centre hospitalier de Valmorin",
    department="Service de cardiologie et de rythmologie",
    address=(
        "12, avenue des Tilleuls",
        "99120 Valmorin",
        "Tél. 01 99 00 14 20",
        "cardiologie@ch-valmorin.example",
    ),
    staff=(
        Staff("Chef de service", ("Pr Hélène Charvieux",)),
        Staff(
            "Praticiens hospitaliers", ("Dr Mathurin Lespagne", "Dr Inès Boukhalfa", "Dr Paul-Émile Garrec")
        ),
        Staff("Chef de clinique", ("Dr Solène Arnoult-Viguier",)),
        Staff("Insuffisance cardiaque", ("Mme Odile Tranchant", "infirmière de coordination")),
        Staff("Cadre de santé", ("M. Yannick Rouvillois",)),
        Staff("Rendez-vous", ("Tél. 01 99 00 14 21", "du lundi au vendredi", "9 h - 12 h, 14 h - 17 h")),
        Staff("Secrétariat", ("Mme Corinne Dufleix", "Tél. 01 99 00 14 22", "Fax 01 99 00 14 29")),
    ),
    addressee=(
        "Madame le Docteur Agathe Prunelier",
        "Cabinet médical du Vieux Lavoir",
        "99124 Saint-Aubry-les-Eaux",
    ),
    place_and_date="Valmorin, le 14 mars 2025",
    patient=(
        "<b>Patient : M. Lucien BARDOUVAL</b>",
        "Né le 3 septembre 1948 (76 ans) - Dossier n° 25-03-11874",
        "Hospitalisé du 4 au 13 mars 2025",
    ),
    subject="Compte rendu d'hospitalisation",
    opening=(
        "Chère Consœur,",
        "Votre patient, Monsieur Lucien Bardouval, âgé de 76 ans, a été hospitalisé dans notre service du 4 au "
        "13 mars 2025 pour une décompensation cardiaque globale. Vous trouverez ci-dessous le résumé de son séjour.",
    ),
    sections=(
        Section(
            "Motif d'hospitalisation",
            (
                "Dyspnée d'aggravation progressive depuis dix jours, avec orthopnée et prise de cinq kilogrammes, "
                "chez un patient suivi pour une cardiopathie ischémique.",
            ),
        ),
        Section(
            "Antécédents",
            (
                Bullets(
                    (
                        "Infarctus antérieur en 2011, traité par angioplastie de l'artère interventriculaire antérieure.",
                        "Fibrillation atriale paroxystique connue depuis 2019, anticoagulée.",
                        "Hypertension artérielle et diabète de type 2, sans rétinopathie au dernier fond d'œil.",
                        "Insuffisance rénale chronique modérée (débit de filtration autour de 48 ml/min).",
                        "Pas d'asthme. Pas d'antécédent d'accident vasculaire cérébral. Tabagisme sevré en 2011.",
                    )
                ),
            ),
        ),
        Section(
            "Traitement à l'entrée",
            (
                "Bisoprolol 5 mg par jour, ramipril 5 mg par jour, apixaban 5 mg deux fois par jour, atorvastatine "
                "40 mg le soir, metformine 850 mg deux fois par jour, furosémide 40 mg le matin. Le patient reconnaît "
                "avoir interrompu le furosémide pendant une semaine, en raison d'un voyage.",
            ),
        ),
        Section(
            "Histoire de la maladie",
            (
                "Les symptômes ont débuté au retour d'un séjour familial au cours duquel l'alimentation a été plus "
                "salée qu'à l'ordinaire. Le périmètre de marche, habituellement d'un kilomètre, s'est réduit à une "
                "centaine de mètres. Monsieur Bardouval dort depuis une semaine avec trois oreillers. Il n'a ressenti "
                "ni douleur thoracique, ni palpitations, ni perte de connaissance. Il ne rapporte pas de fièvre.",
                "Son épouse vous a consultée le 3 mars ; devant les œdèmes des membres inférieurs et une saturation à "
                "89 % en air ambiant, vous l'avez adressé aux urgences.",
            ),
        ),
        Section(
            "Examen à l'entrée",
            (
                "Poids 84,6 kg pour 1,74 m. Pression artérielle 148/86 mmHg, fréquence cardiaque 112 par minute, "
                "irrégulière, saturation 91 % sous deux litres d'oxygène, température 36,8 °C. Râles crépitants aux "
                "deux bases, remontant à mi-champ à droite. Turgescence jugulaire, reflux hépato-jugulaire, œdèmes "
                "blancs et mous jusqu'aux genoux. Souffle systolique apical coté à 2/6. Pas de signe d'ischémie de "
                "membre. L'abdomen est souple, indolore. L'examen neurologique est sans particularité.",
            ),
        ),
        Section(
            "Examens complémentaires",
            (
                "Électrocardiogramme : fibrillation atriale à 110 par minute, séquelle d'infarctus antérieur, pas de "
                "trouble nouveau de la repolarisation.",
                Values(
                    (
                        ("Analyse", "4 mars", "8 mars", "13 mars", "Valeurs usuelles"),
                        ("NT-proBNP (ng/l)", "6 840", "3 115", "1 460", "&lt; 450"),
                        ("Créatinine (µmol/l)", "138", "146", "131", "64 - 104"),
                        ("Potassium (mmol/l)", "4,9", "4,1", "4,4", "3,5 - 5,0"),
                        ("Sodium (mmol/l)", "133", "136", "138", "136 - 145"),
                        ("Hémoglobine (g/dl)", "12,1", "12,4", "12,6", "13,0 - 17,0"),
                        ("Ferritine (µg/l)", "62", "", "", "30 - 400"),
                        ("Troponine T (ng/l)", "31", "29", "", "&lt; 14"),
                    )
                ),
                "Échocardiographie du 5 mars (Dr Boukhalfa) : ventricule gauche dilaté, fraction d'éjection estimée à "
                "35 % (42 % en juin 2023), akinésie antérieure et apicale sans thrombus, insuffisance mitrale "
                "fonctionnelle modérée, pressions de remplissage élevées, pression artérielle pulmonaire systolique "
                "évaluée à 48 mmHg. Pas d'épanchement péricardique.",
                "Radiographie du thorax : cardiomégalie, syndrome interstitiel bilatéral, épanchement pleural droit de "
                "faible abondance. Pas de foyer systématisé.",
            ),
        ),
        Section(
            "Évolution dans le service",
            (
                "Sous furosémide intraveineux, la diurèse a été satisfaisante dès la vingt-quatrième heure et "
                "l'oxygène a pu être arrêté le 7 mars. La fréquence ventriculaire a été contrôlée par l'augmentation "
                "du bisoprolol à 7,5 mg. Une carence martiale a été corrigée par une perfusion de carboxymaltose "
                "ferrique (1 000 mg), bien tolérée.",
                "Le ramipril a été remplacé par l'association sacubitril-valsartan après trente-six heures "
                "d'interruption, puis la dapagliflozine a été introduite le 10 mars. La fonction rénale est restée "
                "stable. Une coronarographie n'a pas été jugée nécessaire : la troponine est restée plate et la "
                "scintigraphie de 2023 ne montrait pas d'ischémie résiduelle.",
                "Le patient et son épouse ont suivi deux séances d'éducation thérapeutique avec Madame Tranchant : "
                "pesée quotidienne, reconnaissance des signes d'alerte, alimentation peu salée.",
            ),
        ),
        Section(
            "Traitement de sortie",
            (
                Bullets(
                    (
                        "Sacubitril-valsartan 24/26 mg, un comprimé matin et soir ;",
                        "Bisoprolol 7,5 mg, un comprimé le matin ;",
                        "Dapagliflozine 10 mg, un comprimé le matin ;",
                        "Furosémide 40 mg, un comprimé le matin et un demi-comprimé à midi ;",
                        "Apixaban 5 mg, un comprimé matin et soir ;",
                        "Atorvastatine 40 mg, un comprimé le soir ;",
                        "Metformine 850 mg, un comprimé matin et soir, à interrompre en cas de déshydratation.",
                    )
                ),
            ),
        ),
        Section(
            "Conclusion",
            (
                "Décompensation cardiaque globale sur cardiopathie ischémique à fraction d'éjection altérée (35 %), "
                "favorisée par l'arrêt du diurétique, un écart de régime et un passage en fibrillation atriale rapide. "
                "Évolution favorable ; poids de sortie 78,9 kg, retenu comme poids de référence.",
                "Un dosage de la créatinine et du potassium est à prévoir à une semaine. Nous reverrons Monsieur "
                "Bardouval en hôpital de jour le 3 avril pour augmenter le sacubitril-valsartan, puis pour discuter "
                "d'un défibrillateur si la fraction d'éjection reste inférieure à 35 % après trois mois de traitement.",
            ),
        ),
    ),
    closing=(
        "Nous restons à votre disposition pour tout renseignement et vous prions de croire, chère Consœur, à "
        "l'assurance de nos salutations confraternelles.",
    ),
    signature=("Dr Mathurin LESPAGNE", "Praticien hospitalier", "<i>Document validé électroniquement</i>"),
    notes=("Copie : Dr R. Keravel, cardiologue traitant, Saint-Aubry-les-Eaux ; le patient.",),
    footer="Centre hospitalier de Valmorin - Établissement public de santé - 12, avenue des Tilleuls, 99120 Valmorin",
    page_of="Page {page} / {pages}",
)

INFECTIOUS_DISEASES = Letter(
    language="fr-FR",
    title="Compte rendu d'hospitalisation, maladies infectieuses",
    hospital="Hôpital Marguerite-Daubrac",
    department="Maladies infectieuses et médecine interne",
    address=("Place de l'Ancien-Prieuré", "99300 Brévannes-sur-Ource", "Tél. 02 61 91 30 00"),
    staff=(
        Staff("Responsable médical", ("Pr Achille Montferrier",)),
        Staff("Médecins", ("Dr Ludivine Escoffre", "Dr Kossi Amegan", "Dr Bérengère Tailhades")),
        Staff("Équipe mobile", ("d'infectiologie", "Dr Kossi Amegan", "Poste 30 47")),
        Staff("Consultations", ("Maladies infectieuses", "Voyages et vaccinations", "Plaies chroniques")),
        Staff("Hôpital de jour", ("Mme Nolwenn Cadiou", "Tél. 02 61 91 30 52")),
        Staff("Secrétariat", ("M. Thibault Roussarie", "Mme Garance Volle", "Tél. 02 61 91 30 50")),
    ),
    addressee=("Monsieur le Docteur Gaspard Vauquelin", "3, rue du Four-Banal", "99310 Courtavaux"),
    place_and_date="Brévannes, le 22 novembre 2024",
    patient=(
        "<b>Mme Eugénie TRESSANGES, née MALAVAL</b>",
        "Née le 27 janvier 1961, 63 ans - IPP 0047 1132 90",
        "Séjour du 8 au 21 novembre 2024, chambre 214",
    ),
    subject="Lettre de liaison à la sortie d'hospitalisation",
    opening=(
        "Cher Confrère,",
        "Nous avons pris en charge Madame Eugénie Tressanges, 63 ans, bibliothécaire à la retraite, pour une "
        "dermohypodermite de la jambe gauche compliquée d'une bactériémie.",
    ),
    sections=(
        Section(
            "ANTÉCÉDENTS ET MODE DE VIE",
            (
                "Lymphœdème du membre inférieur gauche depuis une chirurgie pelvienne en 2009. Obésité (indice de masse "
                "corporelle 33). Hypothyroïdie substituée. Pas de diabète. Allergie à la pénicilline déclarée dans "
                "l'enfance, jamais explorée. Elle vit seule au deuxième étage sans ascenseur, est autonome, ne fume pas "
                "et ne consomme pas d'alcool.",
            ),
        ),
        Section(
            "HISTOIRE DE LA MALADIE",
            (
                "Le 6 novembre, apparition brutale de frissons et d'une fièvre à 39,6 °C, suivis en quelques heures "
                "d'une rougeur douloureuse de la jambe gauche. La porte d'entrée probable est un intertrigo "
                "interorteil négligé depuis l'été. Un traitement par pristinamycine, commencé le 7 novembre, a été "
                "vomi. Devant la persistance de la fièvre et une hypotension à 92/54 mmHg, la patiente a été adressée "
                "aux urgences le 8 novembre.",
            ),
        ),
        Section(
            "EXAMEN À L'ADMISSION",
            (
                "Température 39,1 °C, pression artérielle 98/58 mmHg, fréquence cardiaque 108 par minute, fréquence "
                "respiratoire 22 par minute, saturation 97 % en air ambiant. Placard érythémateux chaud de la cheville "
                "au genou gauche, sans nécrose, sans crépitation, sans bulle. Adénopathie inguinale sensible. "
                "L'auscultation ne retrouve pas de souffle. Le mollet est souple.",
            ),
        ),
        Section(
            "EXAMENS",
            (
                Values(
                    (
                        ("", "8/11", "11/11", "15/11", "20/11"),
                        ("Leucocytes (G/l)", "19,4", "13,2", "8,8", "7,1"),
                        ("CRP (mg/l)", "312", "184", "61", "14"),
                        ("Créatinine (µmol/l)", "121", "88", "74", "72"),
                        ("Lactates (mmol/l)", "2,6", "1,1", "", ""),
                        ("Plaquettes (G/l)", "148", "171", "286", "344"),
                    )
                ),
                "Hémocultures du 8 novembre : trois flacons sur quatre positifs à <i>Streptococcus dysgalactiae</i>, "
                "sensible à l'amoxicilline, à la clindamycine et à la lévofloxacine. Hémocultures de contrôle du "
                "10 novembre négatives. Échographie-doppler veineuse : pas de thrombose. Échocardiographie "
                "transthoracique : pas d'image évocatrice d'endocardite, pas de fuite valvulaire.",
            ),
        ),
        Section(
            "ÉVOLUTION",
            (
                "Remplissage de 1 500 ml puis normalisation de la pression artérielle, sans recours aux amines. Le "
                "traitement initial par vancomycine et clindamycine a été remplacé le 11 novembre par la céfazoline "
                "(6 g par jour), après avis allergologique : l'interrogatoire n'évoque pas de réaction immédiate et le "
                "test de réintroduction de l'amoxicilline, réalisé le 18 novembre en hôpital de jour, a été négatif. "
                "L'étiquette d'allergie peut être retirée du dossier.",
                "La fièvre a cédé au quatrième jour. L'érythème a régressé lentement, en raison du lymphœdème ; les "
                "limites tracées à l'entrée n'ont jamais été dépassées après le 10 novembre. Une bande de contention "
                "a été posée dès le septième jour. L'intertrigo a été traité par un antifongique local.",
            ),
        ),
        Section(
            "AU TOTAL",
            (
                "Dermohypodermite bactérienne non nécrosante de la jambe gauche à <i>Streptococcus dysgalactiae</i>, "
                "avec bactériémie, sans endocardite ni thrombose. Quatorze jours d'antibiothérapie au total, relais par "
                "amoxicilline 1 g trois fois par jour jusqu'au 22 novembre inclus.",
                Bullets(
                    (
                        "Soins quotidiens des espaces interorteils pendant un mois.",
                        "Contention de classe 3, à renouveler ; drainages lymphatiques deux fois par semaine.",
                        "En cas de récidive dans l'année, discuter une antibioprophylaxie prolongée.",
                        "Consultation de contrôle le 12 décembre à 10 h 30 (Dr Escoffre).",
                    )
                ),
            ),
        ),
    ),
    closing=("Bien confraternellement,",),
    signature=("Dr Ludivine ESCOFFRE", "pour l'équipe médicale"),
    footer="Hôpital Marguerite-Daubrac - FINESS fictif 99 000 000 1",
    page_of="{page}/{pages}",
    accent="#7a1f3d",
    serif=True,
)

RHEUMATOLOGY = Letter(
    language="fr-FR",
    title="Consultation de rhumatologie",
    hospital="Clinique du Pas-des-Loups",
    department="Consultation de rhumatologie",
    address=("27, boulevard Ferdinand-Aubriot", "99600 Montrésol", "Tél. 04 65 71 08 80"),
    staff=(
        Staff("Rhumatologues", ("Dr Clémentine Haudricourt", "Dr Virgile Santarelli")),
        Staff("Ostéodensitométrie", ("M. Anselme Fayolle",)),
        Staff("Secrétariat", ("Mme Pétronille Jaouen", "Tél. 04 65 71 08 81")),
    ),
    addressee=("Dr Edmée Casteljau", "Maison de santé des Trois-Fontaines", "99610 Vaubreuil"),
    place_and_date="Montrésol, le 5 juin 2025",
    patient=("<b>Mme Rosalie QUENTREC</b>", "Née le 11 avril 1979 - Consultation du 5 juin 2025"),
    subject="Suivi d'une polyarthrite rhumatoïde",
    opening=(
        "Chère amie,",
        "J'ai revu ce jour votre patiente, suivie depuis 2021 pour une polyarthrite rhumatoïde séropositive, non "
        "érosive, traitée par méthotrexate 15 mg par semaine et acide folique.",
    ),
    sections=(
        Section(
            "Depuis la dernière consultation",
            (
                "Le dérouillage matinal dure moins de dix minutes. Elle a repris le jardinage et n'a pris "
                "d'anti-inflammatoire qu'à deux reprises. Elle ne tousse pas et n'est pas essoufflée. Les injections "
                "hebdomadaires sont bien supportées, hormis une fatigue le lendemain.",
            ),
        ),
        Section(
            "Examen",
            (
                "Une articulation douloureuse (deuxième métacarpo-phalangienne droite), aucune synovite. Pas de nodule. "
                "Pression artérielle 122/74 mmHg, poids 63 kg. L'auscultation pulmonaire est normale.",
            ),
        ),
        Section(
            "Examens",
            (
                Values(
                    (
                        ("Analyse du 28 mai 2025", "Résultat", "Référence"),
                        ("Vitesse de sédimentation", "9 mm", "&lt; 20"),
                        ("CRP", "3 mg/l", "&lt; 5"),
                        ("ALAT", "24 UI/l", "&lt; 35"),
                        ("Lymphocytes", "1,6 G/l", "1,0 - 4,0"),
                    )
                ),
                "Radiographies des mains et des avant-pieds : pas d'érosion, interlignes conservés, sans changement "
                "par rapport à 2023.",
            ),
        ),
        Section(
            "Conclusion",
            (
                "Rémission clinique et biologique (DAS28-VS à 2,1). Je propose de poursuivre le méthotrexate à la même "
                "dose pendant six mois ; si la rémission se maintient, nous discuterons d'un espacement. Les vaccinations "
                "contre la grippe et le pneumocoque sont à jour. Bilan sanguin tous les trois mois. Je la reverrai en "
                "décembre.",
            ),
        ),
    ),
    closing=("Avec mes amitiés,",),
    signature=("Dr Clémentine HAUDRICOURT",),
    footer="Clinique du Pas-des-Loups - 27, boulevard Ferdinand-Aubriot - 99600 Montrésol",
    page_of="Page {page} sur {pages}",
    accent="#2f5d3a",
)
