package desk

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"quitus/assets/words"
	"quitus/ledger"
	"quitus/ledger/claim"
)

// lateOf gives a customer with late invoices of the sample books, after a part payment.
func lateOf(t *testing.T, d *Desk) ledger.CustomerID {
	t.Helper()
	inv := d.State().Book.InvoicesByNumber("FA-2026-118")[0]
	if _, _, err := d.Pay(context.Background(), inv, d.Today().Add(-5), ledger.Euros(10000), ledger.Transfer, ""); err != nil {
		t.Fatal(err)
	}
	return d.State().Book.Invoice(inv).Customer
}

// TestAccountAddsUp: each line and each sum of a statement is that of its parts.
func TestAccountAddsUp(t *testing.T) {
	d := books(t)
	accounts, err := d.State().ClaimAccounts(lateOf(t, d))
	if err != nil || len(accounts) != 1 {
		t.Fatal(accounts, err)
	}
	a := accounts[0]
	claims, err := d.Claims(a.Customer.ID)
	if err != nil || len(claims) != len(a.Claims) {
		t.Fatal(len(claims), err)
	}
	principal, total := ledger.Euros(0), ledger.Euros(0)
	for i, k := range a.Claims {
		x := a.Line(i)
		if x.Total.Sub(x.Received).Add(x.OnInterest) != x.Left || x.OnInterest.Negative() {
			t.Errorf("%+v", x)
		}
		principal, total = principal.Add(x.Left.Sub(x.NotDue)), total.Add(k.Total)
	}
	labels, amounts := a.Sums(words.New(words.FR))
	sum := ledger.Euros(0)
	for _, m := range amounts[:len(amounts)-1] {
		sum = sum.Add(m)
	}
	if len(labels) != len(amounts) || sum != amounts[len(amounts)-1] || sum != total || amounts[0] != principal {
		t.Errorf("%v %v, total %s", labels, amounts, total)
	}
}

func TestWriteAccount(t *testing.T) {
	d, w := books(t), words.New(words.FR)
	id, dir := lateOf(t, d), t.TempDir()
	for _, name := range []string{"décompte.pdf", "décompte.xlsx"} {
		if err := d.WriteAccount(filepath.Join(dir, name), id, w); err != nil {
			t.Fatal(err)
		}
	}
	f, err := excelize.OpenFile(filepath.Join(dir, "décompte.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), " "); got != "Décompte Factures Règlements Intérêts" {
		t.Error(got)
	}
	if err := d.WriteAccount(filepath.Join(dir, "x.csv"), id, w); ledger.CodeOf(err) != "account_format" {
		t.Error(err)
	}
	if err := d.WriteAccount(filepath.Join(dir, "x.pdf"), 9999, w); ledger.CodeOf(err) != "customer_unknown" {
		t.Error(err)
	}
}

// TestClaimActs: what the owner adds and gives up changes the claim, and is taken back with its batch.
func TestClaimActs(t *testing.T) {
	ctx := context.Background()
	d := books(t)
	inv := d.State().Book.InvoicesByNumber("FA-2026-118")[0]
	before, err := d.Claim(inv)
	if err != nil || !before.Interest.Positive() {
		t.Fatal(before, err)
	}
	e, err := d.Waive(ctx, ledger.Waiver{Invoice: inv, Whole: true, Why: "geste commercial"})
	if err != nil {
		t.Fatal(err)
	}
	if k, err := d.Claim(inv); err != nil || k.Total != k.Principal || k.Waived != before.Interest {
		t.Errorf("%+v %v", k, err)
	}
	if _, _, err := d.Undo(ctx, e.Seq); err != nil {
		t.Fatal(err)
	}
	if k, err := d.Claim(inv); err != nil || k.Total != before.Total {
		t.Errorf("%+v %v", k, err)
	}
	if _, err := d.Interrupt(ctx, ledger.Interruption{Invoice: inv, On: d.Today().Add(-1), What: ledger.Acknowledged}, true); err != nil {
		t.Fatal(err)
	}
	if k, err := d.Claim(inv); err != nil || k.Limit.From != d.Today().Add(-1) {
		t.Errorf("%+v %v", k.Limit, err)
	}
	half := claim.HalfYearEnd(d.State().Rates().LastDay(claim.FrB2B, false)).Add(1)
	if _, err := d.AddRate(ctx, ledger.RateRow{Table: string(claim.TableMRO), Day: half, Percent: "2.65", Source: "BCE"}); err != nil {
		t.Fatal(err)
	}
	if last := d.State().Rates().LastDay(claim.FrB2B, false); last != claim.HalfYearEnd(half) {
		t.Error(last)
	}
	if len(d.State().Readiness(d.State().Book.Invoice(inv).Customer)) == 0 || len(d.State().Limits()) != 0 {
		t.Errorf("%+v %+v", d.State().Readiness(d.State().Book.Invoice(inv).Customer), d.State().Limits())
	}
	for code, err := range map[string]error{
		"waiver_amount":       second(d.Waive(ctx, ledger.Waiver{Invoice: inv})),
		"interrupter_unknown": second(d.Interrupt(ctx, ledger.Interruption{Invoice: inv, On: d.Today(), What: "x"}, true)),
		"said_in_future":      second(d.Interrupt(ctx, ledger.Interruption{Invoice: inv, On: d.Today().Add(1), What: ledger.Enforced}, true)),
	} {
		if ledger.CodeOf(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
}

func second(_ ledger.Entry, err error) error { return err }
