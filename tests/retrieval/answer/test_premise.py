from __future__ import annotations

import pytest

from retrieval.model import Question, Reason, Refusal
from tests.retrieval.answer.conftest import Library

FALSE = {
    "Why will the eastern pier be demolished?": "denied reports",
    "Why did the mayor call the festival dangerous?": "called the festival safe",
    "Why did the weather service ignore the storm?": "rejected the claim",
    "Why is working from abroad allowed without written consent?": "prohibited",
    "Why must receipts be kept for three years?": "six years",
    "How did the storm sink 41 fishing boats?": "14 fishing boats",
    "Why do employees get 35 days of paid leave a year?": "28 days",
    "Why does the motor draw 450 watts?": "45 watts",
    "Why did the port of Vessa reopen on March 15, 2025?": "March 12, 2025",
}
ORDINARY = """\
Why was the port of Vessa closed?
Why did the port of Vessa reopen?
Why did the storm sink fishing boats?
Why do repairs cost 6.2 million euros?
Why will the pier be repaired?
Why did residents complain?
How did the storm damage the pier?
How was the pier built?
How do I get to Ostra?
How is the ferry paid for?
How did the port authority react to the reports?
Why did the authority deny the reports?
Why did the weather service reject the claim?
How did the minister open the terminal?
Why did guests attend the opening?
Why will the festival move?
Why did the festival draw so many visitors?
How did the festival begin?
Why did the mayor call the festival safe?
Why do the organisers plan to hire stewards?
How are stewards hired?
Why does the ferry to Ostra still sail every day?
Why do employees get paid leave?
How is leave requested?
How do I request leave?
Why does unused leave expire?
Why do interns not get paid leave?
How do I work from home?
Why is working from abroad prohibited?
How do I get written consent?
How are claims paid?
Why must receipts be kept?
Why should I leave by the north stairs?
Why should nobody use the south stairs?
How do I reset the pump?
Why does the pump stop?
How does the pump work?
How often is the filter cleaned?
Why does the warranty not cover frost?
How is the seal replaced?
Why did the nightly backup fail?
How did the backup run through on Wednesday?
Why does the release move to 20 February?
Why do we not deploy on Fridays?
How is the search service replaced?
Why may the search service be replaced?
""".splitlines()


@pytest.mark.parametrize(("question", "quoted"), FALSE.items())
def test_a_false_premise_is_set_right(library: Library, question: str, quoted: str) -> None:
    result = library.answerer.ask(Question(question))
    assert isinstance(result, Refusal)
    assert result.reason is Reason.CONTRADICTED
    assert quoted in result.text


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_raises_no_alarm(library: Library, question: str) -> None:
    result = library.answerer.ask(Question(question))
    assert not (isinstance(result, Refusal) and result.reason is Reason.CONTRADICTED)
