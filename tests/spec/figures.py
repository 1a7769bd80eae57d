"""The rules of counting by example: a few facts, a definition, the number.

These are tests (``test_figures.py`` runs each on both evaluators) and they are the manual
(``docs/reference/methodology.md`` is rendered from them). A line beginning with ``*`` counts.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spec:
    """``facts`` is a table of fact columns; ``cut`` names a breakdown and what its cells must be."""

    figure: str
    title: str
    facts: str
    value: int
    period: str = "2022"
    cut: str = ""
    cells: tuple[tuple[str, int], ...] = ()
    left_out: int = 0


SPECS = (
    Spec(
        "protection.cases",
        "A case with deliveries in March and in May counts once in the year",
        """
          date       | subject | category         | person
        * 2022-03-10 | case-1  | referral_general | Ana
          2022-05-02 | case-1  | referral_general | Ana
        * 2022-05-02 | case-2  | other_crime      | Luis
        * 2022-12-31 | case-3  | gbv              | Ana
          2021-12-31 | case-4  | other_crime      | Rosa
          2023-01-01 | case-5  | prenatal         | Inés
        """,
        3,
        cut="category",
        cells=(("gbv", 1), ("other_crime", 1), ("referral_general", 1)),
    ),
    Spec(
        "protection.cases",
        "By month the same case counts in both months, so months are never added up",
        """
          date       | subject | category
        * 2022-03-10 | case-1  | referral_general
          2022-05-02 | case-1  | referral_general
        * 2022-05-02 | case-2  | other_crime
        """,
        2,
        cut="month",
        cells=(("2022-03", 1), ("2022-05", 2)),
    ),
    Spec(
        "protection.cases",
        "Without consent for statistics a case is in the total and in no cut by personal attributes or reserved categories",
        """
          date       | subject | category         | sex    | consented
        * 2022-03-10 | case-1  | gbv              | female | yes
        * 2022-03-10 | case-2  | gbv              | female | no
        * 2022-03-11 | case-3  | referral_general | male   | yes
        * 2022-03-11 | case-4  | referral_general | male   | no
        """,
        4,
        cut="category",
        cells=(("gbv", 1), ("referral_general", 1)),
        left_out=2,
    ),
    Spec(
        "protection.cases",
        "Those whose sex is not known are left out of the cut by sex",
        """
          date       | subject | category         | sex
        * 2022-03-10 | case-1  | referral_general | female
        * 2022-03-10 | case-2  | referral_general | unknown
        * 2022-03-11 | case-3  | referral_general | -
        * 2022-03-11 | case-4  | prenatal         | female
        """,
        4,
        cut="sex",
        cells=(("female", 2),),
    ),
    Spec(
        "protection.perinatal_kits",
        "Kits are added up; other items are not kits",
        """
          date       | category      | person | quantity
        * 2022-02-01 | prenatal_kit  | Ana    | 1
        * 2022-06-01 | postnatal_kit | Ana    | 2
        * 2022-06-03 | postnatal_kit | Luz    | 1
          2022-06-03 | hygiene       | Luz    | 5
          2021-06-03 | prenatal_kit  | Eva    | 1
        """,
        4,
        cut="class",
        cells=(("postnatal_kit", 3), ("prenatal_kit", 1)),
    ),
    Spec(
        "protection.perinatal_people",
        "The mother counts once, however many kits she received",
        """
          date       | category      | person | quantity
        * 2022-02-01 | prenatal_kit  | Ana    | 1
          2022-06-01 | postnatal_kit | Ana    | 2
        * 2022-06-03 | postnatal_kit | Luz    | 1
          2022-06-03 | hygiene       | Eva    | 1
        """,
        2,
    ),
    Spec(
        "protection.birth_registration_days",
        "A drive of several days is one; other events are none",
        """
          date       | subject | category
        * 2022-04-04 | drive-1 | registration_drive
          2022-04-05 | drive-1 | registration_drive
        * 2022-09-12 | drive-2 | registration_drive
          2022-09-12 | fair-1  | service_fair
        """,
        2,
    ),
    Spec(
        "protection.birth_certificates",
        "Children by the date their birth certificate was issued, once each; neither adults nor other documents count, "
        "nor whoever gave no consent for statistics",
        """
          date       | person | category          | age_band | consented
        * 2022-04-20 | Ana    | birth_certificate | 0-4      | yes
          2022-08-01 | Ana    | birth_certificate | 0-4      | yes
        * 2022-04-20 | Luis   | birth_certificate | 12-17    | yes
          2022-04-20 | Sol    | curp              | 12-17    | yes
          2022-04-20 | Rosa   | birth_certificate | 18-59    | yes
          2022-04-20 | Eva    | birth_certificate | 5-11     | no
          2022-04-20 | Inés   | birth_certificate | unknown  | yes
        """,
        2,
    ),
    Spec(
        "protection.fairs",
        "Fairs by municipality",
        """
          date       | subject | category     | place
        * 2022-03-04 | fair-1  | service_fair | 02002
        * 2022-05-06 | fair-2  | service_fair | 02002
          2022-05-07 | fair-2  | service_fair | 02002
        * 2022-10-01 | fair-3  | service_fair | 19039
          2022-10-01 | talk-1  | training     | 19039
        """,
        3,
        cut="municipality",
        cells=(("02002", 2), ("19039", 1)),
    ),
    Spec(
        "protection.fair_participants",
        "Participations are added up: signatures and head counts, at fairs alone",
        """
          date       | within       | category | quantity
        * 2022-03-04 | service_fair | public   | 120
        * 2022-03-04 | service_fair | public   | 1
          2022-03-04 | training     | cso      | 30
        """,
        121,
    ),
    Spec(
        "capacity.participants",
        "Participations in trainings, each of one sector; courses for migrants are another thing",
        """
          date       | within         | category   | quantity
        * 2022-03-04 | training       | government | 76
        * 2022-03-05 | training       | cso        | 10
        * 2022-03-05 | training       | shelter    | 9
        * 2022-07-01 | training       | private    | 5
          2022-07-01 | labour_course  | public     | 20
          2022-07-01 | service_fair   | public     | 90
        """,
        100,
        cut="sector",
        cells=(("cso", 10), ("government", 76), ("private", 5), ("shelter", 9)),
    ),
    Spec(
        "capacity.topics",
        "A topic counts once, in however many trainings it appears",
        """
          date       | subject    | category | topics
        * 2022-03-04 | training-1 | training | gbv, psea
        * 2022-05-04 | training-2 | training | gbv, data_protection
          2022-06-04 | training-3 | training | -
          2022-06-04 | forum-1    | forum    | smuggling
        """,
        3,
        cut="topic",
        cells=(("data_protection", 1), ("gbv", 1), ("psea", 1)),
    ),
    Spec(
        "shelters.supported",
        "A site counts once; kinds of support overlap and are never added up",
        """
          date       | site     | site_kind     | category | organisation
        * 2022-01-10 | shelter-1| shelter       | food     | org-1
          2022-02-10 | shelter-1| shelter       | nfi      | org-1
        * 2022-02-11 | shelter-2| shelter       | food     | org-2
        * 2022-02-11 | canteen-1| other_service | food     | org-3
        """,
        3,
        cut="class",
        cells=(("food", 3), ("nfi", 1)),
    ),
    Spec(
        "shelters.other_institutions",
        "Institutions that are no shelters, once each: a part of the sites supported",
        """
          date       | site     | site_kind     | category | organisation
          2022-01-10 | shelter-1| shelter       | food     | org-1
        * 2022-02-11 | canteen-1| other_service | food     | org-3
          2022-03-11 | canteen-2| other_service | food     | org-3
        * 2022-03-11 | clinic-1 | other_service | hygiene  | org-4
        """,
        2,
    ),
    Spec(
        "assistance.people_direct",
        "People over items and services together, once each; who is not known cannot be counted",
        """
          kind               | date       | person | category     | office
        * assistance.item    | 2022-01-10 | Ana    | hygiene      | TIJ
          assistance.service | 2022-01-10 | Ana    | consultation | TIJ
        * assistance.service | 2022-02-11 | Luis   | lodging      | TAP
          assistance.service | 2022-02-12 | -      | information  | TAP
          assistance.service | 2022-02-13 | Ana    | lodging      | TAP
        """,
        2,
        cut="office",
        cells=(("TAP", 2), ("TIJ", 1)),
    ),
    Spec(
        "surveys.interviews",
        "Each interview counts; a person may name several reasons or none",
        """
          date       | topics             | sex
        * 2022-10-03 | economic, insecurity | male
        * 2022-10-03 | economic           | female
        * 2022-12-31 | -                  | male
          2023-01-01 | economic           | male
        """,
        3,
        period="2022-Q4",
        cut="reason",
        cells=(("economic", 2), ("insecurity", 1), ("unknown", 1)),
    ),
    Spec(
        "surveys.interviews",
        "A route needs both of its ends",
        """
          date       | origin | destination
        * 2022-10-03 | HND    | USA
        * 2022-10-04 | HND    | USA
        * 2022-10-05 | HTI    | MEX
        * 2022-10-06 | HTI    | -
        """,
        4,
        period="2022-Q4",
        cut="route",
        cells=(("HND/USA", 2), ("HTI/MEX", 1)),
    ),
)
