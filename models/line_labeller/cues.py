"""Closed lists of words that say what kind of line it is, French and English, and where they stand.

They are words of the form of clinical documents (services, functions, streets, units, headings), never names,
and few enough to read. Accents do not matter: text recognition drops them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from models.sentence_boundary.fast.characters import characters

Array = NDArray[Any]

_LISTS: Final = {
    "function": """le la les l de du des d et un une en est a au aux par pour avec sans sous sur dans ce cette ces qui
        que qu il elle son sa ses ne pas plus nous vous je se s y on ont ete etait sont mais ou donc depuis lors votre
        notre mon the of and to in is was were with without on for by an at from her his she he has had have are be
        been that this which who as or not no but it its they there after since due we i you your our my""",
    "institution": """hopital hopitaux hospital hospitals chu chru ch chr chi ghu aphp hcl clinique clinic centre center
        hospitalier hospitaliere hospitaliers universitaire university infirmary trust nhs foundation institut
        institute fondation polyclinique maternite ehpad groupement group medical healthcare health sante assistance
        publique general regional college school faculte faculty republique""",
    "department": """service services department dept departement pole unite unit ward division laboratoire laboratory
        secretariat accueil batiment building floor etage hall aile wing consultations reception bloc bureau office
        plateau filiere federation""",
    "staff": """chef chefs praticien praticiens praticienne praticiennes hospitalieres interne internes cadre cadres
        infirmier infirmiere infirmiers infirmieres assistant assistante assistants assistantes attache attachee
        attaches secretaire secretaires secretary secretaries consultant consultants registrar registrars matron nurse
        nurses sister manager managers coordinator coordinateur coordinatrice coordination psychologue psychologues
        dieteticienne dieteticiennes kinesitherapeute kinesitherapeutes physiotherapist physiotherapists dietitian
        dietitians pharmacist pharmacists pharmacien pharmacienne fellow fellows senior junior staff team equipe lead
        head director directeur directrice clinicat responsable medecin medecins physician physicians specialist
        specialists adjoint adjointe sage femme specialty trainee externe externes aide soignante social sociale
        ergotherapeute orthophoniste associate associates professor professors attending resident residents""",
    "name_title": """dr drs pr prof professeur professeurs professor docteur docteurs doctor m mm mme mmes mlle mr mrs
        ms miss monsieur madame""",
    "degree": "md phd frcp mrcp frcs mbbs mbchb bmbs rn rgn msc bsc do facp gmc nmc ccst np pa pharmd frcpath mrcgp",
    "street": """rue avenue av ave boulevard bd blvd place allee allees chemin impasse quai cours cedex bp street st road
        rd lane drive square suite postcode box route cs crescent terrace way hill gardens""",
    "contact": """tel telephone telephones phone phones fax telecopie mail mails email emails mel courriel www http https
        rdv rendez bleep pager ext extension poste site web standard secretariat switchboard direct mobile appointments
        urgences contact contacts messagerie mssante""",
    "closing": """sincerely faithfully regards yours cordialement confraternellement confraternelles confraternels
        salutations sentiments distingues devoues meilleures amicalement agreer veuillez prie croire expression
        assurance respectueusement truly wishes remerciant cordiales hommages consideration""",
    "signed": """signe signee signed electronically electroniquement electronique electronic signature signatures
        valide validee validated approved authorised authorized dictated dicte dictee typed relu verifie verified
        tampon stamp cachet authenticated signataire redige countersigned completed""",
    "identity": """patient patiente ne nee born dob birth naissance sexe sex gender ipp nip nir mrn nda iep dossier
        identifiant number nom prenom name surname forename age ans years old admission admitted admis admise sortie
        entree discharge discharged sejour hospitalise hospitalisee du au date unit no hospital episode insurance ins
        adresse address usuel usage""",
    "reference": """re ref refs reference objet copie copies cc concerning concerne subject destinataire destinataires
        recipient recipients dest attention attn to from adressee enclosure""",
    "title": """compte rendu cr crh lettre courrier summary discharge report letter hospitalisation hospitalization
        consultation sortie liaison synthese bulletin ordonnance prescription certificate certificat operatoire
        operative note notes rapport fiche clinic clinical visit encounter outpatient inpatient referral transfer
        transfert urgences emergency record""",
    "section": """motif motifs antecedent antecedents atcd histoire examen examens conclusion conclusions traitement
        traitements biologie biologiques biologique imagerie evolution mode vie allergie allergies anamnese diagnosis
        diagnoses diagnostic diagnostics history past presenting complaint present illness medication medications
        assessment plan examination investigation investigations results family social review systems impression exam
        physical subjective objective hpi pmh psh course recommendations procedure procedures findings background
        progress management risk habitus clinique paraclinique paracliniques complementaires discussion introduction
        methods method materials references abstract keywords acknowledgements acknowledgments prise charge total
        devenir suites facteurs risques personnels familiaux medicaux chirurgicaux chief reason admission vitals vital
        signs laboratory data imaging actuelle maladie principal problem problems list instructions followup condition
        synthese surveillance consignes habituel habituels projet resultats bilan electrocardiogramme radiology hospital
        surgical summary indication technique""",
    "unit": """mg g dl l ml mmol umol µmol μmol mol ui iu meq kg cm mm bpm mmhg fl pg ng µg μg mcg giga tera u cp cpr gel
        tab tabs tablet tablets capsule capsules comprime comprimes gelule gelules po iv sc od bd tds qds prn bid tid
        qd hr min h gg kpa pmol ugl mui miu ph gouttes puff puffs sachet sachets ampoule ampoules""",
    "grid": """resultat resultats result results valeur valeurs value values norme normes normal normale reference range
        unite unites unit units posologie dose doses dosage frequency frequence voie route matin midi soir coucher
        morning noon evening bedtime tableau table duree duration analyse analyses test tests parameter parametre
        medicament medicaments drug drugs date flag interval usuelles usuelle anteriorite medication strength""",
    "analyte": """sodium potassium creatinine hemoglobine haemoglobin hemoglobin leucocytes wbc rbc platelets plaquettes
        crp glucose glycemie glycaemia urea uree alat asat alt ast bilirubin bilirubine calcium chloride chlore
        chlorures albumin albumine inr tsh ferritin ferritine hba hbac ldl hdl cholesterol triglycerides proteines
        protein neutrophils lymphocytes egfr dfg troponin troponine bnp ntprobnp lactate lactates hematocrit
        haematocrit hematocrite vgm mcv phosphatase ggt amylase lipase hematies polynucleaires neutrophiles
        procalcitonin procalcitonine bicarbonate bicarbonates phosphate magnesium fibrinogene tp tca""",
    "legal": """imprime imprimee printed edite editee confidentiel confidentielle confidential confidentialite siret
        siren finess rpps adeli ape tva capital association loi version document reproduction diffusion secret intended
        recipient copyright registered charity company rights reserved disclosure privileged genere generee generated
        logiciel doi journal vol issn licence license published received accepted preprint etablissement article code
        certifie accredited agreement regulated notice prohibited addressee error creative commons""",
    "salutation": """cher chere chers cheres dear confrere confreres consoeur consoeurs consœur consœurs collegue ami
        amie colleague colleagues""",
    "calendar": """janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february
        march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct
        nov dec lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday
        sunday""",
    "page": "page pages pg p folio feuillet sheet",
    "page_of": "sur of de",
}
NAMES: Final = tuple(_LISTS)

_TOKEN = re.compile(r"[^\W\d_]+|\n")
_BREAK = 1 << 31
_ACCENTS: Final = ("àâäáãåéèêëíìîïóòôöõúùûüçñýÿ", "aaaaaaeeeeiiiiooooouuuucnyy")


@cache
def _codes() -> dict[str, int]:
    codes: dict[str, int] = {"\n": _BREAK}
    for number, words in enumerate(_LISTS.values()):
        for word in words.split():
            codes[word] = codes.get(word, 0) | 1 << number
    return codes


@cache
def unaccented() -> Array:
    """Return the table uint32[code points] of the small letter without accent for each character; every decimal
    digit is "0". A combining accent stays: texts come composed (NFC)."""
    table = characters().folded.copy()
    for accented, letter in zip(*_ACCENTS, strict=True):
        table[[ord(accented), ord(accented.upper())]] = ord(letter)
    return table


def counts(joined: str, lines: int) -> tuple[Array, Array, Array]:
    """Count the words of each list in each line.

    Args:
        joined: the lines through ``unaccented``, each ended by a line feed.
        lines: their number.

    Returns:
        int64[lists, lines] counts in the order of ``NAMES``; int64[lines] all words; bool[lists, lines] whether
        the first word is of the list.
    """
    tokens: Sequence[str] = _TOKEN.findall(joined)
    get = _codes().get
    codes = np.array([get(token, 0) for token in tokens], np.int64)
    breaks = codes == _BREAK
    owner = np.cumsum(breaks) - breaks
    words = np.bincount(owner[~breaks], minlength=lines)
    first = np.zeros(lines, np.int64)
    opening = np.flatnonzero(~breaks & np.concatenate(([True], breaks[:-1]))) if len(codes) else codes
    first[owner[opening]] = codes[opening]
    told = np.flatnonzero((codes != 0) & ~breaks)
    owner, codes = owner[told], codes[told]
    bits = np.arange(len(NAMES))[:, np.newaxis]
    found = np.stack(
        [np.bincount(owner[(codes >> number) & 1 == 1], minlength=lines) for number in range(len(NAMES))]
    )
    return found, words, (first >> bits) & 1 == 1
