from __future__ import annotations

import pytest

from retrieval.text.assertions import asserts

STATEMENTS = """\
The port of Vessa reopened on March 12, 2025.
The crossing takes 95 minutes
Employees get 28 days of paid leave a year.
Interns do not get paid leave
We deploy on Fridays
Staff may work from home up to three days a week.
Leave must be requested two weeks before it begins
Claims are paid within 30 days
Support ends in 2027
Access requires a badge
Work from abroad is prohibited without written consent.
Working from abroad is prohibited
When the storm closed the port, 14 boats sank.
Where the pier ends, a buoy floats at night.
Will Smith said that the port had reopened.
May 5 was a holiday
Report 7 shows three errors
Thanks to the new pump, the water rose.
Last year the festival drew 42,000 visitors
Open positions are listed in the wiki
It's raining in Ostra
They've moved the release to 20 February
Grace takes the first week
The motor draws 45 watts
The warranty covers frost damage
The ferry berths at Lind every second Tuesday.
Nobody was killed
"We deploy on Fridays," the lead said.
“The harbour is open.”
Der Hafen wurde am 12. März 2025 wieder geöffnet.
我们在北京有三个办公室。
That is why the stairs are locked
No employee may smoke in the yard
Unused leave expires on 31 March"""
REST = """\
When did the port reopen?
when did the port reopen
What is the limit for hotels
who approves leave
How many days of leave do we get
which team is responsible for this
why was the port closed
Is the port open again
Does anyone know when the ferry sails
Do we have a limit for taxis
Has the port reopened?
Can somebody tell me the limit
I wonder whether the port has reopened
Not sure when the port reopened
Any news on the port?
Let me know when it is done
Hi all
Hello!
Good morning everyone
Thanks a lot for the quick answer!
Thank you, that helps
thx
Happy Friday!
Best regards
Nice work, team
Sorry!
Check the numbers
Check that the server is up.
Please send me the report by Friday.
Send it to the finance office
Don't deploy on Fridays
Do not deploy on Fridays.
Never deploy on a Friday
Let's meet at nine
Leave the building by the north stairs.
Post the link here
Look at the numbers
Be careful
Open the door
Reboot
Feel free to ask
Friday, 9 a.m.
FYI
New release notes for March
Great news
42,000 visitors!
https://example.com/a.html
+1
…
?
"""


@pytest.mark.parametrize("sentence", STATEMENTS.splitlines())
def test_a_statement_asserts(sentence: str) -> None:
    assert asserts(sentence)


@pytest.mark.parametrize("sentence", REST.splitlines())
def test_a_question_an_order_a_courtesy_or_a_fragment_does_not(sentence: str) -> None:
    assert not asserts(sentence)
