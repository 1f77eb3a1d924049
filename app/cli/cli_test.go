package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"quitus/app/desk"
	"quitus/ledger"
)

var update = flag.Bool("update", false, "write the outcomes of the scripts in testdata anew")

// noon is the machine's clock in tests: an arbitrary moment of 31 July 2026.
func noon() time.Time { return time.Date(2026, 7, 31, 12, 0, 0, 0, time.UTC) }

// quitus runs one call in process.
func quitus(args ...string) (status int, out, err string) {
	var stdout, stderr bytes.Buffer
	status = Run(Env{
		Args: args, Out: &stdout, Err: &stderr, Now: noon, Who: "test",
		Window: func(o Options) error {
			_, e := io.WriteString(&stdout, "window: "+string(o.Lang)+" "+o.On.String()+"\n")
			return e
		},
	})
	return status, stdout.String(), stderr.String()
}

// place gives a folder with a small ledger, which the environment names.
func place(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.quitus")
	t.Setenv("QUITUS_LEDGER", path)
	t.Setenv("LC_ALL", "fr_FR.UTF-8")
	t.Setenv(passwordVariable, "Sésame") // no keyring is asked
	d, err := desk.Open(path, noon, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Fill(context.Background(), func(x *ledger.Draft) error { fill(x); return nil }); err != nil {
		t.Fatal(err)
	}
	return dir
}

func fill(x *ledger.Draft) {
	x.Put(&ledger.Company{Name: "MENUISERIE ALBERT", LegalForm: "SARL", Capital: "20000.00 EUR", Address: []string{"12 rue des Tilleuls"},
		Postcode: "38000", Town: "Grenoble", Country: "FR", SIREN: "732829320", RegisterTown: "Grenoble", IBAN: "FR7630006000011234567890189",
		Email: "contact@albert.example", Signatory: ledger.Signatory{Name: "Jeanne Albert", Role: "gérante"}})
	customers := []*ledger.Customer{
		{Ref: "C001", Name: "DUPONT SARL", Type: ledger.CompanyCustomer, Country: "FR", Language: "fr", Address: "3 quai du Port", Postcode: "69002", Town: "Lyon"},
		{Ref: "C002", Name: "Mairie de Brive", Type: ledger.PublicBody, Country: "FR", Address: "Place de l’Hôtel-de-Ville", Postcode: "19100", Town: "Brive"},
		{Ref: "C003", Name: "Müller AG", Type: ledger.CompanyCustomer, Country: "CH", Language: "en"},
		{Ref: "C004", Name: "Durand", Type: ledger.Consumer, Country: "FR"},
		{Ref: "C005", Name: "DURAND", Type: ledger.Consumer, Country: "FR"},
	}
	for _, c := range customers {
		x.Put(c)
	}
	euros := func(cents int64) ledger.Money { return ledger.Euros(cents) }
	for _, i := range []*ledger.Invoice{
		{Customer: 1, Number: "FA-1", Issued: ledger.Day(2026, 1, 31), Due: ledger.Day(2026, 3, 2), Total: euros(120000), RegisterPaid: 100000, RegisterDay: ledger.Day(2026, 2, 20)},
		{Customer: 1, Number: "FA-2", Issued: ledger.Day(2026, 5, 1), Due: ledger.Day(2026, 5, 31), Total: euros(500000)},
		{Customer: 1, Number: "AV-1", CreditNote: true, Issued: ledger.Day(2026, 6, 10), Total: euros(-5000)},
		{Customer: 2, Number: "FA-3", Issued: ledger.Day(2026, 7, 15), Due: ledger.Day(2026, 8, 14), Total: euros(30000)},
		{Customer: 3, Number: "FA-4", Issued: ledger.Day(2026, 6, 1), Due: ledger.Day(2026, 7, 1), Total: ledger.Money{Minor: 90000, Currency: ledger.CHF}},
		{Customer: 4, Number: "FA-5", Issued: ledger.Day(2026, 4, 1), Due: ledger.Day(2026, 5, 1), Total: euros(7550)},
		{Customer: 5, Number: "FA-5", Issued: ledger.Day(2026, 4, 1), Due: ledger.Day(2026, 5, 1), Total: euros(8000)},
		{Customer: 2, Number: "FA-6", Issued: ledger.Day(2026, 7, 20), Total: euros(999)},
		{Customer: 2, Number: "FA-7", Issued: ledger.Day(2026, 2, 1), Due: ledger.Day(2026, 3, 3), Total: euros(45000), RegisterPaid: 45000, RegisterDay: ledger.Day(2026, 3, 1)},
	} {
		x.Put(i)
	}
}

// A script is a file of calls with their outcomes: lines of standard output as they are, of standard
// error after "! ", and the exit status after "= ".
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts: ", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got := play(t, place(t), string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != string(want) {
				t.Errorf("%s (if it is right, run the test with -update):\n%s", file, difference(string(want), got))
			}
		})
	}
}

// play runs the calls of a script and writes it anew with their outcomes.
func play(t *testing.T, dir, script string) string {
	t.Helper()
	writeInputs(t, dir)
	wrongRegister(t, dir)
	var b strings.Builder
	for _, line := range strings.Split(script, "\n") {
		call, ok := strings.CutPrefix(line, "$ quitus")
		if !ok {
			if strings.HasPrefix(line, "#") {
				b.WriteString(line + "\n")
			}
			continue
		}
		args := fields(strings.ReplaceAll(call, "DIR", dir))
		status, out, err := quitus(args...)
		if slices.Contains(args, "--json") && !oneDocument(out) {
			t.Errorf("%s: not exactly one JSON document on standard output: %q", line, out)
		}
		b.WriteString(line + "\n" + plain(dir, out))
		for _, l := range strings.Split(strings.TrimSuffix(plain(dir, err), "\n"), "\n") {
			if l != "" {
				b.WriteString("! " + l + "\n")
			}
		}
		b.WriteString("= " + string(rune('0'+status)) + "\n\n")
	}
	return b.String()
}

var hashes = regexp.MustCompile(`[0-9a-f]{64}`)

// plain takes out what differs from run to run, and puts the codes of sentences that belong to other
// parts of the program in their place: scripts should not fail when those are worded better.
func plain(dir, s string) string {
	s = hashes.ReplaceAllString(strings.ReplaceAll(s, dir, "DIR"), "SHA256")
	for _, x := range sentences() {
		s = x.pattern.ReplaceAllString(s, "‹"+x.code+"›")
	}
	return s
}

type sentence struct {
	code    string
	pattern *regexp.Regexp
}

var fact = regexp.MustCompile(`\\\{\\\{\\\.\w+\\\}\\\}`)

// sentences gives what may be said by other parts, the longest first.
var sentences = sync.OnceValue(func() []sentence {
	var out []sentence
	files, _ := filepath.Glob(filepath.Join("..", "..", "assets", "words", "*.json"))
	for _, file := range files {
		if strings.HasPrefix(filepath.Base(file), "cli.") {
			continue
		}
		texts := map[string]any{}
		content, err := os.ReadFile(file)
		if err == nil {
			err = json.Unmarshal(content, &texts)
		}
		if err != nil {
			panic(err)
		}
		for key, text := range texts {
			text, ok := text.(string)
			for _, of := range []string{"error.", "letters.warning.", "imports.problem.", "claim.rule.", "claim.note.", "claim.regime."} {
				if code, found := strings.CutPrefix(key, of); ok && found {
					pattern := fact.ReplaceAllString(regexp.QuoteMeta(text), `[^"!\s][^"!\n]*?`)
					out = append(out, sentence{code, regexp.MustCompile(pattern)})
				}
			}
		}
	}
	slices.SortFunc(out, func(x, y sentence) int {
		return cmp.Or(len(y.pattern.String())-len(x.pattern.String()), strings.Compare(x.code, y.code))
	})
	return out
})

// fields splits a line at blanks, but for those in double quotes.
func fields(s string) []string {
	var out []string
	for i, part := range strings.Split(s, `"`) {
		if i%2 == 1 {
			out = append(out, part)
		} else {
			out = append(out, strings.Fields(part)...)
		}
	}
	return out
}

func oneDocument(out string) bool {
	d := json.NewDecoder(strings.NewReader(out))
	var v any
	if d.Decode(&v) != nil {
		return false
	}
	_, err := d.Token()
	return err == io.EOF
}

// difference shows the first lines that differ.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := 0; i < len(w) || i < len(g); i++ {
		if i >= len(w) || i >= len(g) || w[i] != g[i] {
			return "wanted: …\n" + strings.Join(w[min(max(i-3, 0), len(w)):min(i+5, len(w))], "\n") +
				"\ngot: …\n" + strings.Join(g[min(max(i-3, 0), len(g)):min(i+5, len(g))], "\n")
		}
	}
	return ""
}

// A list of due dates: its titles, and the last part of an invoice.
const (
	partsHead = "Liste des échéances clients\n\nN° facture;Code client;Client;Date;Échéance;Montant\n"
	lastPart  = "F-20;C1;DUVAL;01/05/2026;31/08/2026;200,00\n"
)

// scenarioFile writes a scenario of reminders so many days after the due date.
func scenarioFile(name string, days ...int) string {
	x := ledger.Scenario{Name: name, Calendar: ledger.BusinessDays, Country: "FR", LeastDays: 4, Steps: []ledger.ScenarioStep{}}
	for i, d := range days {
		x.Steps = append(x.Steps, ledger.ScenarioStep{Level: i + 1, Step: "first_reminder", After: ledger.AfterDue, Days: d, Channel: ledger.ChannelEmail, Model: "first_reminder"})
	}
	out, err := json.Marshal(x)
	if err != nil {
		panic(err)
	}
	return string(out)
}

// mailboxFile writes a mailbox at a server; at port 1 nobody answers.
func mailboxFile(host string, port int) string {
	return fmt.Sprintf(`{"address": "compta@albert.example", "smtp": {"host": %q, "port": %d, "security": "tls"}, "per_minute": 600}`, host, port)
}

// writeInputs writes the files that scripts name.
func writeInputs(t *testing.T, dir string) {
	t.Helper()
	for name, text := range map[string]string{
		"company.json":   `{"name": "ATELIER NEUF", "legal_form": "SAS", "address": ["1 place Verte"], "postcode": "69001", "town": "Lyon", "country": "FR", "siren": "732829320", "signatory": {"name": "L. Neuf", "role": "présidente"}}`,
		"numbers.json":   `{"name": "ATELIER NEUF", "country": "FR", "siren": "732 829 320 00074", "vat": "44 732 829 320", "iban": "fr14 2004 1010 0505 0001 3m02 606"}`,
		"doubt.json":     `{"name": "ATELIER NEUF", "country": "FR", "siren": "732829320", "vat": "FR40303265045"}`,
		"bce.json":       `{"name": "ATELIER NEUF", "country": "BE", "siren": "BE 428759497", "vat": "0428.759.498"}`,
		"wrong.json":     `{"name": "", "siren": "123", "country": "France"}`,
		"unknown.json":   `{"name": "A", "colour": "blue"}`,
		"broken.json":    "{\"name\": \"A\",\n\"town\" \"Lyon\"}",
		"number.json":    `{"name": 12}`,
		"two.json":       `{"name": "A"} {"name": "B"}`,
		"empty.json":     "",
		"month1.csv":     "N° facture;Client;Date;Échéance;Montant TTC;Reste dû\nM-1;BERNARD;01/03/2026;31/03/2026;100,00;100,00\nM-2;BERNARD;02/03/2026;01/04/2026;300,00;200,00\nM-3;CARON;03/03/2026;02/04/2026;50,00;50,00\n",
		"month2.csv":     "N° facture;Client;Date;Échéance;Montant TTC;Reste dû\nM-1;BERNARD;01/03/2026;31/03/2026;100,00;40,00\nM-2;BERNARD;02/03/2026;01/04/2026;300,00;150,00\nM-4;CARON;03/05/2026;02/06/2026;70,00;70,00\n",
		"odd.csv":        "Zeg;Zig;Zag;Zug\nZ-1;DURAND & FILS;01/03/2026;10,00\nZ-2;DURAND & FILS;31/02/2026;20,00\n",
		"mapping.json":   `{"quitus": "mapping", "name": "Garage", "columns": [{"title": "Zeg", "field": "number"}, {"title": "Zig", "field": "customer"}, {"title": "Zag", "field": "issue_date"}, {"title": "Zug", "field": "total"}]}`,
		"parts.csv":      partsHead + "F-20;C1;DUVAL;01/05/2026;31/05/2026;500,00\nF-20;C1;DUVAL;01/05/2026;30/06/2026;300,00\n" + lastPart,
		"left.csv":       partsHead + lastPart,
		"clients.csv":    "Code;Nom;Scénario;Ville\nC001;DUPONT SARL;préventif;Lyon\nC002;Mairie de Brive;aucun;Brive\nC010;NOUVEAU;Souple;Lyon\n",
		"soft.json":      scenarioFile("Douceur", 20),
		"hard.json":      scenarioFile("Douceur", 3),
		"amiable.json":   scenarioFile("amiable", 12),
		"same.json":      scenarioFile("Deux fois", 10, 10),
		"reserved.json":  scenarioFile("none", 10),
		"nosteps.json":   scenarioFile("Vide"),
		"fax.json":       strings.Replace(scenarioFile("Télécopie", 10), "email", "fax", 1),
		"colour.json":    `{"name": "A", "colour": "blue"}`,
		"people.csv":     "Code;Nom;E-mail\nC001;DUPONT SARL;compta@dupont.example\nC004;Durand;durand@exemple.example\n",
		"mailbox.json":   mailboxFile("127.0.0.1", 1),
		"nobox.json":     strings.Replace(mailboxFile("", 70000), "compta@albert.example", "compta", 1),
		"garbage.quitus": strings.Repeat("this is no ledger. ", 1000),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
