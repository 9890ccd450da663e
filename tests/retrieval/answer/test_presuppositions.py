from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answer.presuppositions import LONGEST, MOST, presupposed

PAIRS = """\
Why did the council ban e-scooters on the promenade?
The council banned e-scooters on the promenade.
Why does the handbook require two signatures for refunds?
The handbook requires two signatures for refunds.
Why do employees lose unused leave in March?
Employees lose unused leave in March.
Why must receipts be kept for ten years?
Receipts must be kept for ten years.
Why should contractors wear badges?
Contractors should wear badges.
Why can't interns work from abroad?
Interns cannot work from abroad.
Why aren't visitors allowed in the server room?
Visitors are not allowed in the server room.
Why is working from abroad allowed without consent?
Working from abroad is allowed without consent.
Why is it mandatory to report near misses?
It is mandatory to report near misses.
Why are there two kinds of passes?
There are two kinds of passes.
Why was the travel budget cut by half?
The travel budget was cut by half.
When does unused annual leave expire?
Unused annual leave expires.
When did the company abolish the dress code?
The company abolished the dress code.
When will the new expense policy be introduced?
The new expense policy will be introduced.
How are overtime hours paid?
Overtime hours are paid.
How does the finance team approve invoices?
The finance team approves invoices.
Who approves business trips?
Business trips are approved.
Who signed the remote work agreement in 2021?
The remote work agreement was signed in 2021.
What is the reason that managers must sign twice?
Managers must sign twice.
How come the canteen is closed on Mondays?
The canteen is closed on Mondays.
Can you tell me why the old policy was withdrawn?
The old policy was withdrawn.
I'd like to know when the probation period ends.
The probation period ends.
Why did the nightly backup fail on Tuesday?
The nightly backup failed on Tuesday.
Why has the search service been restarted twice?
The search service has been restarted twice.
Why were alerts not sent to the on-call engineer?
Alerts were not sent to the on-call engineer.
When was the database migrated to the new cluster?
The database was migrated to the new cluster.
What caused the outage of the payment service?
There was an outage of the payment service.
What made the queue overflow?
The queue overflowed.
What led the team to roll back the release?
The team rolled back the release.
Who rolled back release 4.2?
Release 4.2 was rolled back.
Who restarted the broker during the incident?
The broker was restarted during the incident.
How many requests did the outage affect?
The outage affected requests.
How many customers were locked out?
Customers were locked out.
How was the leak discovered?
The leak was discovered.
Where was the faulty cable found?
The faulty cable was found.
Which engineer deleted the index?
The index was deleted.
Which team is rewriting the importer?
The importer is being rewritten.
What happened after the storm at Vessa?
There was a storm at Vessa.
Since when has the certificate been expired?
The certificate has been expired.
Why didn't the failover work properly on Sunday?
The failover did not work properly on Sunday.
Why did the minister deny the reports of a strike?
The minister denied the reports of a strike.
Why did Türkiye withdraw its ambassador from Damascus?
Türkiye withdrew its ambassador from Damascus.
Why did António Guterres call for a ceasefire?
António Guterres called for a ceasefire.
When did Iraq and Iran sign the border accord?
Iraq and Iran signed the border accord.
How did the rebels take the city of Nasiriyah?
The rebels took the city of Nasiriyah.
Where did the two presidents meet?
The two presidents met.
Who attacked the convoy near Kirkuk?
The convoy near Kirkuk was attacked.
Who has condemned the attack on the embassy?
The attack on the embassy has been condemned.
Who will mediate the talks between the two sides?
The talks between the two sides will be mediated.
Which country recognised the new government first?
The new government was recognised first.
In which city did the delegations sign the truce?
The delegations signed the truce.
To whom did the general hand over command?
The general handed over command.
On what date was the blockade lifted?
The blockade was lifted.
What year did the parties agree on a ceasefire?
The parties agreed on a ceasefire.
How many soldiers did the ambush kill?
The ambush killed soldiers.
How many people have died in the flood?
People have died in the flood.
How much money was stolen from the bank?
Money was stolen from the bank.
What did the spokesman say about the explosion in the harbour?
There was an explosion in the harbour.
Why is Ana Lind the head of the authority?
Ana Lind is the head of the authority.
Why is Berlin's mayor so unpopular?
Berlin's mayor is so unpopular.
According to the UN, why did the talks collapse?
The talks collapsed.
Why, according to the report, did the bridge collapse?
The bridge collapsed.
After the merger, who replaced the chief executive?
After the merger, the chief executive was replaced.
Why have prices risen since May?
Prices have risen since May.
Why had the ferry been delayed?
The ferry had been delayed.
Why does the pump stop after ten minutes?
The pump stops after ten minutes.
How is the seal of the CP-40 replaced?
The seal of the CP-40 is replaced.
Why does the motor draw 450 watts?
The motor draws 450 watts.
Why is the green button disabled?
The green button is disabled.
Where is the serial number printed?
The serial number is printed.
How often is the firmware updated?
The firmware is updated.
Which firmware version fixed the memory leak?
The memory leak was fixed.
What replaced the old valve?
The old valve was replaced.
Why is the app unable to sync offline?
The app is unable to sync offline.
Why did the vendor stop selling the CP-30?
The vendor stopped selling the CP-30.
Who discovered the bug in the parser?
The bug was discovered in the parser.
Why did we move the stand-up to Tuesdays?
We moved the stand-up to Tuesdays.
why dont we deploy on fridays
We do not deploy on fridays.
why isnt the vpn working on macs
The vpn is not working on macs.
hey @onrecord quick question: why did Maria leave the platform team?
Maria left the platform team.
do you know when the offsite starts
The offsite starts.
Any idea why the build is red?
The build is red.
Who changed the deploy key?
The deploy key was changed.
who wrote "The Sea, the Sea"?
"The Sea, the Sea" was written.
Why was “Project Heron” cancelled?
“Project Heron” was cancelled.
When did Jean-François Lépine join the board?
Jean-François Lépine joined the board.
when did they stop saying mass in latin
They stopped saying mass in latin.
When was the last time the team missed a deadline?
The team missed a deadline.
Why did the union strike and lose?
The union struck and lost.
where does the ferry start and end
The ferry starts and ends.
Why did the port authority order the evacuation, and when was it lifted?
The port authority ordered the evacuation.
How did the storm damage the pier?
The storm damaged the pier.
why did france lose control of quebec
France lost control of quebec.
How quickly did the fire spread to the roof?
The fire spread to the roof.
What forced the mill to close?
The mill closed.
What prompted the board to dismiss the director?
The board dismissed the director.
Why is the re-election of the chair disputed?
The re-election of the chair is disputed.
How much did the city pay for the new pier?
The city paid for the new pier.
Why did Iraq call the PKK harmless?
Iraq called the PKK harmless.
When did the plant close?
The plant closed.
Why are foreign ministers going to co-chair the centre?
Foreign ministers are going to co-chair the centre.
Who replaced Ana Lind as director?
Ana Lind was replaced as director.
How did the union win the case?
The union won the case.
What did the minister say about the strike at Ostra?
There was a strike at Ostra.
Where was the treaty signed?
The treaty was signed.
How many people did the fire kill?
The fire killed people.
Since when has Ana Lind been the head of the office?
Ana Lind has been the head of the office.
Which company bought Vessa Lines in 2019?
Vessa Lines was bought in 2019.
What happens after the three warnings?
There are three warnings.
Why is it forbidden to smoke on deck?
It is forbidden to smoke on deck.
Why did Türkiye not sign the accord?
Türkiye did not sign the accord.
In 2019, why did the mayor resign?
In 2019, the mayor resigned.
Who took over the company in 2019?
The company was taken over in 2019.
Who has signed the treaty?
The treaty has been signed.
when did the log flume closed at the park
The log flume closed at the park.
Who did the city share the costs with?
The city shared the costs.
How many exits are there in the hall?
There are exits in the hall.
When were the first cameras installed?
The first cameras were installed.
Why is the ferry still closed?
The ferry is still closed.
The ferry was late again. Why did the crew refuse to sail?
The crew refused to sail.
""".splitlines()
"""A question, and in the line below what it takes for granted."""
NOTHING = """\
Is the bridge open?
Did the plant close?
Can staff work from home?
Was the treaty signed in 1926?
Does the warranty cover frost?
Has the release been rolled back?
Are interns entitled to leave?
Will the pier be repaired?
Who is Ana Lind?
Who was the first director?
What is a circulation pump?
What is the name of the ferry?
What are the opening hours?
What does FTS stand for?
What does the green button do?
What does "on record" mean?
How do I reset the pump?
How do we request leave?
How can I add documents?
How should I file a claim?
How to reset the pump
How about Thursday?
Why?
Why not?
Why me?
Why did it stop?
When did they close?
Why was it late?
When does that start?
Where are you?
How are you?
Where is the assembly point?
When is the offsite?
How tall is the tower?
How old is the bridge?
How much does it cost?
How much did the repairs cost?
How does the pump work?
How long does the crossing take?
How many seats are in the hall?
Whose laptop is this?
What would happen if the pump failed?
Why would the vendor stop the service?
If the pump stops, who repairs it?
Where wasn't the war fought?
Which countries did not sign?
Who never signed the treaty?
Who voted for the budget?
Who became director in 2019?
Who called the treaty harmless?
What did Ana say?
What did the fire destroy?
Who did the board appoint?
Where does the money come from?
Where did the ferry go after Ostra?
How did the crew feel about the change?
Name the members of the board.
Tell me about the strike.
The ferry stops at Ostra.
thanks!
maintenance window schedule
DID THE PLANT CLOSE
港はいつ再開しましたか
?
Which is better?
What's up?
What time is it?
Why did you close the ticket?
Why can't I log in?
When did my leave expire?
Can you tell me who the director is?
Do you know where the keys are?
What happens next?
Which of the pumps is older?
how to get a refund
How long did the incident last?
When should the filter be cleaned?
Why doesn't the warranty cover frost damage?
""".splitlines()


@pytest.mark.parametrize(("question", "statement"), [*zip(PAIRS[::2], PAIRS[1::2], strict=True)])
def test_what_a_question_takes_for_granted(question: str, statement: str) -> None:
    assert presupposed(question) == (statement,)


@pytest.mark.parametrize("question", [*NOTHING, "", " ", "?"])
def test_a_question_that_takes_nothing_for_granted(question: str) -> None:
    assert presupposed(question) == ()


def test_two_questions_give_two_statements() -> None:
    both = presupposed("Why did the plant close? And when was the ferry sold?")
    assert both == ("The plant closed.", "The ferry was sold.")


def test_a_very_long_question_is_not_read() -> None:
    assert presupposed("Why did the plant close? " * LONGEST) == ()


@pytest.mark.parametrize(
    "question",
    [
        "Hi, can you tell me why did the plant close?",
        "please explain why the plant closed",
        "<@U123> Why did the plant close, please??",
        "Do you know when the plant closed",
        "According to the report, when did the plant close?",
        "So why exactly did the plant close?",
        "How come the plant closed?",
        "What made the plant close?",
        "Why did the plant close and who decided it?",
    ],
)
def test_what_is_put_around_a_question_does_not_matter(question: str) -> None:
    assert presupposed(question) == ("The plant closed.",)


@given(st.text(max_size=80), st.sampled_from(["why did ", "who ", "how many ", "when was ", ""]))
def test_any_text_is_read(text: str, start: str) -> None:
    found = presupposed(start + text)
    assert len(found) <= MOST
    assert all(statement.endswith(".") for statement in found)


@given(st.lists(st.sampled_from("why who did the plant close was of in and first not by".split())))
def test_any_order_of_words_is_read(words: list[str]) -> None:
    assert len(presupposed(" ".join(words))) <= MOST
