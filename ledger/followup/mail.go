package followup

import "quitus/ledger"

// undecided finds a customer's replies that wait for the owner's decision, and e-mails of which it is open whether they reached anybody: the
// newest of each; nil for none.
func (p *planner) undecided(c *ledger.Customer) (reply *ledger.Reply, lost *ledger.Message) {
	for _, x := range p.Book.RepliesOf(c.ID) {
		if x.Waits() && x.On <= p.on {
			reply = x
		}
	}
	for _, x := range p.Book.MessagesOf(c.ID) {
		if x.On <= p.on && (x.State == ledger.MessageRefused || x.State == ledger.MessageUnknown) {
			lost = x
		}
	}
	return reply, lost
}

// post adds what came of e-mails that the owner has to decide about: a reply, one that came back, one of which nobody knows whether it
// left. Until then the customer is not reminded of anything.
func (p *planner) post(c *ledger.Customer, f *file) {
	if f.reply != nil {
		t := postTask(c, "/reply", StepReply, f.reply.On, f.reply)
		t.Why = []Reason{because("reply", "day", f.reply.On, "subject", f.reply.Subject)}
		p.ready = append(p.ready, t)
	}
	if f.lost != nil {
		t := postTask(c, "/mail", StepMailRefused, max(f.lost.On, f.lost.Sent), f.lost)
		if f.lost.State == ledger.MessageUnknown {
			t.Step = StepMailUnknown
		}
		t.Why, t.Amount = []Reason{because(t.Step, "address", f.lost.To)}, f.lost.Amount
		p.ready = append(p.ready, t)
	}
}

// postWaits says why nothing reminds a customer whose reply is not decided about, or whose last e-mail may have reached nobody; nil where
// nothing does.
func (f *file) postWaits() *Reason {
	r := Reason{}
	switch {
	case f.reply != nil:
		r = because("reply", "day", f.reply.On, "subject", f.reply.Subject)
	case f.lost != nil && f.lost.State == ledger.MessageUnknown:
		r = because(StepMailUnknown, "address", f.lost.To)
	case f.lost != nil:
		r = because(StepMailRefused, "address", f.lost.To)
	default:
		return nil
	}
	return &r
}

func postTask(c *ledger.Customer, name, step string, due ledger.Date, record ledger.Record) Task {
	return Task{
		Name: c.Ref + name, Customer: c.ID, Step: step, Channel: ledger.ChannelTask, Due: due, Record: record,
		Amount: ledger.Money{Currency: ledger.EUR}, urgent: urgentPost,
	}
}
