"""Claims over the made corpora, each with its label."""

from __future__ import annotations

SUPPORTED = """\
The port of Vessa reopened on March 12, 2025.
The storm sank 14 fishing boats.
The storm damaged the eastern pier.
The pier was built in 1931 by the Norden Company.
The authority denied that the eastern pier will be demolished.
The weather service issued its first warning on March 2.
The crossing takes 95 minutes.
The new terminal was opened by the transport minister.
The lantern festival in Ostra drew 42,000 visitors.
The mayor called the festival safe.
A local newspaper alleged that tickets were sold twice.
The organisers plan to hire 40 more stewards.
Employees get 28 days of paid leave a year.
Interns do not get paid leave.
Unused leave expires on 31 March.
Receipts must be kept for six years.
Working from abroad is prohibited without written consent.
The assembly point is the car park behind building C.
The Aquila 300 is a circulation pump.
The motor draws 45 watts.
The warranty lasts 36 months.
A red light means that the pump runs dry.
Clean the filter every six months.
The nightly backup failed on Tuesday because the disk was full.
The release moves to 20 February.
The staging server runs Debian 12.
We do not deploy on Fridays.
""".splitlines()

CHANGED = """\
The port of Vessa reopened on March 15, 2025.
The port of Vessa reopened on March 12, 2024.
The storm sank 41 fishing boats.
The storm damaged the western pier.
The pier was built in 1951 by the Norden Company.
The pier was built in 1931 by the Sudden Company.
The eastern pier will be demolished.
The weather service had ignored the storm.
The crossing takes 59 minutes.
The crossing takes 95 hours.
The new terminal was opened by the prime minister.
The new terminal was not opened by the transport minister.
The lantern festival in Ostra drew 24,000 visitors.
The lantern festival in Vessa drew 42,000 visitors.
The mayor called the festival dangerous.
Tickets were sold twice.
The organisers hired 40 more stewards.
The ferry calls at Lind.
Employees get 30 days of paid leave a year.
Interns get paid leave.
Unused leave expires on 31 May.
Receipts must be kept for three years.
Receipts must be kept for six months.
Working from abroad is allowed without written consent.
Leave the building by the south stairs.
The motor draws 450 watts.
The warranty lasts 99 years.
The warranty covers damage by frost.
A green light means that the pump runs dry.
Clean the filter every six weeks.
The nightly backup failed on Monday because the disk was full.
The nightly backup failed because the network was down.
The release moves to 27 February.
The staging server runs Debian 11.
We deploy on Fridays.
The search service is replaced in summer.
The breakfast limit is 140 euros.
The hotel limit is 15 euros per night.
""".splitlines()

CONTRADICTED = frozenset(
    """\
The port of Vessa reopened on March 15, 2025.
The port of Vessa reopened on March 12, 2024.
The storm sank 41 fishing boats.
The pier was built in 1951 by the Norden Company.
The eastern pier will be demolished.
The crossing takes 59 minutes.
The lantern festival in Ostra drew 24,000 visitors.
The mayor called the festival dangerous.
Employees get 30 days of paid leave a year.
Interns get paid leave.
Unused leave expires on 31 May.
Receipts must be kept for three years.
The motor draws 450 watts.
The release moves to 27 February.
We deploy on Fridays.
""".splitlines()
)
"""Of the changed claims those that the documents clearly contradict."""

NEAR = """\
The ferry to Ostra has a restaurant.
The captain of the ferry comes from Lind.
The storm killed livestock on the farms.
The lantern festival is paid for by the state.
Employees get a company car.
Interns get a laptop from the personnel office.
The Aquila 300 is made in Norway.
The pump weighs 12 kilograms.
The nightly backup is encrypted.
Alan is on call in April.
The staging server stands in Ostra.
Taxi receipts must be signed by the team lead.
""".splitlines()
