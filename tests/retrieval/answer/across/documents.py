"""Documents that speak of the same things: policies of two years, two reports, teams, products."""

from __future__ import annotations

DOCUMENTS = {
    "hr/leave-2023.md": """\
---
title: Leave policy 2023
date: 2023-01-10
---
# Leave policy 2023

## Annual leave
Employees receive 25 days of annual leave a year. Unused leave can be carried over until 31 \
March. Leave requests go to the team lead.

## Parental leave
Parental leave lasts 12 weeks at full pay. Applications must reach the personnel office two \
months before the birth.

## Sick leave
A doctor's note is needed from the third day of illness.
""",
    "hr/leave-2024.md": """\
---
title: Leave policy 2024
date: 2024-01-08
---
# Leave policy 2024

## Annual leave
Employees receive 28 days of annual leave a year. Unused leave expires on 31 December. Leave \
requests go to the personnel office.

## Parental leave
Parental leave lasts 16 weeks at full pay. Applications must reach the personnel office one \
month before the birth.

## Sick leave
A doctor's note is needed from the fourth day of illness.
""",
    "news/strike-courier.md": """\
---
title: Dockers walk out at Marlow
date: 2025-04-02
source: Marlow Courier
---
# Dockers walk out at Marlow

Dockers at the port of Marlow went on strike on Tuesday. The union said that the strike was \
caused by unpaid overtime. "Our members have not been paid for January," said Hanna Reiss, the \
union's chair. About 400 dockers took part in the strike, the union said.

The strike will go on until the overtime is paid, Reiss added. The fruit terminal was closed \
all day.
""",
    "news/strike-business.md": """\
---
title: Marlow port operator rejects strike claims
date: 2025-04-03
source: Coast Business Daily
---
# Marlow port operator rejects strike claims

The company that runs the port of Marlow said that all overtime had been paid. The company \
called the strike unlawful. About 150 dockers took part in the strike, according to the \
company. Viktor Sand, the operator's director, said the strike was caused by a dispute over \
shift plans.

The fruit terminal stayed open with replacement staff, the company said.
""",
    "news/plant-fire.md": """\
---
title: Fire at the Oslen paint plant
date: 2025-06-11
source: Oslen Herald
---
# Fire at the Oslen paint plant

A fire broke out at the Oslen paint plant on Monday night. The fire brigade said that a faulty \
dryer started the fire. Two workers were treated in hospital for burns. The plant will stay \
closed for a month. The fire was reported by Mara Quist, a night guard.
""",
    "news/plant-statement.md": """\
---
title: Statement of Oslen Coatings on the incident
date: 2025-06-12
source: Oslen Coatings
---
# Statement of Oslen Coatings on the incident

A small fire occurred at the Oslen paint plant on Monday night. According to the company, \
lightning started the fire. No worker was seriously hurt. Production will resume next week.
""",
    "minutes/2025-03-board.md": """\
---
title: Minutes of the board, March 2025
date: 2025-03-18
---
# Minutes of the board, March 2025

## Attendance
Present: Ilse Brandt (chair), Tomas Keller, Priya Nair and Owen Shaw. Lena Vogt sent apologies.

## Decisions
- The board approved the budget for 2025.
- The board postponed the move to Ghent until autumn.
- The board appointed Priya Nair as treasurer.

## Actions
- Tomas Keller will renew the insurance by 30 April.
- Owen Shaw will write to the landlord.
""",
    "health/cardel-faq.md": """\
---
title: Cardel 20 mg, questions and answers
date: 2024-09-01
---
# Cardel 20 mg, questions and answers

## What are the side effects of Cardel?
Common side effects are:

- headache
- dizziness
- a dry cough

Rare side effects include swelling of the lips and a rash.

## Who must not take Cardel?
- pregnant women
- children under 12
- people with severe kidney disease

## How is Cardel taken?
Cardel is taken once a day with water. The usual dose is 20 mg.

## What should be done before the first dose?
1. Tell your doctor which other medicines you take.
2. Have your blood pressure measured.
3. Read the leaflet.
""",
    "products/heron-100.md": """\
---
title: Heron 100 product sheet
date: 2024-02-01
---
# Heron 100

The Heron 100 is a portable projector. It weighs 1.2 kg. The battery of the Heron 100 lasts 3 \
hours. The lamp gives 400 lumens. The Heron 100 costs 349 euros.

## Ports
- HDMI
- USB-C
- a headphone socket
""",
    "products/heron-200.md": """\
---
title: Heron 200 product sheet
date: 2025-02-01
---
# Heron 200

The Heron 200 is a portable projector. It weighs 1.5 kg. The battery of the Heron 200 lasts 5 \
hours. The lamp gives 700 lumens. The Heron 200 costs 529 euros.

## Ports
- HDMI
- two USB-C sockets
- Ethernet
""",
    "teams/payments.md": """\
---
title: Payments team
date: 2025-01-15
---
# Payments team

The payments team runs the checkout service and the invoice service. It uses Postgres for \
invoices and Redis for sessions. The team is led by Amira Haddad. Members are Jonas Falk, Ruth \
Osei and Pavel Dvorak. The team sits in Ghent.
""",
    "teams/search.md": """\
---
title: Search team
date: 2025-01-20
---
# Search team

The search team runs the catalogue search. The team uses Elasticsearch for the index and \
Postgres for the job queue. Bruno Lima leads the search team. The team sits in Lyon.
""",
    "teams/data.md": """\
---
title: Data team
date: 2025-02-03
---
# Data team

The data team builds the reports. It stores everything in BigQuery. Nadia Ferrer leads the \
data team. The data team also looks after the old Postgres cluster until it is switched off.
""",
    "teams/mobile.md": """\
---
title: Mobile team
date: 2025-02-11
---
# Mobile team

The mobile team builds the apps for iOS and Android. The team uses SQLite on the device. It \
does not use Postgres. The team is led by Ken Abara.
""",
    "facilities/offices.md": """\
---
title: Offices
date: 2025-03-01
---
# Offices

## Lyon
The Lyon office has 45 desks on two floors. The office covers 620 square metres. It opened in \
2019. Visitors register with Claire Dumont.

## Ghent
The Ghent office has 30 desks on one floor. The office covers 410 square metres. It opened in \
2021. Visitors register with Bart Claes.

## Porto
The Porto office has 12 desks. It opened in 2023.
""",
    "history/mercer-architect.md": """\
---
title: John Mercer (architect)
date: 2020-01-01
---
# John Mercer (architect)

John Mercer was an English architect, born in Leeds in 1881. John Mercer designed the Corn \
Exchange in Halden. He died in York in 1949.
""",
    "history/mercer-pilot.md": """\
---
title: John Mercer (pilot)
date: 2021-01-01
---
# John Mercer (pilot)

John Mercer was an Australian pilot, born in Perth in 1902. John Mercer flew the first mail \
from Darwin to Broome. He died in Sydney in 1977.
""",
    "history/halden-exchange.md": """\
---
title: Halden town guide
date: 2018-05-05
---
# Halden town guide

The Corn Exchange in Halden was built in 1910. It was designed by Edith Lowe. The founder of \
Halden was the wool merchant Adam Pell. The market is held in Bridge Street.
""",
    "history/halden-chronicle.md": """\
---
title: Chronicle of Halden
date: 1999-03-02
---
# Chronicle of Halden

The town of Halden was founded by Sir Giles Orme. The Corn Exchange in Halden was designed by \
John Mercer. The market is held on Castle Green.
""",
}
