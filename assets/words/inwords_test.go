package words

import (
	"testing"

	"quitus/ledger"
)

func TestMoneyInWords(t *testing.T) {
	for _, k := range []struct {
		minor  int64
		fr, en string
	}{
		{0, "zéro euro", "zero euros"},
		{1, "un centime", "one cent"},
		{50, "cinquante centimes", "fifty cents"},
		{100, "un euro", "one euro"},
		{101, "un euro et un centime", "one euro and one cent"},
		{200, "deux euros", "two euros"},
		{1600, "seize euros", "sixteen euros"},
		{1700, "dix-sept euros", "seventeen euros"},
		{2100, "vingt et un euros", "twenty-one euros"},
		{2200, "vingt-deux euros", "twenty-two euros"},
		{6100, "soixante et un euros", "sixty-one euros"},
		{7000, "soixante-dix euros", "seventy euros"},
		{7100, "soixante et onze euros", "seventy-one euros"},
		{7200, "soixante-douze euros", "seventy-two euros"},
		{8000, "quatre-vingts euros", "eighty euros"},
		{8100, "quatre-vingt-un euros", "eighty-one euros"},
		{9000, "quatre-vingt-dix euros", "ninety euros"},
		{9100, "quatre-vingt-onze euros", "ninety-one euros"},
		{9999, "quatre-vingt-dix-neuf euros et quatre-vingt-dix-neuf centimes", "ninety-nine euros and ninety-nine cents"},
		{10000, "cent euros", "one hundred euros"},
		{10100, "cent un euros", "one hundred and one euros"},
		{18080, "cent quatre-vingts euros et quatre-vingts centimes", "one hundred and eighty euros and eighty cents"},
		{20000, "deux cents euros", "two hundred euros"},
		{20100, "deux cent un euros", "two hundred and one euros"},
		{28000, "deux cent quatre-vingts euros", "two hundred and eighty euros"},
		{100000, "mille euros", "one thousand euros"},
		{100100, "mille un euros", "one thousand and one euros"},
		{123450, "mille deux cent trente-quatre euros et cinquante centimes", "one thousand two hundred and thirty-four euros and fifty cents"},
		{200100, "deux mille un euros", "two thousand and one euros"},
		{8000000, "quatre-vingt mille euros", "eighty thousand euros"},
		{20000000, "deux cent mille euros", "two hundred thousand euros"},
		{20020000, "deux cent mille deux cents euros", "two hundred thousand two hundred euros"},
		{100000000, "un million d’euros", "one million euros"},
		{100000050, "un million d’euros et cinquante centimes", "one million euros and fifty cents"},
		{100000100, "un million un euros", "one million and one euros"},
		{120000000, "un million deux cent mille euros", "one million two hundred thousand euros"},
		{8000000000, "quatre-vingts millions d’euros", "eighty million euros"},
		{20000000000, "deux cents millions d’euros", "two hundred million euros"},
		{100000000000, "un milliard d’euros", "one billion euros"},
		{300000100000, "trois milliards mille euros", "three billion one thousand euros"},
		{-2100, "moins vingt et un euros", "minus twenty-one euros"},
	} {
		m := ledger.Euros(k.minor)
		if got := New(FR).MoneyInWords(m); got != k.fr {
			t.Errorf("%s: %q, want %q", m, got, k.fr)
		}
		if got := New(EN).MoneyInWords(m); got != k.en {
			t.Errorf("%s: %q, want %q", m, got, k.en)
		}
	}
	for _, k := range []struct {
		m    ledger.Money
		want string
	}{
		{ledger.Money{Minor: 7190, Currency: ledger.CHF}, "soixante et onze francs suisses et quatre-vingt-dix centimes"},
		{ledger.Money{Minor: 100000000, Currency: ledger.CHF}, "un million de francs suisses"},
		{ledger.Money{Minor: 1250, Currency: "GBP"}, "12,50" + nbsp + "GBP"},
		{ledger.Money{Minor: mostInWords * 100, Currency: ledger.EUR}, New(FR).Money(ledger.Euros(mostInWords * 100))},
	} {
		if got := New(FR).MoneyInWords(k.m); got != k.want {
			t.Errorf("%s: %q, want %q", k.m, got, k.want)
		}
	}
}

func TestInWordsJoined(t *testing.T) {
	for _, k := range []struct {
		minor  int64
		nl, de string
	}{
		{0, "nul euro", "null Euro"},
		{1, "één cent", "ein Cent"},
		{100, "één euro", "ein Euro"},
		{2100, "eenentwintig euro", "einundzwanzig Euro"},
		{2200, "tweeëntwintig euro", "zweiundzwanzig Euro"},
		{3300, "drieëndertig euro", "dreiunddreißig Euro"},
		{8000, "tachtig euro", "achtzig Euro"},
		{10000, "honderd euro", "einhundert Euro"},
		{10100, "honderdeen euro", "einhunderteins Euro"},
		{11600, "honderdzestien euro", "einhundertsechzehn Euro"},
		{100000, "duizend euro", "eintausend Euro"},
		{100100, "duizend één euro", "eintausendeins Euro"},
		{123450, "duizend tweehonderdvierendertig euro en vijftig cent", "eintausendzweihundertvierunddreißig Euro und fünfzig Cent"},
		{2100000, "eenentwintigduizend euro", "einundzwanzigtausend Euro"},
		{10100000, "honderdeenduizend euro", "einhunderteintausend Euro"},
		{12345600, "honderddrieëntwintigduizend vierhonderdzesenvijftig euro", "einhundertdreiundzwanzigtausendvierhundertsechsundfünfzig Euro"},
		{100000000, "één miljoen euro", "eine Million Euro"},
		{200000100, "twee miljoen één euro", "zwei Millionen ein Euro"},
		{100000000000, "één miljard euro", "eine Milliarde Euro"},
		{-700, "min zeven euro", "minus sieben Euro"},
	} {
		m := ledger.Euros(k.minor)
		if got := New(NL).MoneyInWords(m); got != k.nl {
			t.Errorf("%s: %q, want %q", m, got, k.nl)
		}
		if got := New(DE).MoneyInWords(m); got != k.de {
			t.Errorf("%s: %q, want %q", m, got, k.de)
		}
	}
	francs := ledger.Money{Minor: 3090, Currency: ledger.CHF}
	if got := New(SwissDE).MoneyInWords(francs); got != "dreissig Schweizer Franken und neunzig Rappen" {
		t.Error(got)
	}
}
