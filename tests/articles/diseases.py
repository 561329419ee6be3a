# ruff: noqa: E501
"""Invented studies of real diseases: what their patients have, are given, and go through. Drugs and trials are made up.

Each event is (name, share with any grade, share of those that is severe); each measure is (label, variable, unit, mean,
sd, decimals, least, greatest); each grouping is (labels, variable, categories, shares).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """A laboratory value or another measurement. wrong_units: printed by mistake now and then."""

    labels: tuple[str, ...]
    variable: str
    unit: str
    mean: float
    sd: float
    decimals: int
    least: float
    greatest: float
    wrong_units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grouping:
    """Categories that part the patients."""

    labels: tuple[str, ...]
    variable: str
    categories: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True)
class Disease:
    """One field of medicine. kind: oncology (responses and survival) | general (success and a time to event)."""

    name: str
    kind: str
    people: str
    age: tuple[float, float, int, int]
    age_cuts: tuple[int, ...]
    male: float
    measures: tuple[Measure, ...]
    groupings: tuple[Grouping, ...]
    conditions: tuple[tuple[str, str, float], ...]
    earlier: tuple[tuple[str, float], ...]
    success: tuple[str, str, str]
    early_event: tuple[str, str, str]
    events: tuple[tuple[str, tuple[tuple[str, float, float], ...]], ...]
    drugs: tuple[str, ...]
    control: tuple[str, ...]


HB = Measure(("Haemoglobin", "Hemoglobin"), "hemoglobin", "g/dL", 11.4, 1.7, 1, 7.2, 16.4, ("g/L",))
PLATELETS = Measure(("Platelet count", "Platelets"), "platelets", "×10⁹/L", 182, 66, 0, 31, 420, ("/µL",))
CREATININE = Measure(("Serum creatinine", "Creatinine"), "creatinine", "µmol/L", 88, 21, 0, 45, 171, ("mg/dL",))
ALBUMIN = Measure(("Albumin", "Serum albumin"), "albumin", "g/L", 37, 5, 0, 22, 49, ("mg/dL",))
CRP = Measure(("C-reactive protein",), "crp", "mg/L", 34, 18, 0, 2, 110, ("g/L",))
BMI = Measure(("Body-mass index", "BMI"), "bmi", "kg/m²", 27.4, 4.3, 1, 17.1, 44.0, ("cm",))
WEIGHT = Measure(("Body weight", "Weight"), "weight", "kg", 78, 14, 0, 44, 131, ("g",))
SBP = Measure(("Systolic blood pressure",), "systolic_bp", "mm Hg", 134, 15, 0, 92, 188, ("mmol/L",))
HBA1C = Measure(("HbA1c", "Glycated haemoglobin"), "hba1c", "%", 8.2, 0.9, 1, 6.4, 11.9, ("mg/dL",))
LVEF = Measure(("Left ventricular ejection fraction",), "lvef", "%", 34, 7, 0, 15, 52, ("mL",))
EGFR = Measure(("Estimated glomerular filtration rate", "eGFR"), "egfr", "mL/min/1.73 m²", 68, 17, 0, 24, 118, ())
LDH = Measure(("Lactate dehydrogenase", "LDH"), "ldh", "U/L", 262, 84, 0, 121, 690, ())

ECOG = Grouping(("ECOG performance status", "ECOG PS"), "ecog", ("0", "1", "2"), (0.4, 0.45, 0.15))
STAGE = Grouping(("Disease stage", "Clinical stage"), "disease_stage", ("I", "II", "III", "IV"), (0.12, 0.2, 0.3, 0.38))
NYHA = Grouping(("NYHA class", "NYHA functional class"), "nyha_class", ("II", "III", "IV"), (0.52, 0.38, 0.1))
SMOKING = Grouping(("Smoking status", "Smoking"), "smoking", ("Never", "Former", "Current"), (0.45, 0.33, 0.22))
REGION = Grouping(("Region", "Geographic region"), "region", ("Europe", "North America", "Asia"), (0.5, 0.28, 0.22))
RACE = Grouping(("Race",), "race", ("White", "Black", "Asian", "Other"), (0.66, 0.14, 0.13, 0.07))
CHILD_PUGH = Grouping(("Child–Pugh class",), "child_pugh", ("A", "B", "C"), (0.55, 0.33, 0.12))
DELIVERY = Grouping(
    ("Severity at onset", "Disease severity"), "disease_severity", ("Mild", "Moderate", "Severe"), (0.35, 0.4, 0.25)
)

HYPERTENSION = ("Hypertension", "hypertension", 0.44)
DIABETES = ("Diabetes mellitus", "diabetes", 0.22)
CKD = ("Chronic kidney disease", "renal_impairment", 0.16)
COPD = ("Chronic obstructive pulmonary disease", "copd", 0.12)
FIBRILLATION = ("Atrial fibrillation", "atrial_fibrillation", 0.2)
INFARCTION = ("Previous myocardial infarction", "myocardial_infarction", 0.24)
ASTHMA = ("Asthma", "asthma", 0.14)
OBESITY = ("Obesity", "obesity", 0.26)

GUT = (
    "Gastrointestinal disorders",
    (("Nausea", 0.34, 0.08), ("Diarrhoea", 0.29, 0.15), ("Vomiting", 0.17, 0.1), ("Constipation", 0.2, 0.03)),
)
BLOOD = (
    "Blood and lymphatic system disorders",
    (("Neutropenia", 0.38, 0.6), ("Anaemia", 0.33, 0.35), ("Thrombocytopenia", 0.26, 0.4)),
)
INFECTION = (
    "Infections and infestations",
    (
        ("Pneumonia", 0.14, 0.55),
        ("Upper respiratory tract infection", 0.22, 0.06),
        ("Urinary tract infection", 0.12, 0.15),
    ),
)
NERVES = (
    "Nervous system disorders",
    (("Headache", 0.21, 0.04), ("Dizziness", 0.14, 0.05), ("Peripheral neuropathy", 0.16, 0.12)),
)
GENERAL = ("General disorders", (("Fatigue", 0.37, 0.12), ("Pyrexia", 0.19, 0.06), ("Peripheral oedema", 0.12, 0.05)))
SKIN = ("Skin disorders", (("Rash", 0.2, 0.1), ("Pruritus", 0.13, 0.02)))
METABOLISM = ("Metabolism and nutrition disorders", (("Hypokalaemia", 0.14, 0.25), ("Decreased appetite", 0.2, 0.06)))
VESSELS = ("Vascular disorders", (("Hypotension", 0.15, 0.15), ("Deep vein thrombosis", 0.06, 0.5)))

CANCER_SUCCESS = ("Overall response", "orr", "overall response rate")
PFS = ("progression-free survival", "PFS", "pfs")

DISEASES = (
    Disease("relapsed follicular lymphoma", "oncology", "patients", (64, 10, 24, 86), (65, 75), 0.52,
        (HB, PLATELETS, LDH, CREATININE), (STAGE, ECOG, RACE), (HYPERTENSION, DIABETES, COPD),
        (("Anti-CD20 antibody", 0.93), ("Alkylating agent", 0.81), ("Anthracycline", 0.58), ("Radiotherapy", 0.27)),
        CANCER_SUCCESS, PFS, (BLOOD, INFECTION, GUT, GENERAL), ("Velorafenib", "Tamsicamab", "Ondrelisib"), ("Placebo", "Bendamustine")),
    Disease("advanced urothelial carcinoma", "oncology", "patients", (68, 9, 37, 88), (65, 75), 0.74,
        (HB, CREATININE, ALBUMIN, LDH), (ECOG, SMOKING, REGION), (HYPERTENSION, DIABETES, CKD),
        (("Cisplatin", 0.68), ("Carboplatin", 0.41), ("Checkpoint inhibitor", 0.36), ("Cystectomy", 0.48)),
        CANCER_SUCCESS, PFS, (GUT, GENERAL, SKIN, METABOLISM), ("Padrovotug", "Nelsatinib", "Erivolimab"), ("Docetaxel", "Chemotherapy")),
    Disease("metastatic colorectal cancer", "oncology", "patients", (62, 10, 29, 84), (60, 70), 0.57,
        (HB, ALBUMIN, WEIGHT), (ECOG, RACE, SMOKING), (HYPERTENSION, DIABETES, OBESITY),
        (("Oxaliplatin", 0.92), ("Irinotecan", 0.77), ("Bevacizumab", 0.63), ("Anti-EGFR antibody", 0.38)),
        CANCER_SUCCESS, PFS, (GUT, SKIN, BLOOD, GENERAL), ("Fostalimus", "Quemrasib", "Lantorexin"), ("Best supportive care", "Placebo")),
    Disease("hepatocellular carcinoma", "oncology", "patients", (63, 9, 31, 85), (60, 70), 0.8,
        (ALBUMIN, PLATELETS, CREATININE), (CHILD_PUGH, ECOG, REGION), (DIABETES, HYPERTENSION, OBESITY),
        (("Resection", 0.33), ("Ablation", 0.29), ("Chemoembolisation", 0.52), ("Sorafenib", 0.44)),
        CANCER_SUCCESS, PFS, (GUT, GENERAL, SKIN, METABOLISM), ("Cavutinib", "Merolizumab"), ("Sorafenib", "Placebo")),
    Disease("chronic heart failure", "general", "patients", (69, 10, 38, 91), (65, 75), 0.63,
        (LVEF, SBP, BMI, EGFR), (NYHA, SMOKING, REGION), (FIBRILLATION, INFARCTION, DIABETES, COPD),
        (("Beta-blocker", 0.88), ("ACE inhibitor", 0.61), ("Loop diuretic", 0.79), ("Digoxin", 0.18)),
        ("Clinical improvement", "clinical_response", "proportion of patients with clinical improvement"),
        ("event-free survival", "EFS", "event_free_survival"),
        (VESSELS, GUT, NERVES, INFECTION), ("Levacardine", "Sotrecantan", "Omavaciguat"), ("Placebo", "Usual care")),
    Disease("type 2 diabetes", "general", "participants", (58, 9, 26, 79), (50, 65), 0.54,
        (HBA1C, BMI, SBP, EGFR), (SMOKING, RACE, REGION), (HYPERTENSION, OBESITY, CKD, INFARCTION),
        (("Metformin", 0.91), ("Sulfonylurea", 0.42), ("SGLT2 inhibitor", 0.27), ("Basal insulin", 0.31)),
        ("HbA1c target reached", "clinical_response", "proportion of participants who reached the HbA1c target"),
        ("event-free survival", "EFS", "event_free_survival"),
        (GUT, METABOLISM, INFECTION, NERVES), ("Dulamitide", "Kelgliptin", "Orsaglutide"), ("Placebo", "Standard of care")),
    Disease("community-acquired pneumonia", "general", "patients", (61, 14, 20, 94), (50, 70), 0.55,
        (CRP, CREATININE, ALBUMIN, HB), (DELIVERY, SMOKING), (COPD, DIABETES, HYPERTENSION, ASTHMA),
        (("Amoxicillin", 0.34), ("Macrolide", 0.22), ("Influenza vaccine", 0.46)),
        ("Clinical cure", "clinical_response", "clinical cure rate"),
        ("relapse-free survival", "RFS", "relapse_free_survival"),
        (GUT, SKIN, NERVES, INFECTION), ("Sulbefloxacin", "Tiromycin"), ("Amoxicillin", "Placebo")),
    Disease("ulcerative colitis", "general", "patients", (41, 12, 18, 76), (30, 50), 0.53,
        (CRP, ALBUMIN, HB, WEIGHT), (DELIVERY, SMOKING, REGION), (ASTHMA, OBESITY, HYPERTENSION),
        (("Glucocorticoid", 0.83), ("Azathioprine", 0.51), ("Anti-TNF antibody", 0.44), ("Vedolizumab", 0.21)),
        ("Clinical remission", "clinical_response", "clinical remission rate"),
        ("relapse-free survival", "RFS", "relapse_free_survival"),
        (GUT, INFECTION, SKIN, GENERAL), ("Entorilimab", "Jasekinib"), ("Placebo", "Methotrexate")),
    Disease("juvenile idiopathic arthritis", "general", "children", (9.5, 3.6, 2, 16), (6, 12), 0.31,
        (CRP, HB, ALBUMIN), (DELIVERY, RACE), (ASTHMA, OBESITY),
        (("Methotrexate", 0.78), ("Ibuprofen", 0.86), ("Etanercept", 0.33)),
        ("Inactive disease", "clinical_response", "proportion of children with inactive disease"),
        ("relapse-free survival", "RFS", "relapse_free_survival"),
        (INFECTION, GUT, SKIN, NERVES), ("Rilotacept", "Upamekinra"), ("Placebo", "Methotrexate")),
    Disease("hip fracture treated by surgery", "general", "patients", (78, 8, 51, 98), (75, 85), 0.3,
        (HB, ALBUMIN, CREATININE, WEIGHT), (DELIVERY, SMOKING), (HYPERTENSION, FIBRILLATION, DIABETES, CKD),
        (("Bisphosphonate", 0.29), ("Vitamin D", 0.48), ("Oral anticoagulant", 0.27)),
        ("Independent walking", "clinical_response", "proportion of patients who walked independently"),
        ("event-free survival", "EFS", "event_free_survival"),
        (VESSELS, INFECTION, NERVES, GENERAL), ("Osteralin", "Teriposet"), ("Placebo", "Usual care")),
)  # fmt: skip
