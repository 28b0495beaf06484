"""Which clauses a sentence has: subjects, groups of verbs, objects, and what governs what."""

from __future__ import annotations

import pytest

from tests.english.clause_notation import write_clauses

ROWS = """
# voice, polarity, modality, tense
Malta signed the pact.
  Malta [sign.past] the pact
Malta signs the pact.
  Malta [sign] the pact
Malta has signed the pact.
  Malta [have sign] the pact
Malta will sign the pact.
  Malta [will sign] the pact
Malta could not have been told.
  Malta [could not have tell.passive]
Malta won't sign the pact.
  Malta [will not sign] the pact
The pact was signed by Malta in Rome.
  The pact [sign.passive.past] (by Malta) (in Rome)
The pact is being signed.
  The pact [sign.passive]
Spain will never again pay.
  Spain [will not pay]
Malta will back the tax.
  Malta [will back] the tax
Malta is back in the talks.
  Malta [be] (in the talks)
Malta will not comply.
  Malta [will not comply]
Malta no longer backs the tax.
  Malta no longer [back] the tax
Malta is having trouble.
  Malta [be]; ~Malta [-ing have] trouble 0:ing
He's backed the ban.
  He [have back] the ban
They'll leave and we've signed.
  They [will leave]; we [have sign]
I’m sure it can't work.
  I [be] sure; it [can not work] 0:that
The council did not vote on it.
  The council [not vote.past] (on it)
Malta put its tax up.
  Malta [put.past] its tax
# lists, appositions and names
Malta, Cyprus and Spain blocked the plan.
  Malta+Cyprus+Spain [block.past] the plan
Malta, an island state, and Spain oppose it.
  Malta+an island state+Spain [oppose] it
Germany, other countries expel envoys
  Germany+other countries [expel] envoys
Neither Malta nor Spain has signed.
  Malta+Spain [have sign]
Malta and not Spain signed.
  Malta [sign.past]
The minister of Malta, not Spain, objected.
  The minister of Malta [object.past]
Ali al Rashid met Ursula von Harten and Bo de Vries.
  Ali al Rashid [meet.past] Ursula von Harten+Bo de Vries
Talks between Malta and Spain on the cap broke down.
  Talks [break.past]
A look at its boats and nets suggests a loss.
  A look [suggest] a loss
Ana Lind, the minister, and Bo Roe, her aide, resigned.
  Ana Lind+the minister+Bo Roe+her aide [resign.past]
Prices rose 1.26% to 3,400 crowns in 1986/87.
  Prices [rise.past] 1.26% (to 3,400 crowns) (in 1986/87)
More than 3,000 people marched.
  More than 3,000 people [march.past]
About 80% of farmers use the road.
  80% of farmers [use] the road
The firm paid $3.5 million for a $2 billion stake.
  The firm [pay.past] 3.5 million (for a $2 billion stake)
# nouns that look like verbs
Precision guided missiles were sold to Malta.
  Precision guided missiles [sell.passive.past] (to Malta)
The steel trade talks failed.
  The steel trade talks [fail.past]
Its newly named envoy left.
  Its newly named envoy [leave.past]
The annual meeting that followed was short.
  <The annual meeting [follow.past] :relative; The annual meeting [be.past] short
Malta plans a vote on its plans.
  Malta [plan] a vote (on its plans)
The hours logged were few.
  <The hours [-ed log.passive] :reduced; The hours [be.past] few
It features songs and shows.
  It [feature] songs+shows
The party faces a vote.
  The party [face] a vote
# coordination
Malta plans to sell and buy grain.
  Malta [plan]; ~Malta [to sell] 0:to; ~Malta [to buy] grain 0:to
They had to sign, ratify or print it.
  They [have.past]; ~They [to sign] 0:to; ~They [to ratify] 0:to; ~They [to print] it 0:to
Malta not only opposes the tax but has blocked it.
  Malta [not oppose] the tax; =Malta [have block] it 0:and
Norway restricts but does not forbid the sale.
  Norway [restrict]; =Norway [not forbid] the sale 0:and
Malta rose, spoke and left.
  Malta [rise.past]; =Malta [speak.past] 0:and; =Malta [leave.past] 1:and
Malta met Spain, and Norway met Italy.
  Malta [meet.past] Spain; Norway [meet.past] Italy
Police questioned his son, who lives there, but did not hold him.
  Police [question.past] his son; <his son [live] 0:relative; =Police [not hold.past] him 0:and
# reported speech
Lind said Malta would sign.
  Lind [say.past]; Malta [would sign] 0:that
Lind said that Malta had agreed and that Spain would follow.
  Lind [say.past]; Malta [have agree.past] 0:that; Spain [would follow] 1:that
Lind said they had met and added that they would go.
  Lind [say.past]; they [have meet.past] 0:that; =Lind [add.past] 0:and; they [would go] 2:that
Lind said that, if Spain agrees, Malta will sign.
  Lind [say.past]; Spain [agree] 0:if; Malta [will sign] 0:that
Lind told the council that Malta had left.
  Lind [tell.past] the council; Malta [have leave.past] 0:that
“It is over,” said Bo Roe.
  It [be] 1:that; Bo Roe [say.past]
“It is over,” Bo Roe said.
  It [be] 1:that; Bo Roe [say.past]
The tax is unfair, said Ana Lind, the minister.
  The tax [be] unfair 1:that; Ana Lind+the minister [say.past]
The plan, he said, would fail.
  he [say.past]; The plan [would fail] 0:that
Roe said: “We will fight it.”
  Roe [say.past]; We [will fight] it 0:that
Lind said the bank, which lost most, would close.
  Lind [say.past]; <the bank [lose.past] most 0:relative; the bank [would close] 0:that
Officials confirmed the view that Spain had left.
  Officials [confirm.past] the view; Spain [have leave.past] 0:that
The envoy, who was ill, said nothing.
  <The envoy [be.past] ill :relative; The envoy [say.past] nothing
Roe added: “In the end, we agreed to pay.”
  Roe [add.past] (in the end); we [agree.past] 0:that; ~we [to pay] 1:to
Lind said the remaining issues include a tax.
  Lind [say.past]; the remaining issues [include] a tax 0:that
Lind said the steel projects also have a plan.
  Lind [say.past]; the steel projects [have] a plan 0:that
# relative clauses
Denmark, which has long backed the tax, said it would leave.
  <Denmark [have back] the tax :relative; Denmark [say.past]; it [would leave] 1:that
The plan that Britain opposed failed.
  Britain [oppose.past] :relative; The plan [fail.past]
The cap, which the EU says is needed, was dropped.
  the EU [say] :relative; <The cap [need.passive] 0:that; The cap [drop.passive.past]
The offer they made was refused.
  they [make.past] :relative; The offer [refuse.passive.past]
The men who met in Oslo agreed to wait.
  <The men [meet.past] (in Oslo) :relative; The men [agree.past]; ~The men [to wait] 1:to
It is Norway that blocks the deal.
  It [be] Norway; <Norway [block] the deal 0:relative
The city where they met burned.
  they [meet.past] :relative; The city [burn.past]
There were signs Malta was losing.
  [be.past] signs; Malta [lose.past] 0:relative
# participles
The firm banned by Norway sued.
  <The firm [-ed ban.passive] (by Norway) :reduced; The firm [sue.past]
A deal announced Monday by Malta collapsed.
  <A deal [-ed announce.passive] (by Malta) :reduced; A deal [collapse.past]
Norway, once opposed to the plan, now backs it.
  <Norway [-ed oppose.passive] (to the plan) :reduced; Norway [back] it
Traders, fearing a loss, sold the crown.
  <Traders [-ing fear] a loss :reduced; Traders [sell.past] the crown
Based in Oslo, the firm makes pumps.
  ~ [-ed base.passive] (in Oslo) :reduced; the firm [make] pumps
Asked whether he would go, Bo Roe said no.
  ~ [-ed ask.passive] :reduced; he [would go] 0:if; Bo Roe [say.past] no
Speaking to reporters, Ana Lind called the ban a mistake.
  [-ing speak] (to reporters); Ana Lind [call.past] the ban
The crown fell, compared with a rise in May.
  The crown [fall.past]; ~The crown [-ed compare.passive] (with a rise) 0:reduced
The law coupled with the tax could hurt farms.
  <The law [-ed couple.passive] (with the tax) :reduced; The law [could hurt] farms
# complements
Malta's decision to block the tax angered Spain.
  Malta's decision [to block] the tax :noun; Malta's decision [anger.past] Spain
Anger over Malta's plans to tax and spend grew.
  Malta's plans [to tax] :noun; Malta's plans [to spend] :noun; Anger [grow.past]
Spain wants the ban lifted.
  Spain [want] the ban; <the ban [-ed lift.passive] 0:to
Spain called for the ban to be lifted.
  Spain [call.past]; the ban [to lift.passive] 0:to
Spain let them go.
  Spain [let.past] them; ~them [to go] 0:to
The treaty helps Malta pay its debts.
  The treaty [help] Malta; ~Malta [to pay] its debts 0:to
Malta helped draft the text.
  Malta [help.past]; ~Malta [to draft] the text 0:to
Malta agreed to stop selling arms.
  Malta [agree.past]; ~Malta [to stop] 0:to; ~Malta [-ing sell] arms 1:ing
Malta urged Spain to sign.
  Malta [urge.past] Spain; ~Spain [to sign] 0:to
Malta continued to gloop the matter.
  Malta [continue.past]; ~Malta [to gloop] the matter 0:to
Any attempt to help us by cutting rents will fail.
  Any attempt [to help] us :noun; ~Any attempt [-ing cut] rents 0:ing; Any attempt [will fail]
Malta is to sign the pact.
  Malta [be]; ~Malta [to sign] the pact 0:to
What Malta wants is peace.
  Malta [want] :because; [be] peace
# subordinate clauses
If Spain leaves, Malta will stay.
  Spain [leave] :if; Malta [will stay]
Malta left because Spain stayed and Norway paid.
  Malta [leave.past]; Spain [stay.past] 0:because; Norway [pay.past] 0:because
Malta cut its tax, as Spain had asked.
  Malta [cut.past] its tax; Spain [have ask.past] 0:because
Spain wants more money than Italy offered.
  Spain [want] more money; Italy [offer.past] 0:because
It works so that farmers are paid.
  It [work] so; farmers [pay.passive] 0:because
# questions and turned clauses
Will Norway ban the firm?
  Norway [will ban.asks] the firm :if
What does Sweden want?
  Sweden [want.asks] :because
Does the council think that Spain will pay?
  the council [think.asks] :if; Spain [will pay] 0:that
Why was the vote lost?
  the vote [lose.passive.past.asks] :if
Nor does Malta want it.
  Malta [not want] it
Only if it has loans can it grow.
  it [have] loans :if; it [can grow]
There is growing anger in Malta.
  [be] growing anger (in Malta)
Officials say there are no plans to leave.
  Officials [say]; [be] no plans 0:that; ~ [to leave] 1:noun
# verbs behind asides, quotations, lists of no verb
Malta neither signed nor rejected the pact.
  Malta [not sign.past]; =Malta [not reject.past] the pact 0:and
Malta would neither sign the pact nor leave the talks.
  Malta [would not sign] the pact; =Malta [not leave] the talks 0:and
Malta and Spain, which grow olives, oppose the tax.
  <Spain [grow] olives :relative; Malta+Spain [oppose] the tax
They kept their own bans on olives.
  They [keep.past] their own bans (on olives)
Despite Commission attempts to end the row, Malta left.
  [to end] the row; Malta [leave.past]
He urged Malta to drop the tax, calling it unfair.
  He [urge.past] Malta; ~Malta [to drop] the tax 0:to; ~He [-ing call] it 0:ing
Malta said it would answer and accused Spain.
  Malta [say.past]; it [would answer] 0:that; =Malta [accuse.past] Spain 0:and
Roe said much of the plan was ready.
  Roe [say.past]; much of the plan [be.past] ready 0:that
A report published on Monday said Malta paid.
  <A report [-ed publish.passive] :reduced; A report [say.past]; Malta [pay.past] 1:that
They empathise with her.
  They [empathise] (with her)
“It is late,” said Mr Roe, and ministers in Spain want to wait.
  It [be] 1:that; Mr Roe [say.past]; ministers [want]; ~ministers [to wait] 2:to
# marks
The “new” plan is old.
  The “new” plan [be] old
Malta called it “an act of war”.
  Malta [call.past] it
Malta - long a friend - left.
  Malta+a friend [leave.past]
Malta (which sells arms) signed.
  Malta [sign.past]
"""


def _rows() -> list[tuple[str, str]]:
    lines = [line for line in ROWS.splitlines() if line and not line.startswith("#")]
    return [(lines[at], lines[at + 1].strip()) for at in range(0, len(lines), 2)]


@pytest.mark.parametrize(("text", "clauses"), _rows())
def test_clauses(text: str, clauses: str) -> None:
    assert write_clauses(text) == clauses
