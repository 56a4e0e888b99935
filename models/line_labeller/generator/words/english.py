"""English, of both sides of the ocean."""

from __future__ import annotations

from models.line_labeller.generator.words.words import Words


def _of(text: str, mark: str = "|") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", " ").split(mark) if part.strip())


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines() if line.strip())


ENGLISH = Words(
    code="en",
    first_women=_of(
        "Margaret|Dorothy|Patricia|Linda|Susan|Karen|Emily|Olivia|Priya|Fatima|Grace|Helen|Joan|Sheila|Maureen|Brenda"
        "|Ashley|Kimberly|Rosa|Guadalupe|Mei|Yuki|Aisha|Chloe|Hannah|Ruth|Edith|Irene|Beverley|Siobhan|Niamh|Carys"
    ),
    first_men=_of(
        "John|William|George|Robert|Michael|David|Arthur|Kenneth|Brian|Kevin|Jason|Tyler|Mohammed|Rajesh|Wei|Carlos|Jose"
        "|Patrick|Declan|Ewan|Gareth|Harold|Stanley|Walter|Eugene|Leroy|Dennis|Trevor|Callum|Oscar|Ibrahim|Samuel"
    ),
    last=_of(
        "Smith|Johnson|Williams|Brown|Jones|Miller|Davis|Taylor|Wilson|Evans|Thomas|Roberts|Walker|Wright|Hughes|Green"
        "|Hall|Clarke|Patel|Khan|Singh|Nguyen|Kim|Chen|O'Brien|O'Connor|McDonald|MacLeod|Fitzgerald|Garcia|Rodriguez"
        "|Okafor|Mensah|Schwartz|Goldberg|Kowalski|Andersson|van der Berg|St. Clair|Hernandez"
    ),
    last_parts=(
        _of(
            "Ash|Black|Brad|Cal|Dun|Ed|Fair|Green|Har|Hol|Kirk|Lang|Mar|Nor|Pem|Rad|Stan|Thorn|Wal|Whit|Win|Car"
        ),
        _of("ley|ton|field|worth|well|ford|man|wood|ham|by|more|shaw|ridge|stead|ing|son|burn|court|ell|er"),
    ),
    women=_of("Mrs|Ms|Miss|MRS|Mrs.|Ms."),
    men=_of("Mr|Mr.|MR|Mr"),
    doctors=_of("Dr|Dr.|Prof.|Professor|Mr|DR|Doctor"),
    roles=_of(
        "Consultant Physician|Consultant Cardiologist|Specialty Registrar|Senior House Officer|Foundation Year 2|Clinical"
        " Fellow|Attending Physician|Resident, PGY-2|Nurse Practitioner|Ward Sister|Charge Nurse|Medical Secretary|Lead"
        " Consultant|Clinical Director|Medical Director|Consultant Radiologist|Consultant Surgeon|Staff Physician|Physician"
        " Assistant|Pharmacist|Physiotherapist|Practice Manager|Department Administrator|Infection Control Lead|Case manager"
    ),
    cities=_of(
        "Bristol|Leeds|Norwich|York|Exeter|Cardiff|Swansea|Aberdeen|Dundee|Belfast|Cork|Galway|Boston|Springfield|Columbus"
        "|Portland|Madison|Denver|Austin|Tucson|Fresno|Albany|Toledo|Richmond|Savannah|Halifax|Toronto|Winnipeg|Perth"
        "|Hobart|Auckland|Dunedin|Ashbourne|Millbrook|Harlow Green|Westhaven|Lakeport|Kingsbury|Oldcastle"
    ),
    streets=_of(
        "{n} High Street|{n} Church Road|{n} Main Street|{n} Station Road|{n} Oak Avenue, Suite ###|{n} Elm Drive|{n} Park"
        " Lane|{n} Victoria Terrace|{n} Medical Center Drive|{n} University Boulevard|PO Box ####|{n} West ##th Street"
        "|The Health Centre, Mill Lane|{n} Hospital Way|Level 4, East Wing|{n} Chestnut Close|Flat #, {n} Queen's Road"
        "|{n} Route ## North|The Surgery, {n} Bridge Street"
    ),
    hospitals=_of(
        "{saint} Hospital|{city} General Hospital|{city} Royal Infirmary|University Hospital of {city}|{saint} Medical"
        " Center|{city} Community Hospital|The {saint} Clinic|{saint} Health System|{city} Children's Hospital|{saint}"
        " Memorial Hospital|{city} District Hospital|{city} Family Practice|{saint} Surgery Center|{city} Imaging"
        " Associates|{saint} Pathology Laboratory|{city} Veterans Medical Center|{saint} Hospice|{saint} Nursing Home"
        "|{CITY} UNIVERSITY HOSPITALS|{saint} Heart Institute|{saint} Medical Group, P.C."
    ),
    saints=_of(
        "St. Anselm's|St Brigid's|Queen Eleanor|Mercy Hill|Good Shepherd|Harbour View|Lakeside|Northgate|Woodlands"
        "|Riverbank|Sacred Cross|Prince Alfred|Maplewood|Three Oaks|Fairview Heights|St. Oswald's|Pinecrest|Grange Park"
        "|Bayside|Cedar Valley|Evergreen"
    ),
    trusts=_of(
        "{city} Hospitals NHS Foundation Trust|Part of the {city} Health Partnership|Department of Medicine|A member of the"
        " Regional Health Alliance|Health Board|School of Medicine|Integrated Care System|A not-for-profit organization"
        "|Teaching hospital of the University of {city}|Division of Hospital Medicine"
    ),
    units=_of(
        "Infectious Diseases Clinic|Department of Infectious Diseases and Microbiology|Department of Cardiology|Cardiology"
        " Outpatients|Acute Medical Unit|Department of General Medicine|Respiratory Medicine|Department of Gastroenterology"
        "|Renal Unit|Diabetes and Endocrine Centre|Neurology Department|Stroke Unit|Department of Trauma and Orthopaedics"
        "|General Surgery|Department of Urology|Obstetrics and Gynaecology|Pediatrics|Emergency Department|Intensive Care"
        " Unit|Medical Oncology|Haematology Day Unit|Rheumatology|Dermatology Clinic|Ear, Nose and Throat Department"
        "|Ophthalmology|Liaison Psychiatry|Department of Radiology|Nuclear Medicine|Clinical Biochemistry Laboratory"
        "|Department of Pathology|Palliative Care Team|Elderly Care Ward 7|Pain Management Service|Vascular Surgery"
        "|Department of Anesthesiology|Preoperative Assessment Clinic|Sexual Health Clinic|Hepatitis Clinic|Heart Failure"
        " Service|Sepsis and Wound Care Team"
    ),
    departments=_of(
        "Division of Medicine|Division of Surgery|Women and Children's Directorate|Emergency Care Group|Diagnostics"
        " Directorate|Cancer Services|Center for Digestive Health|Department of Laboratory Medicine|Building C, 3rd floor"
        "|Specialist Medicine Care Group|Heart and Lung Directorate|Infection and Immunity"
    ),
    phones=_of(
        "(###) ###-####|###-###-####|01### ######|020 #### ####|+44 #### ######|0#### ### ###|1-8##-###-####|ext. ####|Bleep ####"
    ),
    phone_words=_of(
        "Tel: {}|Tel. {}|Telephone: {}|Phone: {}|Phone {}|T: {}|Ph: {}|Direct line: {}|Appointments: {}|Switchboard: {}|{}"
    ),
    fax_words=_of("Fax: {}|Fax {}|F: {}|Facsimile: {}"),
    mail_words=_of("{}|Email: {}|E-mail: {}|E: {}"),
    dates=_of(
        "{d}/{m}/{y}|{m}/{d}/{y}|{D} {M} {y}|{M} {D}, {y}|{d}-{Mmm}-{y}|{d} {Mmm} {y}|{y}-{m}-{d}|{d}.{m}.{yy}"
    ),
    months=_of("January|February|March|April|May|June|July|August|September|October|November|December"),
    zips=_of("#####|@@# #@@|@@## #@@|#####-####"),
    numbers=_of(
        "MRN: ########|MRN ######|NHS No: ### ### ####|Hospital No: @######|Patient ID: #######|Acct #: #########"
    ),
    letterhead_lines=_lines(
        """
        General Practitioner
        Board certified in internal medicine
        Infectious diseases and travel medicine
        GMC #######
        NPI ##########
        {role}
        Suite ###
        {other_doctor} - {other_doctor} - {other_doctor}
        {other_doctor}, {role}
        {other_doctor}
        {hospital}
        {trust}
        {unit}
        {department}
        {street}, {city} {zip}
        {street}
        {city} {zip}
        {phone} | {fax}
        {phone}
        {fax}
        {mail}
        {web}
        Lead Consultant: {chief}
        Secretary: {any_phone}
        Main switchboard: {any_phone}
        Appointments {any_phone}
        Chief of Medicine: {chief}
        Excellence in care, every day
        Open Monday to Friday, 8 am to 5 pm
        Medical Director: {chief}
        CLIA # ##D#######
        """
    ),
    running_lines=_lines(
        """
        {patient} - {number}
        {LAST}, {first} DOB: {dob}
        Patient: {patient} {number}
        {patient}
        RE: {patient}
        {LAST}, {first} ({number})
        {LAST}, {first} {dob} {sex}
        {title} - {patient}
        {title}, {date}
        {hospital} - {unit}
        {unit}
        {number} {LAST}, {first}
        Name: {LAST}, {first} DOB: {dob} {number}
        Continued: {patient}
        {hospital}
        Patient name: {patient} Date of service: {date}
        Encounter date {date} - {unit}
        Document finalised {date} {time}
        {title} (continued)
        {date} {patient}
        Confidential: {patient}, {dob}
        """
    ),
    footer_lines=_lines(
        """
        {other_doctor} - {role} - {any_phone}
        {other_doctor} {other_doctor} {other_doctor}
        {doctor}
        {hospital}
        {hospital}, {street}, {city} {zip} {phone}
        {hospital} - {unit}
        {street}, {city} {zip} | {phone} | {fax}
        {phone} | {web}
        {web}
        {hospital} is a smoke-free campus
        Registered charity no. #######
        Chair: {chief} Chief Executive: {other_doctor}
        {trust}
        {unit}, secretary {any_phone}, {mail}
        To book or cancel: {any_phone}
        {patient} {number}
        {LAST}, {first} DOB {dob}
        {title} {date}
        Ref: {initials}/{initials2}/####
        Form ####-@ (Rev. ##/##)
        {initials}-DOC-### version # issued {date}
        Providing care since 19##
        Copy to medical records
        {mail}
        In an emergency, call your local emergency number
        Registered in {city} no. ########
        """
    ),
    legal_lines=_lines(
        """
        CONFIDENTIAL: This document contains protected health information.
        This report is intended only for the use of the individual to whom it is addressed.
        If you have received this document in error, please notify the sender and destroy all copies.
        Private and confidential
        Unauthorized disclosure of this information is prohibited by law.
        Patients have the right to see copies of letters written about them.
        This document has been dictated using speech recognition and may contain errors.
        The laboratory is accredited for the tests marked with an asterisk.
        Please quote our reference number in all correspondence.
        Not valid without an authorized signature
        Information processed in accordance with data protection legislation.
        NOT PART OF THE PERMANENT MEDICAL RECORD
        """
    ),
    print_lines=_lines(
        """
        Printed {date} {time} by {user}
        Printed on {date} at {time}
        Date printed: {date}
        Generated {date} {time}
        Printed by: {user} {date} {time}
        Electronically filed {date} {time}
        DD: {date} DT: {date} {initials2}
        D: {date} T: {date} Job: ######
        Report generated automatically on {date}
        {file}
        Typed {date}; dictated {date}
        Created {date}, last edited {date} {time}
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
        Page {p} of {n}
        page {p} of {n}
        PAGE {p} OF {n}
        Page: {p} of {n}
        Page: {p}
        Page {p} / {n}
        p. {p}
        p. {p} of {n}
        p.{p}/{n}
        Pg {p}
        Pg. {p} of {n}
        ({p})
        [{p}]
        – {p} –
        {p} of {n}
        {p} | Page
        {p} | P a g e
        Page No. {p}
        Page # {p}
        -{p}-
        Page {p} out of {n}
        {p}.
        Sheet {p} of {n}
        """
    ),
    continued=_lines(
        """
        .../...
        continued overleaf
        (continued)
        PTO
        """
    ),
    staff_titles=_lines(
        """
        Consultants
        Consultant Physicians
        CONSULTANTS
        Lead Consultant
        Clinical Director
        Head of Department
        Attending Physicians
        ATTENDING PHYSICIANS
        Fellows
        Residents
        Registrars
        Specialist Nurses
        Clinical Nurse Specialists
        Nurse Practitioners
        Ward Manager
        Ward Sister
        Secretaries
        Secretary
        Medical Secretaries
        Appointments
        Clinics
        Outpatient clinic
        Infectious diseases consultants
        Infection control
        Travel and vaccination clinic
        Heart failure nurses
        Endocarditis team
        Sleep and ventilation service
        Oncology pharmacist
        Pharmacist
        Dietitian
        Physiotherapy
        Social work
        Practice Manager
        Partners
        Associates
        Our locations
        Ward
        Day unit
        Enquiries
        Telephone advice
        Emergency contact
        Radiologists
        Pathologists
        Office hours
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
        Monday to Friday
        9 am - 5 pm
        Level 3, West Wing
        by appointment only
        Fax: {any_phone}
        Tel: {any_phone}
        {any_phone}
        {mail}
        ext. ####
        On call: {any_phone}
        Bone and joint infection
        Viral hepatitis and HIV
        Hospital-acquired infection
        Heart failure
        Sleep medicine
        Allergy
        MD, FACP
        MBBS, FRCP
        GMC #######
        Board certified
        Sepsis lead
        Tuberculosis service
        NPI ##########
        """
    ),
    patient_fields=(
        ("Name", "{LAST}, {first}"),
        ("Patient name", "{patient}"),
        ("Surname", "{LAST}"),
        ("Forename", "{first}"),
        ("DOB", "{dob}"),
        ("Date of birth", "{dob}"),
        ("Sex", "{sex}"),
        ("Age", "{age}"),
        ("MRN", "########"),
        ("NHS number", "### ### ####"),
        ("Account #", "#########"),
        ("Address", "{home}"),
        ("Phone", "{any_phone}"),
        ("PCP", "{other_doctor}"),
        ("GP", "{other_doctor}"),
        ("Admission date", "{date_in}"),
        ("Discharge date", "{date}"),
        ("Date of service", "{date}"),
        ("Ward", "##@"),
        ("Room", "###"),
        ("Consultant", "{other_doctor}"),
        ("Referring physician", "{other_doctor}"),
        ("Attending", "{other_doctor}"),
        ("Visit type", "Follow-up"),
        ("Insurance", "Plan @##"),
        ("Specimen no.", "##-#####"),
        ("Collected", "{date} {time}"),
        ("Received", "{date} {time}"),
        ("Next of kin", "{relative}"),
        ("Weight", "## kg"),
        ("Accession", "@########"),
        ("Location", "{unit}"),
    ),
    patient_lines=_lines(
        """
        {patient}
        {patient}, DOB {dob}
        {LAST}, {first}
        DOB: {dob} ({age} y)
        {dob} {sex}
        {number}
        Patient: {patient}
        Date of birth: {dob}
        {home}
        {homecity} {homezip}
        Admitted {date_in} Discharged {date}
        Date of admission: {date_in}
        Date of discharge: {date}
        GP: {other_doctor}
        Referring provider: {other_doctor}
        """
    ),
    place_date=_lines(
        """
        {date}
        Date: {date}
        {city}, {date}
        Dictated: {date}
        Date of clinic: {date}
        Clinic date: {date}
        Date of letter: {date}
        Date typed: {date}
        Seen on {date}
        Date of visit: {date}
        """
    ),
    subjects=_lines(
        """
        RE: {patient}
        Re: {patient}, DOB {dob}
        Re: {patient} {number}
        Our ref: {initials}/{initials2}/####
        Your ref: ####
        Regarding: {patient}
        Subject: {patient}
        RE: {LAST}, {first} DATE OF SERVICE: {date}
        Patient: {patient}
        Ref: {initials}/####
        """
    ),
    copies=_lines(
        """
        cc: {other_doctor}
        cc: {other_doctor}; {other_doctor}
        Copy to: {other_doctor}
        CC: {other_doctor}, {city}
        Copies: patient; {other_doctor}
        Distribution: {other_doctor}
        """
    ),
    salutations=_lines(
        """
        Dear Dr {otherlast},
        Dear Doctor,
        Dear {other_doctor},
        Dear Colleague,
        Dear {patienttitle} {last},
        To whom it may concern:
        Dear colleagues,
        Dear Sir or Madam,
        Dear Dr. {otherlast}:
        """
    ),
    openings=_lines(
        """
        Thank you for referring {patient}, whom I saw in clinic on {date}.
        {patient} was admitted under our care on {date_in} and discharged on {date}.
        I reviewed this {age} year old patient in the clinic today.
        It was a pleasure to see {patient} in consultation at your request.
        We had the opportunity to see your patient {patient} for follow-up.
        I am writing to update you on the progress of {patient}.
        This patient was seen in the emergency department on {date}.
        """
    ),
    closings=_lines(
        """
        Yours sincerely
        Yours sincerely,
        Sincerely,
        Kind regards
        Kind regards,
        With best wishes
        With kind regards,
        Best regards,
        Yours faithfully
        Respectfully,
        Thank you for allowing me to participate in the care of this patient. Sincerely,
        Many thanks,
        Warm regards,
        Respectfully submitted,
        """
    ),
    signed=_lines(
        """
        Electronically signed by {doctor} on {date} at {time}
        Electronically signed: {doctor}, {date} {time}
        Signed electronically by {doctor}
        Dictated but not read, signed on behalf of {doctor}
        Authenticated by {doctor} {date} {time}
        Approved by: {doctor}
        Electronically approved {date}
        This document has been electronically signed by {doctor}
        Reviewed and verified by {doctor}
        Reported by: {doctor}
        """
    ),
    signers=_lines(
        """
        {doctor}
        {role}
        {role}, {unit}
        {doctor}, {role}
        {doctor}, MD
        {junior}, PA-C
        GMC No. #######
        Signature:
        Physician signature
        Attending: {doctor}
        {junior} for {doctor}
        Registrar to {doctor}
        NPI: ##########
        Pager ####
        """
    ),
    stamps=_lines(
        """
        {DOCTOR}
        {unit}
        GMC #######
        {hospital}
        RECEIVED {date}
        CERTIFIED COPY
        VERIFIED
        FILED {date}
        License # @#####
        {any_phone}
        """
    ),
    watermarks=_of("COPY|DUPLICATE|CONFIDENTIAL|DRAFT|NOT VALID|PRELIMINARY|SAMPLE|PATIENT COPY|UNVERIFIED"),
    titles={
        "stay": _lines(
            """
            Discharge Summary
            DISCHARGE SUMMARY
            Hospital Discharge Letter
            Inpatient Discharge Summary
            Discharge Letter to GP
            Admission Note
            HISTORY AND PHYSICAL
            Hospital Course Summary
            Transfer Summary
            Immediate Discharge Document
            """
        ),
        "visit": _lines(
            """
            Clinic Letter
            Consultation Report
            CONSULTATION NOTE
            Outpatient Visit Note
            Progress Note
            OFFICE VISIT
            Follow-up Visit
            Emergency Department Note
            {spec} Clinic Note
            Initial Evaluation
            Preoperative Assessment
            SOAP Note
            """
        ),
        "operation": _lines(
            """
            Operative Report
            OPERATIVE REPORT
            Operation Note
            Procedure Note
            COLONOSCOPY REPORT
            Endoscopy Report
            Cardiac Catheterization Report
            Delivery Note
            """
        ),
        "imaging": _lines(
            """
            Radiology Report
            CT CHEST WITH CONTRAST
            MRI Brain
            Chest X-ray
            ULTRASOUND ABDOMEN
            Echocardiogram Report
            MAMMOGRAM
            Imaging Report
            PET-CT Report
            SURGICAL PATHOLOGY REPORT
            Histology Report
            Nuclear Medicine Report
            Electroencephalogram
            """
        ),
        "laboratory": _lines(
            """
            Laboratory Report
            LABORATORY RESULTS
            Cumulative Pathology Report
            Microbiology Report
            Final Report
            BLOOD RESULTS
            Clinical Chemistry
            """
        ),
        "prescription": _lines(
            """
            Prescription
            PRESCRIPTION
            Discharge Medications
            Medication List
            Medication Administration Record
            Home Medication Reconciliation
            Referral for Physiotherapy
            """
        ),
        "nursing": _lines(
            """
            Nursing Assessment
            NURSING NOTES
            Care Plan
            Observation Chart
            Wound Care Record
            Nursing Transfer Form
            Falls Risk Assessment
            Shift Handover
            """
        ),
        "form": _lines(
            """
            Informed Consent
            CONSENT FOR SURGERY
            Medical Certificate
            Patient Information Leaflet
            Request for Imaging
            Health Questionnaire
            Fitness for Work Statement
            Tumour Board Summary
            Incident Report
            Advance Directive
            Patient Registration Form
            """
        ),
    },
    subtitles=_lines(
        """
        {date_in} to {date}
        Date of examination: {date}
        {unit}
        Final report
        Admitted {date_in}, discharged {date}
        Version # - {date}
        """
    ),
    headings={
        "reason": _lines(
            """
            Chief Complaint
            CHIEF COMPLAINT
            Reason for Visit
            Reason for admission
            REASON FOR CONSULTATION
            Presenting complaint
            Presenting Complaint
            Indication
            INDICATION
            Clinical details
            CC
            """
        ),
        "history": _lines(
            """
            Past Medical History
            PAST MEDICAL HISTORY
            PMH
            Past surgical history
            PAST SURGICAL HISTORY
            Family History
            FAMILY HISTORY
            Social History
            SOCIAL HISTORY
            Allergies
            ALLERGIES
            Drug allergies
            Medical history
            Background
            Risk factors
            """
        ),
        "story": _lines(
            """
            History of Present Illness
            HISTORY OF PRESENT ILLNESS
            HPI
            History of presenting complaint
            Interval History
            Subjective
            SUBJECTIVE
            Clinical summary
            History
            Current problem
            """
        ),
        "exam": _lines(
            """
            Physical Examination
            PHYSICAL EXAMINATION
            Physical Exam
            Examination
            On examination
            Vital Signs
            VITALS
            Review of Systems
            REVIEW OF SYSTEMS
            Objective
            General examination
            Neurological examination
            """
        ),
        "tests": _lines(
            """
            Investigations
            INVESTIGATIONS
            Laboratory data
            LABORATORY DATA
            Results
            RESULTS
            Imaging
            Diagnostic studies
            Labs
            Microbiology
            ECG
            """
        ),
        "course": _lines(
            """
            Hospital Course
            HOSPITAL COURSE
            Progress on the ward
            Assessment
            ASSESSMENT
            Impression
            Clinical course
            Infectious disease
            Cardiovascular
            Respiratory
            Medical decision making
            Summary of stay
            Active problems
            """
        ),
        "drugs": _lines(
            """
            Medications
            MEDICATIONS
            Current medications
            Discharge Medications
            DISCHARGE MEDICATIONS
            Home medications
            Medications on admission
            Changes to medication
            Current Outpatient Medications
            """
        ),
        "end": _lines(
            """
            Assessment and Plan
            ASSESSMENT AND PLAN
            Plan
            PLAN
            Follow-up
            FOLLOW-UP
            Discharge diagnosis
            DISCHARGE DIAGNOSES
            Recommendations
            Conclusion
            Impression and plan
            Disposition
            Instructions for GP
            Summary
            """
        ),
        "technique": _lines(
            """
            Technique
            TECHNIQUE
            Procedure
            PROCEDURE IN DETAIL
            Description of procedure
            Anesthesia
            Preoperative diagnosis
            POSTOPERATIVE DIAGNOSIS
            Operative findings
            Indications for procedure
            """
        ),
        "result": _lines(
            """
            Findings
            FINDINGS
            Result
            Comparison
            COMPARISON
            Chest
            Abdomen and pelvis
            Bones
            Microscopic description
            GROSS DESCRIPTION
            Interpretation
            Diagnosis
            """
        ),
        "care": _lines(
            """
            Mobility
            Nutrition
            Skin integrity
            Elimination
            Pain
            Sleep
            Safety
            Communication
            Lines and drains
            Social situation
            Goals
            Interventions
            Evaluation
            Observations
            """
        ),
    },
    heading_patterns=_lines(
        """
        {organ} examination
        {organ} issues
        {organ} status
        {organ} history
        {organ} assessment
        {organ} system
        From a {organ} point of view
        Problem #: {organ}
        {exam} {any_date}
        {exam}
        {exam} results
        Repeat {exam}
        {organ} follow-up
        Plan: {organ}
        {exam} findings
        {organ}
        """
    ),
    organs=_of(
        "Cardiac|Respiratory|Infectious|Neurological|Gastrointestinal|Renal|Metabolic|Nutritional|Haematological|Musculoskeletal"
        "|Skin|Social|Psychiatric|Vascular|Haemodynamic|Ophthalmic|Genitourinary|Gynecologic|Endocrine|Oncologic|Orthopedic"
        "|Geriatric|Pain|Cognitive|Immunologic|Hepatic|Pulmonary|Functional|Obstetric|Surgical"
    ),
    exams=_of(
        "Echocardiogram|CT head|MRI spine|Bronchoscopy|Colonoscopy|EKG|Holter monitor|Venous duplex|Lumbar puncture|Blood"
        " cultures|Urinalysis|Arterial blood gas|Spirometry|Pulmonary function tests|CT chest|Pelvic X-ray|EEG|Bone marrow|Liver"
        " biopsy|CT angiogram|Iron studies|Serology|Stress test|V/Q scan|PET scan|Renal ultrasound"
    ),
    sentences={
        "reason": _lines(
            """
            Shortness of breath.
            Fever and productive cough for five days.
            Chest pain.
            Annual follow-up of heart failure.
            Fall at home with a long lie.
            Right iliac fossa pain.
            Unexplained weight loss.
            Recurrent urinary tract infection.
            New onset of atrial fibrillation.
            """
        ),
        "history": _lines(
            """
            Hypertension.
            Type 2 diabetes mellitus, diet controlled.
            Hypothyroidism on replacement.
            Atrial fibrillation, anticoagulated.
            Chronic kidney disease stage 3.
            Appendectomy in {year}.
            Total hip replacement in {year}.
            No known drug allergies.
            Penicillin: rash.
            Ex-smoker with a 30 pack-year history.
            Denies alcohol or illicit drug use.
            Lives alone and is independent in activities of daily living.
            Mother had breast cancer at age 60.
            COPD
            Asthma, well controlled.
            Retired teacher, married with two children.
            Ischemic stroke in {year} without residual deficit.
            """
        ),
        "story": _lines(
            """
            The patient reports two weeks of productive cough with evening fevers and night sweats.
            Symptoms started suddenly on {date_in} at around {time} while at rest, without any obvious trigger.
            He was started on amoxicillin by his primary care physician, without improvement after seven days.
            There was no chest pain, palpitation or syncope.
            She denies recent travel or contact with anyone with tuberculosis.
            Her family describe new confusion, poor appetite and a weight loss of ten pounds over two months.
            In the emergency department the blood pressure was 110/70 and the oxygen saturation 92% on room air.
            She has been taking ibuprofen with partial relief and continues to work full time.
            The pain is worse at night and does not radiate.
            """
        ),
        "exam": _lines(
            """
            Well appearing, in no acute distress.
            BP 1##/##, pulse ##, temperature 37.#, respiratory rate 1#, SpO2 9#% on room air.
            Heart sounds normal with no murmur.
            Chest: crackles at the right base.
            Abdomen soft and non-tender, no organomegaly.
            No peripheral oedema.
            Cranial nerves II to XII intact, power 5/5 throughout.
            Alert and oriented to person, place and time.
            No cervical lymphadenopathy.
            Skin warm and dry, no rash.
            2 cm ulcer over the left heel without surrounding cellulitis.
            """
        ),
        "tests": _lines(
            """
            Hb 1##, WCC 1#.#, platelets 2##, CRP 1##.
            Sodium and potassium within normal limits, creatinine ## umol/L.
            Chest x-ray showed consolidation of the right lower lobe with no effusion.
            Blood cultures were negative after five days.
            Urine culture grew a fully sensitive E. coli.
            CT head: no haemorrhage or mass effect.
            ECG: sinus rhythm, no acute ischaemic change.
            Echocardiogram demonstrated an ejection fraction of 55% with no significant valve disease.
            HIV and hepatitis serology negative.
            """
        ),
        "course": _lines(
            """
            The patient was treated with intravenous ceftriaxone and made a rapid recovery, afebrile after forty-eight hours.
            An incidental 8 mm pulmonary nodule was noted and a repeat scan has been arranged in three months.
            Two units of packed red cells were given without complication.
            She was reviewed by the physiotherapists and is now mobile with a frame.
            No arrhythmia was seen on telemetry.
            Antibiotics were changed to oral on day three after discussion with microbiology.
            There was no evidence of recurrence.
            Lumbar puncture was not suggestive of meningitis.
            Insulin was stopped and the blood glucose remained stable.
            """
        ),
        "end": _lines(
            """
            Community-acquired pneumonia, resolved.
            Discharged home on {date} with a package of care.
            Repeat blood tests in one week.
            Follow-up in clinic with {other_doctor} in six weeks.
            Continue current medication.
            Return to the emergency department if fever or pain develops.
            Complete a further seven days of oral antibiotics.
            Please monitor renal function and titrate the dose.
            No evidence of pulmonary embolism.
            We have not arranged further review but would be happy to see the patient again.
            Sutures to be removed on day ten by the practice nurse.
            """
        ),
        "technique": _lines(
            """
            The patient was placed supine and general anesthesia was induced.
            Helical acquisition following administration of intravenous contrast.
            A midline incision was made and carried down through the subcutaneous tissue.
            The cystic duct and artery were identified, clipped and divided.
            Cefazolin 2 g was given at induction.
            Hemostasis was obtained and the wound was closed in layers over a drain.
            Sponge and instrument counts were correct.
            Multiplanar T1, T2, FLAIR and diffusion sequences were obtained.
            Estimated blood loss ## mL.
            The scope was advanced to the cecum, withdrawal time # minutes.
            """
        ),
        "result": _lines(
            """
            No mediastinal or hilar lymphadenopathy.
            The liver is normal in size and echotexture.
            No pleural or pericardial effusion.
            4 mm nodule in the right upper lobe, indeterminate.
            No suspicious osseous lesion.
            Ventricles and sulci are normal for age.
            The kidneys are normal in size with no hydronephrosis.
            Heart size at the upper limit of normal.
            Received in formalin, a fragment measuring # x # x # mm, entirely submitted.
            Moderately differentiated adenocarcinoma, margins clear.
            None available.
            """
        ),
        "care": _lines(
            """
            Requires help of one with washing and dressing.
            Dressing changed today: wound clean, no discharge.
            Pain #/10 at {time}, relieved by paracetamol.
            Soft diet, thickened fluids.
            Peripheral cannula inserted {date}, left forearm.
            Bowels open, good urine output.
            Slept well, no complaints overnight.
            High risk of pressure damage, air mattress in place.
            Family aware of discharge plan.
            Blood glucose checked four times daily.
            Settled and cooperative, slightly disoriented in the evening.
            """
        ),
    },
    findings=_lines(
        """
        with no evidence of ongoing infection
        which was well tolerated
        in the absence of any identifiable risk factor
        and close monitoring is advised
        as advised by the infectious diseases team
        correlate clinically
        with complete resolution of symptoms
        despite optimal medical therapy
        to be reviewed at the next appointment
        """
    ),
    analytes=(
        ("WBC", "10^9/L", "Haematology", 4, 10),
        ("RBC", "10^12/L", "Haematology", 4, 5.7),
        ("Hemoglobin", "g/dL", "Haematology", 12, 16),
        ("Hematocrit", "%", "Haematology", 37, 47),
        ("MCV", "fL", "Haematology", 80, 100),
        ("Platelets", "10^9/L", "Haematology", 150, 400),
        ("Neutrophils", "10^9/L", "Haematology", 1.8, 7),
        ("Lymphocytes", "10^9/L", "Haematology", 1, 4),
        ("Eosinophils", "%", "Haematology", 0, 5),
        ("INR", "", "Coagulation", 0.9, 1.2),
        ("PT", "sec", "Coagulation", 11, 13),
        ("APTT", "sec", "Coagulation", 25, 36),
        ("D-dimer", "ng/mL", "Coagulation", 100, 500),
        ("Sodium", "mmol/L", "Chemistry", 136, 145),
        ("Potassium", "mmol/L", "Chemistry", 3.5, 5.1),
        ("Chloride", "mEq/L", "Chemistry", 98, 107),
        ("CO2", "mEq/L", "Chemistry", 22, 29),
        ("Urea", "mmol/L", "Chemistry", 2.5, 7.5),
        ("BUN", "mg/dL", "Chemistry", 7, 20),
        ("Creatinine", "mg/dL", "Chemistry", 0.6, 1.2),
        ("eGFR", "mL/min/1.73m2", "Chemistry", 60, 120),
        ("Glucose", "mg/dL", "Chemistry", 70, 100),
        ("Calcium", "mmol/L", "Chemistry", 2.2, 2.6),
        ("Magnesium", "mg/dL", "Chemistry", 1.7, 2.2),
        ("Albumin", "g/L", "Chemistry", 35, 50),
        ("CRP", "mg/L", "Chemistry", 0, 5),
        ("Ferritin", "ng/mL", "Chemistry", 20, 250),
        ("AST", "U/L", "Liver panel", 5, 40),
        ("ALT", "U/L", "Liver panel", 5, 45),
        ("GGT", "U/L", "Liver panel", 8, 55),
        ("Alkaline phosphatase", "U/L", "Liver panel", 40, 130),
        ("Total bilirubin", "mg/dL", "Liver panel", 0.2, 1.2),
        ("TSH", "mIU/L", "Endocrine", 0.4, 4),
        ("Free T4", "ng/dL", "Endocrine", 0.8, 1.8),
        ("Hemoglobin A1c", "%", "Chemistry", 4, 6),
        ("Troponin I", "ng/L", "Cardiac markers", 0, 14),
        ("BNP", "pg/mL", "Cardiac markers", 0, 100),
        ("Total cholesterol", "mg/dL", "Lipids", 120, 200),
        ("LDL cholesterol", "mg/dL", "Lipids", 50, 130),
        ("HDL cholesterol", "mg/dL", "Lipids", 40, 80),
        ("Triglycerides", "mg/dL", "Lipids", 40, 150),
        ("Vitamin D, 25-OH", "ng/mL", "Endocrine", 30, 60),
        ("PSA", "ng/mL", "Tumour markers", 0, 4),
        ("Uric acid", "mg/dL", "Chemistry", 3, 7),
    ),
    lab_heads=(
        _of("Test|Analyte|Component|TEST NAME|Investigation|Test name"),
        _of("Result|Value|RESULT|Your value|Results"),
        _of("Units|Unit|UNITS"),
        _of("Reference range|Ref. range|Normal range|REFERENCE|Range|Ref Interval"),
        _of("Flag|Previous|{date_in}|Prior result|Status"),
    ),
    lab_captions=_lines(
        """
        Table #: blood results
        Blood results {date}
        Laboratory values on admission
        Trend of results
        Results from {date_in} to {date}
        """
    ),
    drugs=_lines(
        """
        Amoxicillin
        AMLODIPINE
        Lisinopril
        Metoprolol tartrate
        Furosemide
        LASIX
        Apixaban
        Warfarin
        Aspirin
        Atorvastatin
        Lipitor
        Metformin
        Insulin glargine
        Levothyroxine
        Omeprazole
        Pantoprazole
        Ceftriaxone
        Ciprofloxacin
        Prednisone
        Albuterol inhaler
        Salbutamol
        Gabapentin
        Tramadol
        Morphine sulfate MR
        Zolpidem
        Sertraline
        Acetaminophen
        Paracetamol
        Ibuprofen
        Enoxaparin
        Spironolactone
        Senna
        Vitamin D3
        Methotrexate
        Folic acid
        Allopurinol
        Hydrochlorothiazide
        Co-amoxiclav
        """
    ),
    doses=_of(
        "1 g|500 mg|5 mg|10 mg|2.5 mg|20 mg|40 mg|81 mg|100 mcg|1000 mg|850 mg|4000 units|80 mg|25 mcg/h|100 units/mL|325 mg tablet"
    ),
    frequencies=_lines(
        """
        once daily
        twice a day
        1 tablet by mouth daily
        BID
        TDS
        three times daily
        every 6 hours as needed for pain
        10 units at bedtime
        2 puffs twice daily
        PRN
        at night
        with meals
        OM
        q8h
        take one capsule every morning
        """
    ),
    durations=_of(
        "for 7 days|5 days|ongoing|until {date}|28 days supply|no refills|Refills: 2|#30|continue|new|stopped|long term"
    ),
    drug_heads=(
        _of("Medication|Drug|Name|MEDICATION|Medicine"),
        _of("Dose|Strength|DOSE"),
        _of("AM|08:00|Breakfast|Morning"),
        _of("Noon|12:00|Lunch|Midday"),
        _of("PM|18:00|Dinner|Evening"),
        _of("Bedtime|22:00|Night|HS"),
        _of("Duration|Comments|Status|Indication|Route"),
    ),
    drug_captions=_lines(
        """
        Medication schedule
        Discharge medication
        Current medication list
        Table #: medication
        """
    ),
    vitals=_of(
        "BP (mmHg)|Pulse|Temp|SpO2 (%)|RR|Urine output|Weight (kg)|Pain score|NEWS|GCS|Blood glucose|Height"
    ),
    grids=(
        (
            _of("Date|Vaccine|Lot|Site"),
            (
                _of("{any_date}|{any_date}"),
                _of("Influenza|Pneumococcal|Tdap|Hepatitis B|MMR"),
                _of("A####|B##C#"),
                _of("L arm|R arm|-"),
            ),
        ),
        (
            _of("Procedure|Code|Date"),
            (
                _of("Colonoscopy|Angioplasty|Lumbar puncture|Biopsy|Drain insertion"),
                _of("#####|@##.#"),
                _of("{any_date}|{date}"),
            ),
        ),
        (
            _of("Appointment|Date|Time|Where"),
            (
                _of("Clinic|CT scan|Blood test|Physiotherapy|MRI"),
                _of("{any_date}|{any_date}"),
                _of("{time}|{time}"),
                _of("{city}|Level 2|Day unit|Main building"),
            ),
        ),
        (
            _of("Organism|Antibiotic|MIC|Sensitivity"),
            (
                _of("E. coli|S. aureus|K. pneumoniae"),
                _of("Amoxicillin|Cefotaxime|Gentamicin|Ciprofloxacin|Trimethoprim"),
                _of("< 0.5|2|> 8|0.25"),
                _of("S|R|I|Sensitive|Resistant"),
            ),
        ),
        (
            _of("Vessel|Stenosis|Comment"),
            (
                _of("Proximal LAD|Circumflex|RCA|Left main"),
                _of("70%|50%|none|occluded"),
                _of("calcified|stented|long|-"),
            ),
        ),
        (
            _of("Scale|Score|Meaning"),
            (
                _of("MMSE|Waterlow|Braden|MUST|Barthel"),
                _of("##/30|##|#"),
                _of("normal|at risk|impaired|high"),
            ),
        ),
        (
            _of("Date|Time|Note|Initials"),
            (
                _of("{any_date}|{date}"),
                _of("{time}|{time}"),
                _of("Comfortable|Dressing changed|IV flushed|Obs stable"),
                _of("{initials}|RN {initials}"),
            ),
        ),
        (
            _of("Problem|Status|Onset"),
            (
                _of("Hypertension|Asthma|Gout|Anemia|Back pain"),
                _of("Active|Resolved|Chronic"),
                _of("{year}|{year}"),
            ),
        ),
    ),
    questions=_lines(
        """
        Have you had surgery before?
        Do you take blood thinners?
        Any allergy to medication?
        Do you smoke?
        Do you have a pacemaker?
        Pregnant?
        Date of last symptoms: ..................
        Emergency contact: ______________________
        Side:
        Transport: walking / chair / bed
        Examination requested:
        Clinical information:
        Renal function (date and value):
        Special precautions:
        Isolation required
        Consent obtained on ____/____/______
        Urgency
        Requesting doctor (name, bleep):
        History of infectious disease?
        Interpreter needed
        """
    ),
    choices=_of(
        "☐ Yes ☐ No|□ yes □ no|Yes / No|[ ] Yes [ ] No|Y N|☑ Yes ☐ No|☐ Yes ☑ No ☐ Unknown|( ) yes (x) no"
    ),
    consent=_lines(
        """
        I, {patient}, confirm that the procedure has been explained to me in words I understand.
        I have had the opportunity to ask questions and they have been answered to my satisfaction.
        The common and the serious risks, including bleeding, infection and thrombosis, have been discussed by {doctor}.
        I understand that I may withdraw my consent at any time without affecting my care.
        The operation is done under general anaesthetic and takes about one hour.
        This is to certify that {patient}, born on {dob}, was examined by me today.
        The patient will be unfit for work for ## days from {date}.
        You should have nothing to eat or drink from midnight before your operation.
        This certificate is issued at the request of the patient.
        """
    ),
    instructions=_lines(
        """
        Shower the evening before and on the morning of surgery
        Bring your medication and recent test results
        Do not drive for twenty-four hours
        Check your temperature twice a day
        Resume a light diet
        Avoid heavy lifting for three weeks
        Keep the dressing dry for two days
        Seek urgent care if you notice bleeding
        Wear compression stockings for ten days
        Drink at least six glasses of water a day
        """
    ),
    topics=_of(
        "outcomes of pneumonia in older adults|prevalence of urinary tract infection in nursing homes|postoperative pain"
        " control|antimicrobial resistance in primary care|screening for gestational diabetes|remote monitoring of heart"
        " failure|rural primary care staffing|hospital waste management|energy use in public buildings|nurse education"
        "|indoor air quality|urban transport access|protein folding in yeast|soil moisture and crop yield|leaf traits of"
        " alpine plants|machine reading of archives"
    ),
    journal_words=_of(
        "Journal of Applied Medicine|Annals of Rural Health|International Archives of Geriatrics|Open Clinical Letters|Ann Surg"
        " Pract|Clinical Trials Review|Frontier Biology|Acta Medica Borealis|The Practitioner's Bulletin|BMC-like Reports|Int J"
        " Env Sci|Plant Systems"
    ),
    publishers=_of(
        "Northern Press|Open Science Publishing|Elmwood|Society of Clinicians|Harbour Academic|Wexley & Sons|MediaPub"
    ),
    article_headings=_of(
        "Introduction|Methods|Materials and methods|Results|Discussion|Conclusions|References|Acknowledgements|Funding|Competing interests|Case presentation|Background|Statistical analysis|Study population|Data availability|Author contributions|Limitations"
    ),
    affiliations=_lines(
        """
        {unit}, {hospital}, {city}
        School of Medicine, University of {city}
        Department of Biology, University of {city}, {city} {zip}
        Institute for Health Research, {city}
        """
    ),
    article_lines=_lines(
        """
        Received {date_in}; accepted {date}
        Keywords: {topic}; cohort; retrospective
        Correspondence to: {mail}
        Available online at {web}
        © {year} {publisher}. All rights reserved.
        """
    ),
    business=_lines(
        """
        Thank you for your letter of {date_in}; we have opened a file and will answer within thirty days.
        The steering committee met on {date} to review progress and to agree the timetable for the next phase.
        Expenditure for the year amounted to ###,### and was # % above the previous year.
        The number of staff remained stable at ### full-time equivalents.
        Please find enclosed the documents that are needed to process your application.
        The new software will go live in the first quarter of next year.
        It is proposed that the recommendations of the working group be adopted and followed up every three months.
        This report describes the methods used, the main results and the limits of the evaluation.
        Visitor numbers rose, in particular during the summer months.
        Under the terms of the contract no penalty is due before {date}.
        """
    ),
    figure_captions=_lines(
        """
        Figure #. Distribution of cases by age and sex.
        Figure #: Admissions between {year} and {year}.
        Fig. # Study flow chart
        FIGURE # | Mean response over time.
        """
    ),
    table_captions=_lines(
        """
        Table # Characteristics of the participants
        Table #. Results by group.
        TABLE # | Comparison of the two periods.
        Table #: Baseline data
        """
    ),
    references=_lines(
        """
        {LASTN} {initial}, {LASTN} {initial}, {LASTN} {initial}. A study of {topic}. {journal}. {year};##:###-##.
        {LASTN}, {initial}. ({year}). {topic}. {publisher}.
        {LASTN} {initial}, {LASTN} {initial}, et al. On {topic}. {journal} ## (#), ##–## ({year}). https://doi.org/10.####/{initials2}.####
        """
    ),
)
