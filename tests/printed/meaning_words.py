"""Words of many fields of medicine with what they mean: labels, units and the codebook's names for them.

A variable of "?" is one that the codebook need not know: no name, or a name of its own, is right; another entry's is
wrong.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A quantity: the labels it goes by, (printed, normal) units, range of means, spread, decimals."""

    labels: tuple[str, ...]
    units: tuple[tuple[str, str], ...]
    variable: str
    low: str
    high: str
    spread: tuple[str, str]
    decimals: int


def _fields(lines: str) -> list[list[str]]:
    return [[part.strip() for part in line.split("::")] for line in lines.strip().splitlines()]


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """("printed", "meant") of each; only one is written where both are the same."""
    pairs = [part.partition(" = ") for part in _list(text)]
    return tuple((first, second or first) for first, _, second in pairs)


def _measure(line: str) -> Measure:
    variable, labels, units, numbers = _fields(line)[0]
    low, high, least, most, decimals = numbers.split()
    return Measure(_list(labels), _pairs(units), variable, low, high, (least, most), int(decimals))


MEASURES = tuple(
    _measure(line)
    for line in """
age :: Age; Age at enrolment; Age at randomisation; Patient age :: years; yr = years; y = years :: 38 74 6 14 1
bmi :: Body-mass index; BMI; Body mass index :: kg/m² = kg/m2; kg/m2 :: 22 36 3 7 1
weight :: Weight; Body weight :: kg :: 61 108 9 22 1
height :: Height :: cm :: 152 181 6 11 1
systolic_bp :: Systolic blood pressure; SBP; Systolic BP :: mm Hg = mmHg; mmHg :: 112 152 9 21 1
diastolic_bp :: Diastolic blood pressure; DBP :: mm Hg = mmHg; mmHg :: 66 92 6 13 1
heart_rate :: Heart rate; Resting heart rate :: beats/min = bpm; bpm :: 61 88 8 15 0
lvef :: Left ventricular ejection fraction; LVEF :: % :: 28 61 5 11 1
nt_probnp :: NT-proBNP :: pg/mL; ng/L :: 900 3900 200 880 0
hba1c :: Glycated haemoglobin; HbA1c; HbA₁c :: % :: 6 9 0 2 1
glucose :: Fasting plasma glucose; Fasting glucose :: mmol/L; mmol/l = mmol/L :: 5 11 1 3 1
ldl_cholesterol :: LDL cholesterol; LDL-C :: mmol/L; mg/dL :: 2 5 0 1 1
triglycerides :: Triglycerides :: mmol/L :: 1 4 0 1 1
egfr :: eGFR; Estimated GFR; Estimated glomerular filtration rate :: mL/min/1.73 m² = mL/minutes/1.73m2 :: 41 96 12 26 1
creatinine :: Serum creatinine; Creatinine :: µmol/L = umol/L; μmol/l = umol/L :: 71 168 14 52 0
hemoglobin :: Haemoglobin; Hemoglobin; Hb :: g/dL; g/L :: 9 14 1 2 1
platelets :: Platelet count; Platelets :: ×10⁹/L = 10^9/L; 10^9/L :: 110 290 30 80 0
leukocytes :: White blood cell count; WBC count; Leucocytes :: ×10⁹/L = 10^9/L :: 5 13 1 4 1
crp :: C-reactive protein; CRP :: mg/L; mg/l = mg/L :: 12 96 4 10 1
albumin :: Albumin; Serum albumin :: g/L :: 29 44 3 7 1
alt :: ALT; Alanine aminotransferase :: U/L; IU/L :: 21 77 6 18 0
ldh :: Lactate dehydrogenase; LDH :: U/L :: 180 420 30 120 0
oxygen_saturation :: Oxygen saturation; SpO₂; SpO2 :: % :: 88 97 1 4 0
temperature :: Body temperature; Temperature :: °C = degC :: 36 38 0 1 1
time_since_diagnosis :: Disease duration; Time since diagnosis :: years; yr = years :: 2 16 1 2 1
pack_years|smoking :: Smoking history; Pack-years :: pack-years :: 18 48 6 17 0
charlson :: Charlson comorbidity index; Charlson score ::  :: 1 5 0 1 1
cha2ds2_vasc :: CHA₂DS₂-VASc score; CHA2DS2-VASc score ::  :: 2 5 0 2 1
? :: FEV₁; Pre-bronchodilator FEV1 :: L :: 1 3 0 1 2
? :: MADRS total score; HAM-D score; BDI-II score; PANSS total score ::  :: 18 44 3 9 1
? :: NIHSS score; SOFA score; APACHE II score ::  :: 6 21 2 5 0
? :: DAS28-CRP; HAQ-DI ::  :: 2 6 0 2 2
? :: Gestational age at delivery; Gestational age :: weeks; wk = weeks :: 33 40 1 3 1
? :: Birth weight; Birthweight :: g :: 2100 3600 310 640 0
? :: Six-minute walk distance; 6-minute walk distance; 6MWD :: m :: 280 460 60 110 0
? :: Operating time; Duration of surgery :: min = minutes; minutes :: 70 210 20 60 0
? :: Ferritin; Serum ferritin :: µg/L = ug/L; ng/mL :: 40 410 10 38 0
? :: Tumour size; Tumor diameter :: cm; mm :: 2 6 0 2 1
""".strip().splitlines()
)
"""variable :: labels :: units as printed (= normal form) :: range of the mean, range of the spread, decimals."""

SINGLES = tuple(
    (_list(labels), variable, category)
    for variable, labels, category in _fields("""
sex :: Female sex; Female; Women; Sex, female :: female
sex :: Male sex; Male; Men :: male
hypertension :: Hypertension; Arterial hypertension; History of hypertension :: |yes
diabetes :: Diabetes mellitus; Type 2 diabetes; Diabetes :: |type 2|yes
atrial_fibrillation :: Atrial fibrillation ::
myocardial_infarction :: Previous myocardial infarction; Prior MI ::
stroke :: Previous stroke or TIA; Prior stroke ::
heart_failure :: Heart failure; Congestive heart failure ::
copd :: COPD; Chronic obstructive pulmonary disease ::
renal_impairment :: Chronic kidney disease ::
peripheral_artery_disease :: Peripheral artery disease ::
dyslipidemia :: Hypercholesterolaemia; Dyslipidemia ::
smoking :: Current smoker; Current smokers :: current
prior_chemotherapy :: Previous chemotherapy; Prior chemotherapy ::
prior_radiotherapy :: Prior radiotherapy; Previous radiotherapy ::
prior_surgery|? :: Previous abdominal surgery :: *
? :: Rheumatoid factor positive; Anti-CCP positive :: *
? :: Nulliparous; Preeclampsia in a previous pregnancy :: *
?|concomitant_medication :: Oral glucocorticoid use; Use of a β-blocker; Statin use :: *
? :: Mechanical ventilation; Admission to ICU :: *
""")
)

GROUPS = tuple(
    (_list(labels), variable, _pairs(categories))
    for variable, labels, categories in _fields("""
sex :: Sex; Gender :: Female = female; Male = male
race :: Race; Race or ethnic group :: White = white; Black or African American = black; Asian = asian; Other = *
ecog :: ECOG performance status; ECOG PS :: 0; 1; 2
nyha_class :: NYHA class; NYHA functional class :: I; II; III; IV
smoking :: Smoking status; Smoking :: Never = never; Former = former; Current = current
disease_stage :: Tumour stage; Disease stage; Clinical stage :: I; II; III; IV
age :: Age group, years; Age group :: <50 = < 50; 50–64; 65–74; ≥75 = ≥ 75
region :: Region; Geographic region :: Europe; North America; Asia–Pacific
education :: Educational level; Education :: Primary school; Secondary school; University
marital_status :: Marital status :: Single; Married; Divorced; Widowed
tumour_grade :: Tumour grade; Histological grade :: 1; 2; 3
histology :: Histology; Histological type :: Adenocarcinoma; Squamous-cell carcinoma; Other = *
employment :: Employment status :: Employed; Retired; Unemployed
metastasis :: Site of metastases; Metastatic site :: Liver = liver; Lung = lung; Bone = bone
concomitant_disease|? :: Comorbidities; Coexisting conditions; Medical history :: Gout; Osteoporosis; Thyroid disease
? :: Child–Pugh class :: A; B; C
? :: Stroke mechanism; Stroke subtype :: Cardioembolism; Large-artery disease; Undetermined
? :: Mode of delivery; Delivery :: Vaginal; Elective caesarean; Emergency caesarean
? :: Asthma control :: Well controlled; Partly controlled; Uncontrolled
""")
)

ARMS = (
    "Placebo", "Control", "Usual care", "Standard of care", "Semaglutide 1.0 mg", "Semaglutide 0.5 mg", "Dapagliflozin",
    "Tocilizumab", "Rivaroxaban", "Warfarin", "Early surgery", "Delayed surgery", "Vitamin D", "Nivolumab + ipilimumab",
    "Chemotherapy", "Docetaxel", "Ocrelizumab", "Interferon β-1a", "High dose", "Low dose", "Sham", "CBT", "Exercise",
    "Telemonitoring", "Isatuximab 20 mg/kg", "Pd", "Mepolizumab", "PCI", "CABG", "Laparoscopic", "Open", "Methotrexate",
    "Adalimumab 40 mg", "Dexamethasone", "Group A", "Group B", "Cohort 1", "Cohort 2", "Survivors", "Non-survivors",
    "Aspirin", "Apixaban", "Levetiracetam", "Intervention",
)  # fmt: skip
TOTALS = ("Total", "All patients", "Overall", "All")
STUB_HEADS = ("Characteristic", "Variable", "Parameter", "", "Characteristics", "Measure")

EVENTS = (
    ("Gastrointestinal disorders", ("Nausea", "Vomiting", "Diarrhoea", "Constipation", "Abdominal pain")),
    ("Infections and infestations", ("Nasopharyngitis", "Urinary tract infection", "Pneumonia", "Sepsis")),
    ("Nervous system disorders", ("Headache", "Dizziness", "Peripheral neuropathy", "Somnolence")),
    ("Blood and lymphatic system disorders", ("Anaemia", "Neutropenia", "Thrombocytopenia", "Febrile neutropenia")),
    ("Skin disorders", ("Rash", "Pruritus", "Alopecia")),
    ("Metabolism and nutrition disorders", ("Hypokalaemia", "Decreased appetite", "Hyperglycaemia")),
    ("General disorders", ("Fatigue", "Pyrexia", "Oedema peripheral", "Injection-site reaction")),
    ("Vascular disorders", ("Hypertension", "Deep vein thrombosis", "Hot flush")),
)
KINDS = {
    "@R": "related|drug-related|treatment-related|related to treatment|related to study drug",
    "@D": "leading to discontinuation|leading to treatment discontinuation",
}
GRADES = (
    (("Any grade", "All grades", "Grade 1–5"), "any|1-5", ""),
    (("Grade ≥3", "Grade 3 or higher", "≥ Grade 3"), ">=3", ""),
    (("Grade 3–4", "Grade 3/4", "Grades 3 and 4"), "3-4", ""),
    (("Grade 1–2", "Grade 1/2"), "1-2", ""),
    (("Grade 3",), "3", ""),
    (("Grade 4",), "4", ""),
    (("Grade 5",), "5", ""),
    (("Serious", "SAE"), "|any", "serious"),
    (("Treatment-related", "Related", "Drug-related"), "|any", KINDS["@R"]),
    (("Leading to discontinuation",), "|any", KINDS["@D"]),
)
"""Heads of columns of adverse events: labels, grade, kind of event."""

EVENT_SUMMARY = tuple(
    (_list(labels), variable, category, KINDS.get(kind, kind))
    for variable, labels, category, kind in _fields("""
adverse_event :: Any adverse event; Any AE; At least one adverse event; Patients with any TEAE :: any ::
adverse_event|serious_adverse_event :: Serious adverse events; Any serious AE; SAE :: any| :: serious
adverse_event|related_adverse_event :: Treatment-related adverse events; Drug-related AE :: any| :: @R
adverse_event|discontinuation_due_to_ae :: AE leading to discontinuation; Discontinuation due to AE :: any| :: @D
adverse_event|death :: Fatal adverse events; AE leading to death; Fatal AE :: any| :: fatal|leading to death
adverse_event|severe_adverse_event :: Grade ≥3 adverse events; AE of grade ≥3; Any grade 3 or higher AE :: any| ::
""")
)
RESPONSES = (
    ("Complete response", "CR"), ("Very good partial response", "VGPR"), ("Partial response", "PR"),
    ("Stable disease", "SD"),    ("Progressive disease", "PD"),
)  # fmt: skip
SURVIVALS = (
    (("progression-free survival", "PFS"), "pfs"),
    (("overall survival", "OS"), "os"),
    (("duration of response", "DOR"), "duration_of_response"),
    (("time to progression", "TTP"), "time_to_progression"),
    (("event-free survival", "EFS"), "event_free_survival"),
)
RATES = (
    (("Objective response rate", "Overall response rate", "ORR"), "orr"),
    (("Disease control rate", "DCR"), "disease_control"),
    (("Clinical benefit rate",), "clinical_benefit"),
    (("Death from any cause", "All-cause mortality", "Deaths"), "death"),
    (("Hospitalisation", "Hospital admission"), "hospitalization"),
    (("Stroke",), "stroke|?"),
    (("Recurrence within 12 months", "Treatment failure", "Clinical remission", "ACR20 response", "Live birth"), "?"),
    (("Major bleeding", "Surgical-site infection", "Graft loss", "Severe hypoglycaemia"), "?|adverse_event|infection"),
    (("MRD negativity",), "mrd_negative"),
)
TIMES = ("Baseline", "Week 4", "Week 12", "Week 24", "Month 6", "Month 12", "Day 28", "1 year", "2 years")
