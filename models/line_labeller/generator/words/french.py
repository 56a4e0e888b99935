"""French."""

from __future__ import annotations

from models.line_labeller.generator.words.words import Words


def _of(text: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(mark) if part.strip())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


FRENCH = Words(
    code="fr",
    first_women=_of(
        "Jeanne|Monique|Chantal|Sylvie|Nathalie|Isabelle|Catherine|Aïcha|Fatoumata|Claire|Émilie|Julie|Sarah|Inès"
        "|Léa|Manon|Camille|Marie-Thérèse|Anne-Laure|Yvette|Simone|Lucienne|Denise|Odile|Solange|Béatrice|Sabrina"
        "|Nadia|Khadija|Thi Hoa|Agnieszka|Maria|Rosa|Josiane|Ginette|Huguette|Élodie|Aurélie|Mélanie|Gwenaëlle"
    ),
    first_men=_of(
        "Michel|Gérard|Alain|Philippe|Patrick|Jean-Pierre|Jean-Marc|Mohamed|Karim|Ibrahima|Nicolas|Thomas|Hugo|Lucas"
        "|Mathis|Yanis|André|Raymond|Marcel|Roger|Lucien|Fernand|Olivier|Stéphane|Christophe|Sébastien|Loïc|Yann"
        "|Gaëtan|Benoît|Cédric|Didier|Serge|Bruno|Rachid|Moussa|Antonio|Manuel|Piotr|Van Minh"
    ),
    last=_of(
        "Martin|Bernard|Petit|Durand|Leroy|Moreau|Simon|Laurent|Lefebvre|Michel|Garcia|Roux|Fournier|Girard|Bonnet"
        "|Lambert|Fontaine|Rousseau|Vincent|Muller|Lefèvre|Faure|Mercier|Blanc|Guérin|Boyer|Garnier|Chevalier|Perrin"
        "|Benali|Haddad|Diallo|Traoré|N'Guyen|Da Silva|Kowalczyk|Le Goff|Le Bihan|Kerbrat|d'Aubigny|de La Roche"
        "|Schneider|Weber|Meyer|Abdelkader|Ouédraogo|Rakoto|Pham|Lopes|Ferreira"
    ),
    last_parts=(
        _of(
            "Bar|Cou|Del|Ga|Mar|Pel|Ros|Tur|Vil|Cha|Bou|Fer|Lam|Mon|Pou|Ri|Sau|Ter|Val|Gri|Bru|Cor|Des|Hu|Jo|Ker"
        ),
        _of(
            "nier|tier|lard|mont|vaux|teau|geon|dier|sson|rand|bert|ville|champ|dec|gnon|bois|ney|vel|lon|court|zac|lin"
        ),
    ),
    women=_of("Mme|Madame|Mlle|MME|Mme|Madame"),
    men=_of("M.|Monsieur|Mr|M|MR|Monsieur"),
    doctors=_of("Dr|Pr|Docteur|Professeur|Dr.|Pr.|DR|Le Dr"),
    roles=_of(
        "Chef de service|Praticien hospitalier|PH temps plein|Chef de clinique assistant|Interne|Assistant spécialiste"
        "|Cadre de santé|Secrétaire médicale|Médecin attaché|Praticien contractuel|PU-PH|MCU-PH|Psychologue|Infirmière"
        " de coordination|Assistante sociale|Diététicienne|Kinésithérapeute|Sage-femme|Médecin radiologue|Biologiste"
        " médical|Chirurgien|Anesthésiste-réanimateur|Médecin gériatre|Responsable d'unité|FFI|Docteur junior"
    ),
    cities=_of(
        "Paris|Lyon|Marseille|Lille|Nantes|Rennes|Brest|Quimper|Caen|Rouen|Amiens|Reims|Metz|Nancy|Strasbourg|Dijon"
        "|Besançon|Grenoble|Chambéry|Annecy|Saint-Étienne|Clermont-Ferrand|Limoges|Poitiers|Tours|Orléans|Angers|Le Mans"
        "|Bordeaux|Pau|Bayonne|Toulouse|Montpellier|Nîmes|Perpignan|Toulon|Nice|Ajaccio|Fort-de-France|Saint-Denis"
        "|Créteil|Bobigny|Villejuif|Aulnay-sous-Bois|La Roche-sur-Yon|Sainte-Foy|Montbriand-les-Eaux|Vauxcelles"
    ),
    streets=_of(
        "{n} rue de la République|{n}, avenue du Général Leclerc|{n} boulevard de l'Hôpital|{n} bis rue des Lilas"
        "|{n} place de la Mairie|{n}, rue Jean Moulin|{n} chemin des Vignes|{n} allée des Tilleuls|{n} impasse du Moulin"
        "|{n}, rue du Faubourg Saint-Jacques|{n} quai de la Loire|Résidence Les Cèdres, bât. B|Lieu-dit Kervazo"
        "|{n} cours Gambetta|ZAC des Peupliers, {n} rue Ampère|{n} rue Pasteur - BP ###|BP ####|CS #####"
        "|{n}, route de {city}|Centre médical des Halles, {n} rue Victor Hugo|Maison de santé, {n} rue du Stade"
    ),
    hospitals=_of(
        "CHU de {city}|Centre Hospitalier de {city}|Centre Hospitalier Universitaire de {city}|Hôpital {saint}"
        "|Clinique {saint}|Polyclinique de {city}|Groupe Hospitalier {saint}|Hôpitaux Universitaires de {city}"
        "|Centre Hospitalier {saint}|Institut de Cancérologie de {city}|Hôpital Privé {saint}|CHI {city} - {city2}"
        "|Hôpital d'Instruction des Armées {saint}|GHT {city} Sud|Clinique du {saint2}|Fondation Hôpital {saint}"
        "|Centre de Rééducation {saint}|EHPAD Résidence {saint}|Maison de Santé {saint}|Centre d'Imagerie {saint}"
        "|Laboratoire de Biologie Médicale {saint}|HÔPITAL {saint}|CENTRE HOSPITALIER DE {CITY}|CHRU {CITY}"
    ),
    saints=_of(
        "Saint-Antoine du Lac|Sainte-Marguerite|Saint-Vincent|Bel-Air|Les Oliviers|Jean Verdun|Albert Coste|Nord-Rive"
        "|La Colombière|Saint-Roch|Lavoisier|Marie Duval|du Grand Parc|Les Tilleuls|Notre-Dame|Émile Roussin"
        "|Beauséjour|Val-Fleury|de la Timonerie|Édouard Morel|Louis Perrault|des Trois Rivières|Sainte-Anne-du-Port"
    ),
    trusts=_of(
        "Assistance Publique - Hôpitaux|Groupe hospitalier universitaire Nord|Hospices Civils|Groupement Hospitalier"
        " de Territoire|Établissement public de santé|ESPIC|Direction de la Qualité|Fédération médico-chirurgicale"
        "|Établissement de santé privé d'intérêt collectif|Membre de l'Université de {city}|Groupe Santé Atlantique"
    ),
    units=_of(
        "Service de Maladies Infectieuses et Tropicales|Service de Cardiologie|Service de Médecine Interne|Service de"
        " Pneumologie|Service de Gériatrie aiguë|Service d'Endocrinologie - Diabétologie|Service de Néphrologie et"
        " Dialyse|Service de Neurologie|Unité Neuro-Vasculaire|Service d'Hépato-Gastro-Entérologie|Service de Chirurgie"
        " Digestive|Service d'Orthopédie et Traumatologie|Service d'Urologie|Service de Gynécologie-Obstétrique"
        "|Maternité|Service de Pédiatrie|Service d'Accueil des Urgences|Réanimation polyvalente|Service d'Oncologie"
        " médicale|Hématologie clinique|Service de Rhumatologie|Service de Dermatologie|Service d'ORL et chirurgie"
        " cervico-faciale|Service d'Ophtalmologie|Psychiatrie de liaison|Service de Radiologie et Imagerie médicale"
        "|Service de Médecine nucléaire|Laboratoire de Bactériologie|Laboratoire de Biochimie|Anatomie et Cytologie"
        " Pathologiques|Hôpital de jour|Unité de Soins Palliatifs|SSR Gériatrique|Court séjour gériatrique|Service"
        " d'Anesthésie|Unité d'Hospitalisation de Courte Durée|Chirurgie Vasculaire|Chirurgie Thoracique|Centre de la"
        " Douleur|Addictologie|Médecine Physique et Réadaptation|Consultation d'Allergologie"
    ),
    departments=_of(
        "Pôle Médecine|Pôle Cardio-Thoracique|Pôle Femme-Mère-Enfant|Pôle Urgences-Réanimation|PÔLE CHIRURGIE|Pôle"
        " Neurosciences|Pôle Imagerie|Pôle Biologie-Pathologie|Département de Gériatrie|Département d'Oncologie"
        "|Pôle Digestif|DMU Spécialités|Pôle Rein-Endocrinologie|Pôle Infectiologie et Immunologie|Bâtiment C - 3e étage"
    ),
    phones=_of(
        "0# ## ## ## ##|0#.##.##.##.##|0#-##-##-##-##|0#########|+33 # ## ## ## ##|(33) # ## ## ## ##|## ## ##|poste ####"
    ),
    phone_words=_of(
        "Tél : {}|Tél. {}|Tel : {}|Téléphone : {}|Tél.: {}|☎ {}|T. {}|Secrétariat : {}|Standard : {}|Rendez-vous : {}|{}"
    ),
    fax_words=_of("Fax : {}|Fax {}|Télécopie : {}|Fax.: {}|F. {}|Fax secrétariat : {}"),
    mail_words=_of("{}|Mail : {}|Courriel : {}|E-mail : {}|email : {}|Secrétariat : {}"),
    dates=_of("{d}/{m}/{y}|{D} {M} {y}|{d}.{m}.{y}|{d}/{m}/{yy}|{d}-{m}-{y}|{D} {M} {y}"),
    months=_of("janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"),
    zips=_of("#####|#####|## ###"),
    numbers=_of(
        "IPP : ##########|NIP : #########|N° dossier : ########|IPP ########|N° patient ######|NDA : ##########"
    ),
    letterhead_lines=_lines(
        """
        Médecin généraliste
        Spécialiste en cardiologie
        Diplômé de la Faculté de {city}
        N° RPPS ###########
        Conventionné secteur 1
        Maladies infectieuses - Médecine du voyage
        Ancien interne des hôpitaux
        {other_doctor} - {other_doctor} - {other_doctor}
        {other_doctor}, {role}
        {other_doctor}
        {hospital}
        {trust}
        {unit}
        {department}
        {street} - {zip} {city}
        {street}
        {zip} {CITY} CEDEX
        {phone} - {fax}
        {phone}
        {fax}
        {mail}
        {web}
        Chef de service : {chief}
        Secrétariat : {any_phone}
        Standard : {any_phone}
        Hospitalisation : {any_phone} - Consultations : {any_phone}
        N° FINESS : #########
        Direction générale
        Urgences 24h/24 : {any_phone}
        Responsable : {chief}
        Consultations sur rendez-vous du lundi au vendredi de 9h à 17h
        """
    ),
    running_lines=_lines(
        """
        {patient} - {number}
        {LAST} {first} né(e) le {dob}
        Patient : {patient} - Né(e) le {dob} - {number}
        {patient}
        {patient} ({number})
        {LAST} {first} - {dob} - {sex}
        {title} - {patient}
        {title} du {date}
        {hospital} - {unit}
        {unit}
        {number} {LAST} {first}
        Nom : {LAST} Prénom : {first} DDN : {dob}
        Suite du courrier concernant {patient}
        Dossier {LAST} {first} (suite)
        {hospital}
        Séjour n° ######### - {patient} - {unit}
        CR {unit} {date} {LAST}
        Document validé le {date} à {time}
        {LAST} {first}, {age} ans, {number}
        Concernant : {patient}, né(e) le {dob}
        Réf. : {initials}/{initials2}/####
        Édité le {date} - {hospital}
        """
    ),
    footer_lines=_lines(
        """
        {other_doctor} - {role} - {any_phone}
        {other_doctor} {other_doctor} {other_doctor}
        {doctor}
        {hospital}
        {hospital} - {street} - {zip} {city} - {phone}
        {hospital} - {unit}
        {street} {zip} {CITY} - {phone} - {fax}
        {phone} | {fax} | {web}
        {web}
        {hospital} - {street}, {zip} {city}
        Établissement public de santé - SIRET ### ### ### #####
        N° FINESS ######### - N° SIRET ##############
        {trust} - {hospital}
        {unit} - Secrétariat {any_phone} - {mail}
        Prise de rendez-vous : {any_phone} ou {web}
        Secrétariat ouvert de 8h30 à 17h00 du lundi au vendredi - {any_phone}
        {patient} - {number}
        {LAST} {first} - né(e) le {dob}
        {title} - {date}
        Réf. {initials}/{initials2} - dossier ######
        Document #### v#.# - applicable au {date}
        {initials}-FOR-### - version ## - {date}
        Accès : tramway ligne B, arrêt Hôpital - parking visiteurs P2
        Clinique conventionnée - RCS {city} ### ### ###
        Établissement certifié par la HAS
        {mail}
        En cas d'urgence : composez le 15
        """
    ),
    legal_lines=_lines(
        """
        Document confidentiel couvert par le secret médical - ne pas diffuser
        Ce document contient des données de santé à caractère personnel.
        Les informations recueillies font l'objet d'un traitement informatique. Vous disposez d'un droit d'accès et de
        Conformément à la loi Informatique et Libertés du 6 janvier 1978, vous pouvez exercer votre droit d'accès auprès de la direction.
        Si vous n'êtes pas le destinataire de ce courrier, merci de le retourner à l'expéditeur.
        Toute reproduction, même partielle, de ce document est interdite.
        Membre d'une association de gestion agréée, le règlement par chèque est accepté.
        Dans le cadre de la permanence des soins, contactez le 15 en l'absence du médecin.
        Accréditation n° #-#### - portée disponible sur www.cofrac.fr
        Compte rendu transmis au médecin traitant et déposé dans Mon espace santé.
        Les examens marqués d'un astérisque ne sont pas couverts par l'accréditation.
        CONFIDENTIEL - SECRET MÉDICAL
        L'usage du tabac est interdit dans l'enceinte de l'établissement.
        """
    ),
    print_lines=_lines(
        """
        Imprimé le {date} à {time} par {user}
        Édité le {date} {time}
        Édition du {date} à {time}
        Document généré automatiquement le {date}
        Date d'impression : {date} {time}
        Validé électroniquement le {date} à {time} - Imprimé le {date}
        Imprimé par : {user} - {date} {time}
        DxCare - {date} {time} - {user}
        Créé le {date} - modifié le {date} - version #
        {file}
        Frappe : {initials2} - dicté le {date}
        """
    ),
    page_numbers=_lines(
        """
        {p}
        - {p} -
        {p}/{n}
        {p} / {n}
        Page {p}
        Page {p}/{n}
        Page {p} / {n}
        Page {p} sur {n}
        page {p} sur {n}
        p. {p}
        p. {p} sur {n}
        p.{p}/{n}
        P. {p}
        PAGE {p}
        Page n° {p}
        Page : {p}
        Page : {p}/{n}
        Pages : {p}/{n}
        ({p})
        [{p}/{n}]
        – {p} –
        {p} | Page
        Page {p} de {n}
        Feuillet {p}/{n}
        pg {p}
        -{p}-
        {p}.
        Page: {p} sur {n}
        Folio {p}
        """
    ),
    continued=_lines(
        """
        .../...
        …/…
        Suite page suivante
        T.S.V.P.
        """
    ),
    staff_titles=_lines(
        """
        Chef de service
        CHEF DE SERVICE
        Praticiens hospitaliers
        Praticiens Hospitaliers :
        PRATICIENS HOSPITALIERS
        Médecins
        Chefs de clinique
        Chefs de clinique - Assistants
        Assistants
        Attachés
        Praticiens attachés
        Internes
        Cadre de santé
        Cadre supérieur de santé
        Cadres de santé
        Secrétariat
        Secrétariat médical
        Secrétaires
        SECRÉTARIAT HOSPITALISATION
        Consultations
        Consultation d'infectiologie
        Hôpital de jour
        HÔPITAL DE SEMAINE
        Hospitalisation
        Unité de soins intensifs
        Unité d'insuffisance cardiaque
        Rythmologie
        Centre de dépistage
        Consultation du voyage et vaccinations
        Diabétologie
        Oncologie thoracique
        Équipe mobile de gériatrie
        Équipe opérationnelle d'hygiène
        Infirmière de coordination
        Psychologue
        Assistante sociale
        Diététicienne
        Prise de rendez-vous
        Urgences
        Avis téléphonique
        Numéro utile
        Chirurgie
        Anesthésie
        Coordonnateur
        Responsable du pôle
        Radiologues
        Biologistes
        Téléphones
        """
    ),
    staff_extras=_lines(
        """
        {hospital}
        {street}
        {zip} {city}
        {role}
        {unit}
        {web}
        du lundi au vendredi
        de 9h à 17h
        3e étage, secteur bleu
        Bâtiment {initials}
        Salle d'attente A
        sur rendez-vous
        Fax : {any_phone}
        Tél : {any_phone}
        {any_phone}
        {mail}
        poste ####
        Astreinte : {any_phone}
        Infections ostéo-articulaires
        Hépatites virales - VIH
        Infections nosocomiales
        Insuffisance cardiaque
        Sommeil et ventilation
        Allergologie
        N° RPPS ###########
        Conventionné secteur 1
        Ancien interne des hôpitaux
        Ancien chef de clinique
        Sepsis - endocardites
        """
    ),
    patient_fields=(
        ("Nom", "{LAST}"),
        ("Prénom", "{first}"),
        ("Nom de naissance", "{LAST}"),
        ("Nom usuel", "{LAST}"),
        ("Né(e) le", "{dob}"),
        ("Date de naissance", "{dob}"),
        ("DDN", "{dob}"),
        ("Sexe", "{sex}"),
        ("Âge", "{age} ans"),
        ("IPP", "##########"),
        ("N° de séjour", "#########"),
        ("NDA", "##########"),
        ("N° dossier", "######"),
        ("Adresse", "{home}"),
        ("Téléphone", "{any_phone}"),
        ("Médecin traitant", "{other_doctor}"),
        ("Date d'entrée", "{date_in}"),
        ("Date de sortie", "{date}"),
        ("Unité", "{unit}"),
        ("Chambre", "###"),
        ("N° Sécurité sociale", "# ## ## ## ### ### ##"),
        ("INS", "###############"),
        ("Prescripteur", "{other_doctor}"),
        ("Lit", "## P"),
        ("Date de l'examen", "{date}"),
        ("Poids", "## kg"),
        ("Taille", "1## cm"),
        ("UF", "####"),
        ("Lieu de naissance", "{city}"),
        ("Personne à prévenir", "{relative}"),
        ("Mutuelle", "oui"),
    ),
    patient_lines=_lines(
        """
        {patient}
        {patient}, né(e) le {dob}
        {LAST} {first}
        Né(e) le {dob} ({age} ans)
        {dob} - {sex}
        {number}
        Nom : {LAST}
        Prénom : {first}
        Né(e) {LAST} le {dob}
        {home}
        {homezip} {HOMECITY}
        Patient : {patient}
        Patiente née le {dob} à {city}
        Hospitalisé(e) du {date_in} au {date}
        Médecin traitant : {other_doctor}
        Entrée : {date_in} Sortie : {date}
        """
    ),
    place_date=_lines(
        """
        {city}, le {date}
        Le {date}
        {CITY}, le {date}
        Fait à {city}, le {date}
        À {city}, le {date}
        le {date}
        {date}
        Date : {date}
        Courrier du {date}
        Date de la consultation : {date}
        """
    ),
    subjects=_lines(
        """
        Objet : {patient}
        Objet : hospitalisation du {date_in} au {date}
        Concerne : {patient}, né(e) le {dob}
        Objet : consultation du {date}
        V/Réf : ###/{initials}
        N/Réf : {initials}/{initials2} ####
        Réf : {initials}/{initials2}
        Réf. dossier : ########
        Concernant : {patient} - {number}
        OBJET : Courrier de sortie de {patient}
        """
    ),
    copies=_lines(
        """
        Copie : {other_doctor}
        Copies à : {other_doctor}, {other_doctor}
        Double adressé à {other_doctor}
        CC : {other_doctor}
        Copie au patient
        Destinataires : {other_doctor} ; {other_doctor}
        """
    ),
    salutations=_lines(
        """
        Cher Confrère,
        Chère Consœur, cher Confrère,
        Mon cher Confrère,
        Chère amie, cher ami,
        Cher ami,
        Docteur,
        Monsieur le Professeur,
        Madame, Monsieur,
        Chers confrères,
        Bonjour,
        Cher collègue,
        Monsieur et cher confrère,
        """
    ),
    openings=_lines(
        """
        Votre patient(e) {patient}, né(e) le {dob}, a été hospitalisé(e) dans le service du {date_in} au {date}.
        Je vous remercie de m'avoir adressé {patient}, que j'ai vu(e) en consultation le {date}.
        J'ai vu ce jour en consultation {patient}, âgé(e) de {age} ans, dont vous assurez le suivi.
        Nous avons pris en charge {patient}, {age} ans, pour une altération de l'état général fébrile.
        Merci de bien vouloir trouver ci-dessous le compte rendu concernant {patient}.
        Voici les nouvelles de {patient} que nous suivons régulièrement.
        {patient} a séjourné dans notre unité du {date_in} au {date} au décours d'un passage aux urgences.
        Je revois ce jour {patient} dans le cadre de son suivi annuel.
        """
    ),
    closings=_lines(
        """
        Bien confraternellement.
        Bien confraternellement,
        Confraternellement,
        Très confraternellement.
        Bien amicalement,
        Bien cordialement.
        Avec mes sentiments les meilleurs.
        Je vous prie de croire, cher Confrère, en l'assurance de mes sentiments les meilleurs.
        Veuillez agréer, Docteur, l'expression de mes salutations confraternelles.
        En restant à votre disposition, je vous prie de recevoir mes cordiales salutations.
        Croyez, cher ami, à mes sentiments les plus cordiaux.
        Avec nos remerciements pour votre confiance, bien confraternellement.
        Recevez, Madame, Monsieur, nos salutations distinguées.
        Sincères salutations,
        """
    ),
    signed=_lines(
        """
        Signé électroniquement le {date} à {time} par {doctor}
        Document signé électroniquement par {doctor}
        Validé électroniquement par {doctor} le {date}
        Compte rendu validé par {doctor} le {date} à {time}
        Signature électronique : {doctor}
        Dicté mais non relu, signé par délégation
        Lu et validé le {date}
        Signé par {doctor} le {date} {time}
        P/O {doctor}
        """
    ),
    signers=_lines(
        """
        {doctor}
        {role}
        {role} - {unit}
        {doctor}, {role}
        N° RPPS : ###########
        Interne : {junior}
        Interne du service
        Signature :
        Signature du médecin
        Le médecin responsable
        Cachet et signature
        {junior} - {doctor}
        Signataire : {doctor}
        Rédacteur : {junior}
        Validé par : {doctor}
        """
    ),
    stamps=_lines(
        """
        {DOCTOR}
        {unit}
        RPPS ###########
        N° ADELI ## # ##### #
        {hospital}
        {zip} {CITY}
        {any_phone}
        Reçu le {date}
        COPIE CONFORME
        VALIDÉ
        ARCHIVÉ LE {date}
        """
    ),
    watermarks=_of(
        "COPIE|DUPLICATA|CONFIDENTIEL|PROVISOIRE|NON VALIDÉ|BROUILLON|SPÉCIMEN|ORIGINAL PATIENT|EXEMPLAIRE PATIENT"
    ),
    titles={
        "stay": _lines(
            """
            Compte rendu d'hospitalisation
            COMPTE RENDU D'HOSPITALISATION
            Compte-Rendu d'Hospitalisation
            Lettre de liaison à la sortie
            LETTRE DE SORTIE
            Courrier de fin d'hospitalisation
            CRH définitif
            Synthèse médicale de séjour
            Compte rendu de séjour
            LETTRE DE LIAISON VILLE-HÔPITAL
            Rapport de sortie
            """
        ),
        "visit": _lines(
            """
            Compte rendu de consultation
            COMPTE RENDU DE CONSULTATION
            Consultation du {date}
            Consultation de {spec}
            Avis spécialisé
            Lettre de consultation
            CONSULTATION EXTERNE
            Compte-rendu de téléconsultation
            Consultation de suivi
            Consultation d'anesthésie
            Compte rendu de passage aux urgences
            Bilan de consultation mémoire
            """
        ),
        "operation": _lines(
            """
            Compte rendu opératoire
            COMPTE RENDU OPÉRATOIRE
            CRO du {date}
            Compte-rendu d'intervention
            Protocole opératoire
            COMPTE RENDU D'ENDOSCOPIE
            Compte rendu de coloscopie
            Compte rendu d'accouchement
            Coronarographie et angioplastie
            """
        ),
        "imaging": _lines(
            """
            SCANNER THORACO-ABDOMINO-PELVIEN
            IRM cérébrale
            Radiographie du thorax de face
            Échographie abdominale
            ECHOGRAPHIE-DOPPLER DES TRONCS SUPRA-AORTIQUES
            Compte rendu de scanner
            TDM abdomino-pelvienne avec injection
            Compte rendu d'imagerie
            Échocardiographie transthoracique
            MAMMOGRAPHIE BILATÉRALE
            Scintigraphie osseuse
            TEP-scanner au 18-FDG
            Compte rendu d'anatomie pathologique
            COMPTE RENDU D'ANATOMO-PATHOLOGIE
            Électroencéphalogramme
            """
        ),
        "laboratory": _lines(
            """
            Résultats d'analyses
            COMPTE RENDU D'ANALYSES DE BIOLOGIE MÉDICALE
            Résultats de biologie
            BILAN BIOLOGIQUE
            Compte rendu de bactériologie
            Examen cytobactériologique des urines
            Résultats complets
            """
        ),
        "prescription": _lines(
            """
            Ordonnance
            ORDONNANCE
            ORDONNANCE DE SORTIE
            Prescription médicale
            Prescriptions de sortie
            Ordonnance bizone
            Ordonnance de soins infirmiers
            BON DE TRANSPORT
            Prescription de kinésithérapie
            """
        ),
        "nursing": _lines(
            """
            Fiche de liaison infirmière
            Transmissions ciblées
            FEUILLE DE SURVEILLANCE
            Dossier de soins
            Macrocible d'entrée
            Plan de soins
            Diagramme de soins
            FICHE DE SUIVI DE PLAIE
            Évaluation gériatrique
            """
        ),
        "form": _lines(
            """
            Certificat médical
            CERTIFICAT MÉDICAL INITIAL
            Formulaire de consentement éclairé
            Consentement à l'acte chirurgical
            FICHE D'INFORMATION
            Demande d'examen
            Questionnaire médical
            BULLETIN DE SITUATION
            Fiche RCP
            Certificat d'aptitude
            Déclaration d'événement indésirable
            Attestation de présence
            Protocole de soins
            """
        ),
    },
    subtitles=_lines(
        """
        du {date_in} au {date}
        Séjour du {date_in} au {date}
        Examen du {date}
        {unit}
        du {date} à {time}
        Version définitive
        Service : {unit}
        """
    ),
    headings={
        "reason": _lines(
            """
            Motif d'hospitalisation
            MOTIF D'HOSPITALISATION
            Motif
            Motif de consultation
            Motif d'admission
            MOTIF D'ENTRÉE
            Raison de la venue
            Motif de recours
            Indication
            INDICATION
            Renseignements cliniques
            Contexte
            """
        ),
        "history": _lines(
            """
            Antécédents
            ANTÉCÉDENTS
            Antécédents médicaux
            Antécédents chirurgicaux
            Antécédents familiaux
            Antécédents et facteurs de risque
            ATCD
            Antécédents personnels
            Facteurs de risque cardiovasculaire
            Allergies
            ALLERGIES
            Mode de vie
            MODE DE VIE ET CONTEXTE SOCIAL
            Terrain
            Antécédents gynéco-obstétricaux
            """
        ),
        "story": _lines(
            """
            Histoire de la maladie
            HISTOIRE DE LA MALADIE
            HDM
            Histoire de la maladie actuelle
            Anamnèse
            Rappel de l'histoire
            Rappel clinique
            Interrogatoire
            Circonstances de survenue
            Données d'interrogatoire
            """
        ),
        "exam": _lines(
            """
            Examen clinique
            EXAMEN CLINIQUE
            Examen clinique d'entrée
            Examen physique
            Examen à l'admission
            Clinique
            Examen neurologique
            Examen clinique initial
            À l'examen
            Constantes
            Examen de sortie
            """
        ),
        "tests": _lines(
            """
            Examens complémentaires
            EXAMENS COMPLÉMENTAIRES
            Biologie
            BIOLOGIE
            Bilan biologique
            Imagerie
            IMAGERIE
            Paraclinique
            Bactériologie
            Scanner thoracique
            ECG
            Explorations
            Examens réalisés au cours du séjour
            """
        ),
        "course": _lines(
            """
            Évolution
            ÉVOLUTION DANS LE SERVICE
            Évolution dans le service
            Évolution et prise en charge
            Prise en charge
            Synthèse du séjour
            AU TOTAL
            Discussion
            Au plan infectieux
            Sur le plan cardiologique
            Sur le plan respiratoire
            Sur le plan nutritionnel
            Problèmes traités
            Évolution au cours du séjour
            """
        ),
        "drugs": _lines(
            """
            Traitement à l'entrée
            TRAITEMENT HABITUEL
            Traitement habituel
            Traitement de sortie
            TRAITEMENT DE SORTIE
            Traitements
            Traitement personnel
            Ordonnance de sortie
            Traitements arrêtés
            Conduite à tenir thérapeutique
            """
        ),
        "end": _lines(
            """
            Conclusion
            CONCLUSION
            Au total
            Conduite à tenir
            CONCLUSION ET CONDUITE À TENIR
            Suivi
            Suites à donner
            Projet de soins
            Devenir
            Rendez-vous prévus
            Diagnostic retenu
            DIAGNOSTIC PRINCIPAL
            Synthèse
            CAT
            Sortie
            """
        ),
        "technique": _lines(
            """
            Technique
            TECHNIQUE
            Protocole
            Installation
            Voie d'abord
            Temps opératoire
            Équipe
            Anesthésie
            Description de l'intervention
            GESTE RÉALISÉ
            """
        ),
        "result": _lines(
            """
            Résultats
            RÉSULTATS
            Résultat
            Description
            Étage thoracique
            Étage abdomino-pelvien
            Analyse
            Compte rendu
            Constatations
            Parenchyme
            Médiastin
            Cadre osseux
            Étude macroscopique
            Étude microscopique
            """
        ),
        "care": _lines(
            """
            Autonomie
            Alimentation
            Hydratation
            Élimination
            État cutané
            Sommeil
            Douleur
            Soins réalisés
            Cible : douleur
            Cible : risque de chute
            Surveillance
            Communication
            Mobilité
            ENTOURAGE ET AIDES
            Dispositifs en place
            Isolement
            """
        ),
    },
    heading_patterns=_lines(
        """
        Sur le plan {organ}
        Au plan {organ}
        Plan {organ}
        Bilan {organ}
        Examen {organ}
        Avis {organ}
        Évolution {organ}
        Antécédents {organ}s
        Problème # : {organ}
        {exam} du {any_date}
        {exam}
        {exam} de contrôle
        Résultats : {exam}
        Conclusion {organ}
        Traitement {organ}
        Surveillance {organ}
        Au décours : {exam}
        """
    ),
    organs=_of(
        "cardiologique|respiratoire|infectieux|neurologique|digestif|rénal|métabolique|nutritionnel|hématologique|rhumatologique"
        "|cutané|social|psychiatrique|thrombo-embolique|hémodynamique|ophtalmologique|urinaire|gynécologique|endocrinien|oncologique"
        "|orthopédique|gériatrique|antalgique|biologique|vasculaire|ORL|cognitif|immunologique|hépatique|pneumologique"
    ),
    exams=_of(
        "Échographie cardiaque|Scanner cérébral|IRM médullaire|Fibroscopie|Coloscopie|ECG|Holter ECG|Doppler veineux|Ponction"
        " lombaire|Hémocultures|ECBU|Gazométrie|Spirométrie|EFR|TDM thoracique|Radiographie du bassin|EEG|Myélogramme|Biopsie"
        " hépatique|Angio-scanner|Bilan martial|Sérologies|Épreuve d'effort|Scintigraphie pulmonaire|PET-scan|Échographie rénale"
    ),
    sentences={
        "reason": _lines(
            """
            Altération de l'état général fébrile depuis une semaine.
            Douleur thoracique.
            Dyspnée d'aggravation progressive.
            Chute à domicile avec station prolongée au sol.
            Découverte d'un diabète.
            Bilan d'une anémie ferriprive.
            Fièvre au retour de voyage.
            Suspicion d'infection urinaire.
            Prise en charge d'une pneumopathie hypoxémiante.
            Douleur de la fosse iliaque droite.
            Suivi à trois mois d'une pose de stent.
            Malaise avec perte de connaissance.
            """
        ),
        "history": _lines(
            """
            Hypertension artérielle traitée depuis {year}.
            HTA
            Diabète de type 2 non compliqué.
            Diabète de type 2 sous metformine, dernière HbA1c à # %.
            Fibrillation auriculaire paroxystique anticoagulée.
            Appendicectomie dans l'enfance.
            Cholécystectomie en {year}.
            Prothèse totale de hanche droite en {year}.
            Pas d'allergie connue.
            Allergie à la pénicilline (éruption cutanée).
            Tabagisme sevré, estimé à 30 paquets-années.
            Pas de consommation d'alcool.
            Vit à son domicile avec son conjoint, autonome pour les actes de la vie quotidienne.
            Insuffisance rénale chronique stade 3b.
            Asthme allergique.
            BPCO post-tabagique stade II
            Père décédé d'un infarctus du myocarde à 62 ans.
            Hypothyroïdie substituée.
            Cancer du sein droit traité en {year}, en rémission.
            Accident vasculaire cérébral ischémique en {year} sans séquelle.
            Retraité, ancien maçon, marié, deux enfants.
            Dyslipidémie.
            """
        ),
        "story": _lines(
            """
            Le patient décrit depuis quinze jours une toux productive avec fièvre vespérale et sueurs nocturnes.
            Les symptômes ont débuté brutalement le {date_in} vers {time} au repos, sans facteur déclenchant identifié.
            Devant la persistance de la fièvre, le médecin traitant a débuté une antibiothérapie par amoxicilline pendant sept jours, sans amélioration.
            Aux urgences, l'examen retrouvait une tension à 110/70 mmHg, une fréquence cardiaque à 98/min et une saturation à 92 % en air ambiant.
            Absence de douleur thoracique, de palpitation ou de syncope.
            La famille rapporte une confusion d'apparition récente, avec une perte d'appétit et un amaigrissement de 5 kg en deux mois.
            Il n'y a pas eu de voyage récent ni de contage tuberculeux.
            Un bilan biologique réalisé en ville retrouve un syndrome inflammatoire avec une CRP à 1## mg/L.
            La patiente a présenté deux épisodes de vomissements alimentaires sans diarrhée associée.
            Elle consulte pour la majoration de douleurs lombaires d'horaire inflammatoire.
            Pas de signe fonctionnel urinaire.
            """
        ),
        "exam": _lines(
            """
            Bon état général, apyrétique, hémodynamique stable.
            TA 1##/## mmHg, FC ## bpm, T 37,# °C, SpO2 9# % AA.
            Bruits du cœur réguliers, sans souffle perçu.
            Murmure vésiculaire symétrique, crépitants à la base droite.
            Abdomen souple, dépressible, indolore, sans défense.
            Pas d'œdème des membres inférieurs, mollets souples.
            Pas de déficit sensitivo-moteur, réflexes présents et symétriques.
            Aires ganglionnaires libres.
            Glasgow 15, orienté dans le temps et l'espace.
            Poids ## kg, taille 1## cm, IMC ##,# kg/m².
            Auscultation cardio-pulmonaire sans particularité.
            Pas de signe méningé.
            Plaie du talon gauche de 3 cm, fond fibrineux, sans signe d'infection locale.
            Touchers pelviens non réalisés.
            """
        ),
        "tests": _lines(
            """
            NFS : Hb 1#,# g/dL, leucocytes ##,# G/L, plaquettes 2## G/L.
            Ionogramme sanguin normal, créatinine ## µmol/L.
            Radiographie de thorax : foyer de condensation de la base droite, pas d'épanchement.
            Les hémocultures sont restées stériles.
            ECBU : culture positive à E. coli multisensible.
            Scanner cérébral sans injection : pas de saignement, pas d'effet de masse.
            ECG : rythme sinusal régulier, pas de trouble de la repolarisation.
            L'échographie cardiaque retrouve une FEVG à 55 %, sans valvulopathie significative.
            Sérologies VIH, VHB et VHC négatives.
            Troponine négative à deux reprises.
            Le scanner abdominal met en évidence une sigmoïdite non compliquée.
            """
        ),
        "course": _lines(
            """
            L'évolution est rapidement favorable sous antibiothérapie, avec apyrexie obtenue en quarante-huit heures.
            Au plan infectieux, une bithérapie par céfotaxime et rovamycine a été débutée puis relayée per os après trois jours.
            Le patient a bénéficié d'une prise en charge par le kinésithérapeute avec reprise de la marche à J3.
            Devant la découverte fortuite d'un nodule pulmonaire de 8 mm, un contrôle scannographique est programmé dans trois mois.
            La douleur est calmée par des antalgiques de palier I.
            Aucun événement rythmique n'a été enregistré au télémonitoring.
            Une transfusion de deux culots globulaires a été réalisée, bien tolérée.
            L'équipe mobile de gériatrie a proposé un retour à domicile avec passage infirmier quotidien.
            Il n'a pas été mis en évidence d'argument pour une récidive.
            Le bilan étiologique reste négatif à ce jour, et la ponction lombaire n'a pas montré d'hypercellularité.
            L'insuline rapide a été arrêtée au profit d'un schéma basal, avec des glycémies équilibrées.
            """
        ),
        "end": _lines(
            """
            Pneumopathie communautaire de la base droite d'évolution favorable.
            Sortie au domicile le {date} avec ordonnance.
            Contrôle biologique dans une semaine.
            Consultation de suivi prévue le {date} avec {other_doctor}.
            Le patient est informé des résultats et des consignes de surveillance.
            Poursuite du traitement pendant sept jours.
            Retrait des fils à J12 par une infirmière libérale.
            Pas d'argument pour une embolie pulmonaire.
            Reprise de l'anticoagulation à partir du {date}.
            Nous restons à votre disposition pour tout renseignement complémentaire.
            Reconsulter en cas de fièvre ou de douleur.
            Arrêt de travail de deux semaines.
            Transfert en soins de suite le {date}.
            """
        ),
        "technique": _lines(
            """
            Patient en décubitus dorsal sous anesthésie générale.
            Acquisition hélicoïdale après injection de produit de contraste iodé.
            Incision médiane sus et sous-ombilicale.
            Antibioprophylaxie par céfazoline 2 g à l'induction.
            Dissection du triangle de Calot, identification de l'artère et du canal cystiques, qui sont clippés puis sectionnés.
            Séquences T1, T2, FLAIR et diffusion dans les trois plans.
            Hémostase soigneuse, lavage abondant, fermeture plan par plan sur un drain aspiratif.
            Compte des compresses et des instruments exact.
            Mise en place d'une prothèse cimentée, réduction et testing satisfaisants.
            Étude réalisée par voie transthoracique, échogénicité moyenne.
            DLP : ### mGy.cm
            Durée de l'intervention : ## minutes, saignement estimé à ## mL.
            """
        ),
        "result": _lines(
            """
            Pas d'adénopathie médiastinale ou hilaire de taille significative.
            Foie de taille et de morphologie normales, sans lésion focale.
            Absence d'épanchement pleural ou péricardique.
            Micronodule du lobe supérieur droit de 4 mm, non spécifique.
            Pas de lésion osseuse suspecte.
            Système ventriculaire en place, non dilaté.
            Voies biliaires fines, vésicule alithiasique.
            Les reins sont de taille normale, sans dilatation des cavités pyélocalicielles.
            Discrète cardiomégalie, index cardio-thoracique à 0,5#.
            Fragment biopsique mesurant # mm, fixé en formol et inclus en totalité.
            Prolifération carcinomateuse d'architecture glandulaire, moyennement différenciée.
            Limites d'exérèse saines.
            """
        ),
        "care": _lines(
            """
            Aide partielle à la toilette, se mobilise avec un déambulateur.
            Pansement refait ce jour : plaie propre, bords nets, pas d'écoulement.
            EVA à #/10 à {time}, soulagée après paracétamol.
            Mange seul, texture mixée, eau gélifiée.
            Voie veineuse périphérique posée le {date} au bras gauche.
            Selles ce jour, diurèse conservée.
            A bien dormi, pas de plainte exprimée cette nuit.
            Risque d'escarre élevé, matelas à air en place.
            Famille vue ce jour, informée de la sortie.
            Surveillance de la glycémie capillaire trois fois par jour.
            Patient calme et coopérant, légèrement désorienté en fin de journée.
            """
        ),
    },
    findings=_lines(
        """
        sans argument pour une infection évolutive
        avec une bonne tolérance clinique
        en l'absence de facteur de risque identifié
        ce qui justifie une surveillance rapprochée
        selon l'avis des infectiologues
        à confronter aux données cliniques
        sans retentissement hémodynamique
        avec une régression complète des symptômes
        malgré un traitement bien conduit
        à réévaluer lors de la prochaine consultation
        """
    ),
    analytes=(
        ("Leucocytes", "G/L", "Hématologie", 4, 10),
        ("Hématies", "T/L", "Hématologie", 4, 5.7),
        ("Hémoglobine", "g/dL", "Hématologie", 12, 16),
        ("Hématocrite", "%", "Hématologie", 37, 47),
        ("VGM", "fL", "Hématologie", 80, 100),
        ("Plaquettes", "G/L", "Hématologie", 150, 400),
        ("Polynucléaires neutrophiles", "G/L", "Hématologie", 1.8, 7),
        ("Lymphocytes", "G/L", "Hématologie", 1, 4),
        ("Monocytes", "G/L", "Hématologie", 0.2, 1),
        ("CCMH", "g/dL", "Hématologie", 31, 36),
        ("TP", "%", "Hémostase", 70, 100),
        ("INR", "", "Hémostase", 0.9, 1.2),
        ("TCA ratio", "", "Hémostase", 0.8, 1.2),
        ("Fibrinogène", "g/L", "Hémostase", 2, 4),
        ("D-dimères", "ng/mL", "Hémostase", 100, 500),
        ("Sodium", "mmol/L", "Biochimie", 136, 145),
        ("Potassium", "mmol/L", "Biochimie", 3.5, 5.1),
        ("Chlorures", "mmol/L", "Biochimie", 98, 107),
        ("Bicarbonates", "mmol/L", "Biochimie", 22, 29),
        ("Urée", "mmol/L", "Biochimie", 2.5, 7.5),
        ("Créatinine", "µmol/L", "Biochimie", 50, 100),
        ("DFG (CKD-EPI)", "mL/min", "Biochimie", 60, 120),
        ("Glycémie à jeun", "mmol/L", "Biochimie", 3.9, 6.1),
        ("Calcium", "mmol/L", "Biochimie", 2.2, 2.6),
        ("Protéines totales", "g/L", "Biochimie", 64, 83),
        ("Albumine", "g/L", "Biochimie", 35, 50),
        ("CRP", "mg/L", "Biochimie", 0, 5),
        ("Ferritine", "µg/L", "Biochimie", 20, 250),
        ("ASAT", "UI/L", "Bilan hépatique", 5, 40),
        ("ALAT", "UI/L", "Bilan hépatique", 5, 45),
        ("Gamma GT", "UI/L", "Bilan hépatique", 8, 55),
        ("Phosphatases alcalines", "UI/L", "Bilan hépatique", 40, 130),
        ("Bilirubine totale", "µmol/L", "Bilan hépatique", 3, 21),
        ("TSH", "mUI/L", "Hormonologie", 0.4, 4),
        ("T4 libre", "pmol/L", "Hormonologie", 9, 19),
        ("HbA1c", "%", "Biochimie", 4, 6),
        ("Troponine", "ng/L", "Marqueurs cardiaques", 0, 14),
        ("NT-proBNP", "pg/mL", "Marqueurs cardiaques", 0, 300),
        ("Cholestérol total", "g/L", "Bilan lipidique", 1.2, 2),
        ("LDL", "g/L", "Bilan lipidique", 0.5, 1.6),
        ("HDL", "g/L", "Bilan lipidique", 0.4, 0.8),
        ("Triglycérides", "g/L", "Bilan lipidique", 0.4, 1.5),
        ("Vitamine D", "ng/mL", "Hormonologie", 30, 60),
        ("PSA total", "ng/mL", "Marqueurs", 0, 4),
        ("Acide urique", "µmol/L", "Biochimie", 150, 420),
    ),
    lab_heads=(
        _of("Analyse|Examen|Paramètre|Analyses|Dosage|ANALYSE|Libellé"),
        _of("Résultat|Valeur|RÉSULTAT|Résultats|Val."),
        _of("Unité|Unités|UNITÉ|U."),
        _of("Valeurs de référence|Normes|Réf.|Intervalle de référence|Normale|NORMES"),
        _of("Antériorité|Antérieur|{date_in}|Résultat du {date_in}"),
    ),
    lab_captions=_lines(
        """
        Tableau # : bilan biologique du {date}
        Bilan biologique d'entrée
        Résultats biologiques du {date} à {time}
        Biologie du {date}
        Évolution des paramètres biologiques
        """
    ),
    drugs=_lines(
        """
        AMOXICILLINE
        Augmentin
        PARACÉTAMOL
        Doliprane
        BISOPROLOL
        Ramipril
        FUROSÉMIDE
        Lasilix
        APIXABAN
        Eliquis
        KARDEGIC
        Atorvastatine
        Metformine
        LANTUS
        LEVOTHYROX
        Pantoprazole
        INEXIUM
        Oméprazole
        CEFTRIAXONE
        Ofloxacine
        Prednisone
        SOLUPRED
        Seretide
        VENTOLINE
        Tramadol
        SKENAN LP
        Zopiclone
        Sertraline
        Alprazolam
        SPASFON
        LOVENOX
        Innohep
        AMLODIPINE
        Périndopril
        Spironolactone
        MACROGOL
        UVEDOSE
        Colchicine
        Méthotrexate
        SPECIAFOLDINE
        Allopurinol
        """
    ),
    doses=_of(
        "1 g|500 mg|5 mg|10 mg|2,5 mg|20 mg|40 mg|75 mg|100 µg|1000 mg|850 mg|4000 UI|0,4 mL|80 mg|25 µg/h|100 UI/mL|250/25"
    ),
    frequencies=_lines(
        """
        1 comprimé matin et soir
        1 cp le matin
        1-0-1
        1 - 1 - 1
        0-0-1
        1 gélule par jour
        3 fois par jour
        1 sachet si douleur, toutes les 6 heures
        10 unités le soir
        2 bouffées matin et soir
        1 injection sous-cutanée par jour
        matin, midi et soir
        si besoin
        1 ampoule tous les 3 mois
        un comprimé au coucher
        """
    ),
    durations=_of(
        "pendant 7 jours|pendant 5 jours|QSP 1 mois|3 mois|à renouveler 2 fois|jusqu'au {date}|10 jours|au long cours|AR|QSP 28 jours"
    ),
    drug_heads=(
        _of("Médicament|Spécialité|Traitement|DCI|MÉDICAMENT|Produit"),
        _of("Posologie|Dose|Dosage|POSOLOGIE"),
        _of("Matin|M|8h|Mat."),
        _of("Midi|Mi|12h|Mid."),
        _of("Soir|S|19h"),
        _of("Coucher|C|22h|Nuit"),
        _of("Durée|Commentaire|Remarques|Arrêt le|Voie"),
    ),
    drug_captions=_lines(
        """
        Tableau des traitements
        Traitement de sortie
        Plan de prise
        Conciliation médicamenteuse
        """
    ),
    vitals=_of(
        "TA (mmHg)|FC (/min)|Température|SpO2 (%)|Diurèse (mL)|Poids (kg)|EVA|Glycémie (g/L)|FR (/min)|Glasgow|Selles|PAS/PAD"
    ),
    grids=(
        (
            _of("Date|Vaccin|Lot|Rappel"),
            (
                _of("{any_date}|{any_date}"),
                _of("DTP|Pneumocoque|Grippe|Hépatite B|ROR"),
                _of("A####|B##C#"),
                _of("{any_date}|-|fait"),
            ),
        ),
        (
            _of("Acte|Code CCAM|Date"),
            (
                _of("Angioplastie|Coloscopie totale|Pose de drain|Ponction lombaire|Biopsie"),
                _of("@@@@###|HHQE###"),
                _of("{any_date}|{date}"),
            ),
        ),
        (
            _of("Rendez-vous|Date|Heure|Lieu"),
            (
                _of("Consultation|Scanner|Prise de sang|Kinésithérapie|IRM"),
                _of("{any_date}|{any_date}"),
                _of("{time}|{time}"),
                _of("{city}|Bâtiment A|2e étage|Hôpital de jour"),
            ),
        ),
        (
            _of("Germe|Antibiotique|CMI|Sensibilité"),
            (
                _of("E. coli|S. aureus|K. pneumoniae"),
                _of("Amoxicilline|Céfotaxime|Gentamicine|Ofloxacine|Cotrimoxazole"),
                _of("< 0,5|2|> 8|0,25"),
                _of("S|R|I|Sensible|Résistant"),
            ),
        ),
        (
            _of("Segment|Sténose|Remarque"),
            (
                _of("IVA proximale|Circonflexe|Coronaire droite|Tronc commun"),
                _of("70 %|50 %|absence|occlusion"),
                _of("calcifiée|stent|longue|-"),
            ),
        ),
        (
            _of("Score|Valeur|Interprétation"),
            (
                _of("MMSE|ADL|IADL|GIR|MNA|Norton|Braden"),
                _of("##/30|#/6|##|#"),
                _of("normal|à risque|altéré|dénutrition"),
            ),
        ),
        (
            _of("Date|Heure|Transmission|Nom"),
            (
                _of("{any_date}|{date}"),
                _of("{time}|{time}"),
                _of("RAS|Pansement fait|Patient douloureux|Perfusion changée"),
                _of("{initials}|IDE {initials}"),
            ),
        ),
    ),
    questions=_lines(
        """
        Avez-vous déjà été opéré(e) ?
        Prenez-vous un traitement anticoagulant ?
        Êtes-vous allergique à un médicament ?
        Fumez-vous ?
        Avez-vous un pacemaker ?
        Grossesse en cours ?
        Date des derniers symptômes : .....................
        Personne à prévenir : ..............................
        Côté concerné :
        Transport : assis / couché
        Nature de l'examen demandé :
        Renseignements cliniques :
        Fonction rénale (date et valeur) :
        Précautions particulières :
        Isolement nécessaire
        Consentement recueilli le ...../...../.......
        Degré d'urgence
        Médecin demandeur (nom et téléphone) :
        Avez-vous des antécédents de maladie infectieuse ?
        """
    ),
    choices=_of(
        "☐ Oui ☐ Non|□ oui □ non|Oui / Non|[ ] Oui [ ] Non|OUI NON|☑ Oui ☐ Non|☐ Oui ☑ Non ☐ NSP|( ) oui (x) non"
    ),
    consent=_lines(
        """
        Je soussigné(e) {patient} déclare avoir reçu une information claire et loyale sur l'intervention proposée.
        J'ai pu poser toutes les questions que je souhaitais et j'ai obtenu des réponses compréhensibles.
        Les risques fréquents et les risques graves, même exceptionnels, m'ont été expliqués par {doctor}.
        Je peux retirer mon consentement à tout moment sans que la qualité des soins en soit affectée.
        L'intervention se déroule sous anesthésie générale et dure environ une heure.
        Les complications possibles sont l'hématome, l'infection du site opératoire et la phlébite.
        Je soussigné, {doctor}, certifie avoir examiné ce jour {patient}, né(e) le {dob}.
        L'état de santé de l'intéressé(e) nécessite un arrêt de travail de ## jours à compter du {date}.
        Certificat établi à la demande de l'intéressé(e) et remis en main propre pour faire valoir ce que de droit.
        Vous devez rester à jeun à partir de minuit la veille de l'intervention.
        """
    ),
    instructions=_lines(
        """
        Douche préopératoire la veille et le matin de l'intervention
        Apporter vos ordonnances et vos examens récents
        Ne pas conduire pendant vingt-quatre heures
        Surveiller la température matin et soir
        Reprendre une alimentation légère
        Éviter les efforts violents pendant trois semaines
        Pansement tous les deux jours par une infirmière à domicile
        Consulter en urgence en cas de saignement
        Bas de contention pendant dix jours
        Boire au moins un litre et demi d'eau par jour
        """
    ),
    topics=_of(
        "facteurs pronostiques de la pneumopathie chez le sujet âgé|prévalence des infections urinaires en gériatrie|prise"
        " en charge de la douleur postopératoire|résistance aux antibiotiques en ville|dépistage du diabète gestationnel"
        "|télésurveillance de l'insuffisance cardiaque|organisation des soins primaires en zone rurale|gestion des déchets"
        " en établissement|consommation énergétique des bâtiments publics|formation continue des soignants|qualité de l'air"
        " intérieur|accessibilité des transports urbains"
    ),
    journal_words=_of(
        "Revue Française de Médecine|Annales de Santé Publique|La Lettre du Clinicien|Archives de Pédiatrie Pratique|Bulletin"
        " Épidémiologique Régional|Cahiers de Gériatrie|Médecine et Sociétés|Rev Med Clin|Journal de Chirurgie Appliquée"
    ),
    publishers=_of(
        "Éditions Médicales du Sud|Société Savante de Médecine|Presses du Nord|Elvira Masson|Publications ouvertes"
    ),
    article_headings=_of(
        "Introduction|Matériel et méthodes|Méthodes|Résultats|Discussion|Conclusion|Références|Remerciements|Conflits d'intérêts|Observation|Patient et observation|Perspectives|Contexte|Recommandations"
    ),
    affiliations=_lines(
        """
        {unit}, {hospital}, {zip} {city}, France
        Université de {city}, Faculté de Médecine, {city}, France
        Inserm U####, {city}
        Laboratoire d'Épidémiologie, {hospital}
        """
    ),
    article_lines=_lines(
        """
        Reçu le {date_in} ; accepté le {date}
        Mots clés : {topic} ; soins ; étude rétrospective
        Auteur correspondant : {mail}
        Disponible en ligne sur {web}
        © {year} {publisher}. Tous droits réservés.
        """
    ),
    business=_lines(
        """
        Nous vous remercions de l'intérêt que vous portez à notre établissement et accusons réception de votre demande du {date_in}.
        Le comité de pilotage s'est réuni le {date} afin d'examiner l'avancement des travaux et le calendrier prévisionnel.
        Les dépenses de l'exercice s'élèvent à ### ### euros, en hausse de # % par rapport à l'année précédente.
        Conformément aux dispositions du marché, les pénalités de retard ne s'appliquent pas avant le {date}.
        Les effectifs restent stables avec ### agents en équivalent temps plein.
        Vous trouverez ci-joint les pièces justificatives nécessaires à l'instruction de votre dossier.
        La mise en service du nouveau logiciel est reportée au premier trimestre.
        Il est proposé d'adopter les recommandations du groupe de travail et d'en assurer le suivi trimestriel.
        Le présent rapport décrit la méthode retenue, les principaux résultats et les limites de l'évaluation.
        La fréquentation du site a progressé, en particulier pendant les mois d'été.
        """
    ),
    figure_captions=_lines(
        """
        Figure # : répartition des cas selon l'âge et le sexe
        Figure #. Évolution du nombre d'admissions entre {year} et {year}
        Fig. # - Schéma de l'étude
        Graphique # : taux d'occupation par mois
        """
    ),
    table_captions=_lines(
        """
        Tableau # : caractéristiques des patients
        Tableau #. Résultats selon le groupe
        Tableau # – Comparaison des deux périodes
        TABLEAU # : données générales
        """
    ),
    references=_lines(
        """
        {LASTN} {initial}, {LASTN} {initial}, {LASTN} {initial}. Étude de {topic}. {journal} {year};##:###-##.
        {LASTN} {initial}. {topic}. {publisher}; {year}. ### p.
        {LASTN} {initial}, {LASTN} {initial}, et al. À propos de {topic}. {journal}. {year};##(#):##-##. doi:10.####/{initials2}.####
        """
    ),
)
