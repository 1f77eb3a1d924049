package imports

import (
	"strconv"
	"strings"

	"quitus/app/desk"
	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/bank"
)

// mostBankLines is how many lines of a bank's file are listed.
const mostBankLines = 5000

// statement lists the entries of a bank's file.
func (l *Listing) statement(w *words.Words, p *desk.StatementPreview) {
	f, plan := p.File, p.Plan
	first, last := span(f)
	l.Facts = w.T("preview.bank.facts", "format", strings.ToUpper(f.Format), "first", first, "last", last)
	if l.Ready = plan.New > 0; l.Ready {
		l.VerbText = w.N("preview.bank.import", plan.New)
	}
	account := w.T("preview.bank.account_known")
	if plan.NewAccount {
		account = w.T("preview.bank.account_new")
	}
	refused := 0
	for _, x := range p.Problems {
		if x.Refused {
			refused++
		}
	}
	l.Figures = [4]Figure{
		{Label: w.T("preview.bank.entries"), Value: w.Number(plan.New), Small: w.N("preview.bank.receipts", plan.Receipts, "sum", sumsOr(w, plan.Total))},
		{Label: w.T("preview.known"), Value: w.Number(plan.Known), Small: w.T("preview.known_same")},
		closingFigure(w, f, account),
		{Label: w.T("preview.listing.refused"), Value: w.Number(refused), Small: w.T("preview.to_correct_some"), Alarm: refused > 0},
	}
	l.Columns = []ListColumn{
		{Title: w.T("common.date"), Width: 96}, {Title: w.T("bank.label"), Width: 300, Flex: true}, {Title: w.T("common.amount"), Width: 112, Right: true, Bold: true},
	}
	for _, x := range p.Problems {
		l.problem(w, x)
	}
	for n, st := range f.Statements {
		for i := range st.Entries {
			if len(l.Rows) >= mostBankLines {
				return
			}
			e := &st.Entries[i]
			state := Unchanged
			if plan.Statements[n].Fresh[i] {
				state = Fresh
			}
			l.Rows = append(l.Rows, Listed{
				Cells: []string{w.Date(e.Booked), strings.Join(strings.Fields(e.Label), " "), w.Money(e.Amount)}, State: state, Word: stateWord(w, state),
				Why: strings.Join(strings.Split(e.Label, "\n"), " · "),
			})
		}
	}
}

// problem lists a line that was refused, or what is odd about the file.
func (l *Listing) problem(w *words.Words, x bank.Problem) {
	state := ToDecide
	if x.Refused {
		state = NotTaken
	}
	where := ""
	if x.Line > 0 {
		where = w.T("preview.line", "line", strconv.Itoa(x.Line))
	}
	text := w.T("bank.problem."+x.Code, x.Facts()...)
	l.Rows = append(l.Rows, Listed{Cells: []string{where, text, ""}, State: state, Word: stateWord(w, state), Why: text})
}

// closingFigure tells the closing balance, and whether the lines make it.
func closingFigure(w *words.Words, f *bank.File, account string) Figure {
	out := Figure{Label: w.T("preview.bank.closing"), Value: "–", Small: account}
	for _, st := range f.Statements {
		if st.Closing == nil {
			continue
		}
		out.Value = w.Money(ledger.Money{Minor: st.Closing.Amount, Currency: st.Currency})
		if st.Opening == nil {
			continue
		}
		sum := st.Opening.Amount
		for i := range st.Entries {
			sum += st.Entries[i].Amount.Minor
		}
		if out.Small = w.T("preview.bank.adds_up"); sum != st.Closing.Amount {
			out.Small, out.Alarm = w.T("preview.bank.differs"), true
			return out
		}
	}
	return out
}

// span gives the first and last days of a file's entries.
func span(f *bank.File) (first, last ledger.Date) {
	for _, st := range f.Statements {
		for i := range st.Entries {
			on := st.Entries[i].Booked
			if first == 0 || on < first {
				first = on
			}
			last = max(last, on)
		}
	}
	return first, last
}
