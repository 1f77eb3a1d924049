package reply

import (
	"testing"

	"quitus/ledger"
)

// TestDates resolves the days that replies name, on Thursday 2026-11-12.
func TestDates(t *testing.T) {
	for lang, texts := range map[string]map[string]string{
		"fr": {
			"le 30/11": "2026-11-30", "le 30/11/2026": "2026-11-30", "le 30.11.26": "2026-11-30", "le 5/1": "2027-01-05", "le 2026-12-01": "2026-12-01",
			"le 1er décembre": "2026-12-01", "le 15 décembre 2026": "2026-12-15", "le 3 janv.": "2027-01-03", "vendredi": "2026-11-13", "ce vendredi": "2026-11-13",
			"vendredi prochain": "2026-11-20", "lundi prochain": "2026-11-16", "jeudi": "2026-11-19", "vendredi en huit": "2026-11-20", "vendredi 27": "2026-11-27",
			"vendredi 27 novembre": "2026-11-27", "mardi de la semaine prochaine": "2026-11-17", "la semaine prochaine": "2026-11-20", "cette semaine": "2026-11-13",
			"fin de semaine": "2026-11-13", "fin de semaine prochaine": "2026-11-20", "fin du mois": "2026-11-30", "fin de mois": "2026-11-30", "à la fin du mois de décembre": "2026-12-31",
			"fin du mois prochain": "2026-12-31", "le mois prochain": "2026-12-31", "fin novembre": "2026-11-30", "mi-décembre": "2026-12-15", "début décembre": "2026-12-05",
			"courant décembre": "2026-12-31", "fin janvier": "2027-01-31", "fin février": "2027-02-28", "demain": "2026-11-13", "après-demain": "2026-11-14", "aujourd'hui": "2026-11-12",
			"d'ici le 15": "2026-11-15", "au plus tard le 25": "2026-11-25", "le 10": "2026-12-10", "sous 8 jours": "2026-11-20", "sous huitaine": "2026-11-20",
			"sous quinzaine": "2026-11-27", "dans deux semaines": "2026-11-26", "d'ici 10 jours": "2026-11-22", "sous 48h": "2026-11-14", "dans les 15 jours": "2026-11-27",
			"le 31": "2026-12-31", "le 32": "", "le 15 %": "", "le 500": "", "12,50 euros": "", "le 15/13": "", "01.02.03.04.05": "", "au 12 rue des Lilas": "", "06 12 34 56 78": "",
		},
		"en": {
			"on Friday": "2026-11-13", "next Friday": "2026-11-20", "by the 15th": "2026-11-15", "on December 15th": "2026-12-15", "the 15th of December": "2026-12-15",
			"on 3 December 2026": "2026-12-03", "at the end of the month": "2026-11-30", "by the end of next month": "2026-12-31", "next week": "2026-11-20", "tomorrow": "2026-11-13",
			"within 7 days": "2026-11-19", "in two weeks": "2026-11-26", "by month end": "2026-11-30", "end of November": "2026-11-30", "on 30/11": "2026-11-30",
		},
		"nl": {
			"vrijdag": "2026-11-13", "volgende week": "2026-11-20", "volgende vrijdag": "2026-11-20", "op 15 december": "2026-12-15", "eind november": "2026-11-30",
			"eind van de maand": "2026-11-30", "morgen": "2026-11-13", "binnen 14 dagen": "2026-11-26", "tegen de 25e": "2026-11-25",
		},
		"de": {
			"am Freitag": "2026-11-13", "am 15. Dezember": "2026-12-15", "bis zum 15.12.": "2026-12-15", "Ende des Monats": "2026-11-30", "Monatsende": "2026-11-30", "Ende November": "2026-11-30",
			"nächste Woche": "2026-11-20", "nächsten Freitag": "2026-11-20", "morgen": "2026-11-13", "innerhalb von 10 Tagen": "2026-11-22", "Mitte Dezember": "2026-12-15", "am 30.11.2026": "2026-11-30",
		},
	} {
		for text, want := range texts {
			list := sentences(text)
			if len(list) != 1 {
				t.Errorf("%q is %d sentences", text, len(list))
				continue
			}
			findDates(&list[0], calendars()[lang], written)
			got := ""
			if d := list[0].date(written, false); d != nil {
				got = d.date.String()
			}
			if got != want {
				t.Errorf("%s %q is %s, not %s", lang, text, got, want)
			}
		}
	}
}

// TestProposal looks at all that a proposal says.
func TestProposal(t *testing.T) {
	euros := func(cents int64) *ledger.Money { m := ledger.Euros(cents); return &m }
	for _, c := range []struct {
		text, passage string
		want          Proposal
	}{
		{"Bonjour,\n\nNous vous réglerons 1 250,50 € le 30/11. Cordialement", "Nous vous réglerons 1 250,50 € le 30/11.",
			Proposal{Meaning: ledger.MeansPays, Date: ledger.Day(2026, 11, 30), Money: euros(125050), Sure: true}},
		{"Je paierai 500 EUR le 20 novembre et 300 EUR le 20 décembre.", "", Proposal{Meaning: ledger.MeansPays, Date: ledger.Day(2026, 11, 20)}},
		{"Le virement a été effectué le 3 novembre.", "", Proposal{Meaning: ledger.MeansPays, Date: ledger.Day(2026, 11, 3), Done: true, Sure: true}},
		{"Nous paierons la semaine prochaine.", "", Proposal{Meaning: ledger.MeansPays, Date: ledger.Day(2026, 11, 20)}},
		{"Merci. Nous contestons la facture du 12 octobre.", "Nous contestons la facture du 12 octobre.", Proposal{Meaning: ledger.MeansContests, Sure: true}},
		{"Nous paierons vendredi 20 novembre. Mais le matériel est défectueux.", "Mais le matériel est défectueux.", Proposal{Meaning: ledger.MeansContests}},
		{"Si le chantier est fini, nous vous paierons et ferons le virement le 20 novembre.", "", Proposal{Meaning: ledger.MeansPays, Date: ledger.Day(2026, 11, 20)}},
		{"", "", Proposal{Meaning: ledger.MeansOther}},
	} {
		got := Propose(c.text, written, "fr")
		if c.passage != "" && c.text[got.From:got.To] != c.passage {
			t.Errorf("%q: passage %q", c.text, c.text[got.From:got.To])
		}
		if (got.Money == nil) != (c.want.Money == nil) || got.Money != nil && *got.Money != *c.want.Money {
			t.Errorf("%q: money %v", c.text, got.Money)
		}
		got.From, got.To, got.Money, c.want.Money = 0, 0, nil, nil
		if got != c.want {
			t.Errorf("%q: %+v, not %+v", c.text, got, c.want)
		}
	}
	for text, want := range map[string]string{"1 250,50": "1250.50", "1.250": "1250", "1,250.00": "1250.00", "12,5": "12.5", "1'250": "1250", "500": "500"} {
		if got := decimal(text); got != want {
			t.Errorf("%q is %s", text, got)
		}
	}
}

// TestSentences parts texts whose lines a mail program broke.
func TestSentences(t *testing.T) {
	text := "Bonjour,\nM. Durand a dit non. Nous vous paierons dès que possible, sans doute au\ncours du mois.\n- un\n- deux\nVoir le 15.12. merci"
	want := []string{"Bonjour,", "M. Durand a dit non.", "Nous vous paierons dès que possible, sans doute au\ncours du mois.", "- un", "- deux", "Voir le 15.12. merci"}
	list := sentences(text)
	if len(list) != len(want) {
		t.Fatalf("%d sentences: %+v", len(list), list)
	}
	for i, s := range list {
		if s.text != want[i] || text[s.from:s.to] != want[i] {
			t.Errorf("%q, not %q", s.text, want[i])
		}
	}
}
