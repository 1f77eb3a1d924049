package imports

import (
	"math"
	"strconv"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// amount is a sum as a cell holds it, before it is rounded to a currency.
type amount struct {
	digits   string // without separators; the last `scale` of them are decimals
	scale    int
	negative bool
	currency ledger.Currency // named beside the sum, or none
}

// amountStyle says what a column's numbers show of how decimals are written: ',' or '.', or 0 if nothing does.
type amountStyle struct{ comma, dot int }

func (s amountStyle) decimal() byte {
	switch {
	case s.comma > s.dot:
		return ','
	case s.dot > s.comma:
		return '.'
	}
	return 0
}

// add counts what one written amount shows.
func (s *amountStyle) add(text []byte) {
	vote := func(c byte) {
		if c == ',' {
			s.comma++
		} else {
			s.dot++
		}
	}
	if sep, ok := plainAmount(text); ok {
		if sep >= 0 {
			vote(text[sep])
		}
		return
	}
	t, ok := cutAmount(trim(text))
	if !ok || t.plain == "" {
		return
	}
	commas, dots := strings.Count(t.plain, ","), strings.Count(t.plain, ".")
	last := strings.LastIndexAny(t.plain, ",.")
	switch {
	case last < 0:
	case commas > 0 && dots > 0:
		vote(t.plain[last])
	case commas+dots > 1:
		vote(',' + '.' - t.plain[last])
	case len(t.plain)-last-1 != 3, last > 3, strings.ContainsAny(t.plain[:last], " '"), t.plain[0] == '0':
		vote(t.plain[last])
	}
}

// amountText is a written amount, cut into sign, currency and a plain number of digits and the separators "space", ' , and dot.
type amountText struct {
	plain    string
	negative bool
	currency ledger.Currency
}

// plainAmount says whether a text is an amount as programs write nearly all of them, digits and at most one or two decimals
// behind a comma or dot, which can be read without more ado. sep is where that stands, or -1.
func plainAmount(b []byte) (sep int, ok bool) {
	sep = -1
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
		case (c == ',' || c == '.') && sep < 0:
			sep = i
		default:
			return -1, false
		}
	}
	decimals := len(b) - sep - 1
	return sep, len(b) > 0 && len(b) <= 15 && (sep < 0 || sep > 0 && (decimals == 1 || decimals == 2))
}

// plainMinor reads what plainAmount tells, in minor units.
func plainMinor(b []byte, decimals int) (int64, bool) {
	sep, ok := plainAmount(b)
	switch {
	case !ok:
		return 0, false
	case sep < 0:
		return toMinor(b, 0, false, decimals)
	}
	var buf [15]byte
	digits := append(append(buf[:0], b[:sep]...), b[sep+1:]...)
	return toMinor(digits, len(b)-sep-1, false, decimals)
}

// cutAmount takes the signs and currency off a written amount. It says false if other words stand there.
func cutAmount(s string) (t amountText, ok bool) {
	if len(s) > 60 {
		return t, false
	}
	plain := make([]byte, 0, len(s))
	var word []rune
	minus, bracket := 0, 0
	flush := func() bool {
		if len(word) == 0 {
			return true
		}
		w := strings.ToUpper(string(word))
		word = word[:0]
		switch w {
		case "TTC", "D", "DB", "DR", "HT":
			return w != "HT"
		case "C", "CR":
			minus++
			return true
		case "FR", "FRS", "SFR":
			t.currency = ledger.CHF
			return true
		}
		c, known := ledger.ParseCurrency(w)
		if known = known && knownCurrency(c); known {
			t.currency = c
		}
		return known
	}
	for i, r := range s {
		if unicode.IsLetter(r) || r == '€' || r == '$' || r == '£' {
			word = append(word, r)
			continue
		}
		if !flush() {
			return t, false
		}
		switch {
		case r >= '0' && r <= '9', r == ',':
			plain = append(plain, byte(r))
		case r == '.':
			if len(plain) > 0 || i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
				plain = append(plain, '.')
			}
		case unicode.IsSpace(r) || r == '\u200b' || r == '_':
			if n := len(plain); n > 0 && plain[n-1] != ' ' {
				plain = append(plain, ' ')
			}
		case r == '\'' || r == '’' || r == '‘' || r == '´' || r == '`':
			plain = append(plain, '\'')
		case r == '-' || r == '–' || r == '—' || r == '−':
			if n := len(plain); n > 0 && (plain[n-1] == '.' || plain[n-1] == ',') {
				plain = plain[:n-1] // 120.– is a Swiss way to write no cents
			} else {
				minus++
			}
		case r == '+':
		case r == '?' && len(plain) > 0 && i+1 < len(s) && (s[i+1] >= '0' && s[i+1] <= '9' || strings.HasPrefix(s[i+1:], "€")):
			plain = append(plain, ' ') // a no-break space that was lost on its way through another encoding
		case r == '(' || r == ')':
			bracket++
		default:
			return t, false
		}
	}
	if !flush() || bracket != 0 && bracket != 2 || minus > 1 || minus == 1 && bracket == 2 {
		return t, false
	}
	t.plain = strings.Trim(string(plain), " ")
	t.negative = minus == 1 || bracket == 2
	return t, true
}

// amountProblem says why a cell holds no amount.
type amountProblem struct {
	code  string
	args  map[string]any
	empty bool
}

// parseAmount reads a written amount. decimal is what the column shows of its decimal sign, or 0.
func parseAmount(s string, decimal byte) (amount, *amountProblem) {
	t, ok := cutAmount(s)
	if !ok {
		return amount{}, &amountProblem{code: "amount_invalid"}
	}
	if t.plain == "" {
		return amount{}, &amountProblem{empty: true}
	}
	a := amount{negative: t.negative, currency: t.currency}
	whole, fraction := t.plain, ""
	commas, dots := strings.Count(whole, ","), strings.Count(whole, ".")
	last := strings.LastIndexAny(whole, ",.")
	if last >= 0 {
		sep := whole[last]
		behind := len(whole) - last - 1
		single := strings.Count(whole, string(sep)) == 1
		grouped := strings.ContainsAny(whole[:last], " '.,")
		switch {
		case !single || strings.ContainsAny(whole[last:], " '"):
		case commas > 0 && dots > 0, behind != 3, grouped, whole[0] == '0', last > 3:
			whole, fraction = whole[:last], whole[last+1:]
		case decimal == sep, decimal == 0 && sep == ',':
			return a, ambiguous(whole[:last]+","+whole[last+1:], whole[:last]+whole[last+1:])
		}
	}
	if whole == "" {
		whole = "0"
	}
	digits, p := joinGroups(whole, fraction)
	if p != nil {
		return a, p
	}
	a.digits, a.scale = digits+fraction, len(fraction)
	if !allDigits(a.digits) || len(digits) > 15 || len(fraction) > 20 {
		return a, &amountProblem{code: "amount_invalid"}
	}
	return a, nil
}

// joinGroups takes the separators of thousands out; groups must be of three digits.
func joinGroups(whole, fraction string) (string, *amountProblem) {
	groups := strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune(" '.,", r) })
	for i, g := range groups {
		if i == 0 && len(groups) > 1 && len(g) <= 3 || i > 0 && len(g) == 3 || len(groups) == 1 {
			continue
		}
		if fraction != "" {
			fraction = "," + fraction
		}
		if i > 0 && len(g) == 4 && len(groups[0]) <= 3 && i == len(groups)-1 {
			return "", ambiguous(strings.Join(groups[:i], "")+g[:3]+fraction, strings.Join(groups, "")+fraction)
		}
		return "", &amountProblem{code: "amount_invalid"}
	}
	return strings.Join(groups, ""), nil
}

// ambiguous refuses an amount that reads two ways.
func ambiguous(first, second string) *amountProblem {
	return &amountProblem{code: "amount_ambiguous", args: map[string]any{"first": first, "second": second}}
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// minor rounds the amount to the currency's minor unit, half away from zero, as spreadsheets show it.
func (a amount) minor(c ledger.Currency) (int64, bool) {
	return toMinor(a.digits, a.scale, a.negative, c.Decimals())
}

func toMinor[S string | []byte](digits S, scale int, negative bool, decimals int) (int64, bool) {
	var v int64
	keep := len(digits) - scale + decimals
	for i := range keep {
		v *= 10
		if i < len(digits) && i >= 0 {
			v += int64(digits[i] - '0')
		}
		if v > math.MaxInt64/100 {
			return 0, false
		}
	}
	if keep >= 0 && keep < len(digits) && digits[keep] >= '5' {
		v++
	}
	if negative {
		v = -v
	}
	return v, true
}

// numberMinor reads a number as a workbook stores it ("8482.389999999999", "-1.5E3") in minor units.
func numberMinor(b []byte, decimals int) (int64, bool) {
	var buf [40]byte
	digits, scale, seen := buf[:0], 0, false
	negative := false
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			if len(digits) == cap(digits) {
				return 0, false
			}
			digits = append(digits, c)
			if seen {
				scale++
			}
		case c == '.' && !seen:
			seen = true
		case c == '-' && i == 0:
			negative = true
		case c == '+' && i == 0:
		default:
			f, err := strconv.ParseFloat(string(b), 64)
			if err != nil || math.Abs(f) > 1e15 || math.IsNaN(f) {
				return 0, false
			}
			return numberMinor(strconv.AppendFloat(nil, f, 'f', 12, 64), decimals)
		}
	}
	if len(digits) == 0 || len(digits)-scale > 15 {
		return 0, false
	}
	return toMinor(digits, scale, negative, decimals)
}

// readAmount reads a sum in the currency of its line.
func (r *reading) readAmount(f Field, v value, c ledger.Currency) (int64, *amountProblem) {
	decimal := r.decimal[f]
	if v.typed {
		decimal = 0
	}
	return readSum(v, decimal, c)
}

// readSum reads a sum in minor units of a currency. decimal is what the column shows of its decimal sign, or 0.
func readSum(v value, decimal byte, c ledger.Currency) (int64, *amountProblem) {
	switch v.kind {
	case grid.Empty:
		return 0, &amountProblem{empty: true}
	case grid.Number:
		if m, ok := numberMinor(v.text, c.Decimals()); ok && !v.format.Date {
			return m, nil
		}
	case grid.Text:
		if m, ok := plainMinor(v.text, c.Decimals()); ok {
			return m, nil
		}
		a, p := parseAmount(trim(v.text), decimal)
		if p != nil && p.code == "amount_ambiguous" && decimal != 0 && c.Decimals() == 3 {
			// 123,456 dinars have all their decimals, where the column shows which sign is the decimal one.
			if full, wrong := parseAmount(trim(v.text)+"0", decimal); wrong == nil {
				a, p = full, nil
			}
		}
		if p != nil {
			return 0, p
		}
		if m, ok := a.minor(c); ok {
			return m, nil
		}
	}
	return 0, &amountProblem{code: "amount_invalid"}
}

// isoCurrencies are the codes of ISO 4217, so that a word of three letters is not taken for one.
const isoCurrencies = " AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "

func knownCurrency(c ledger.Currency) bool {
	return len(c) == 3 && strings.Contains(isoCurrencies, " "+string(c)+" ")
}

// CurrencyIn finds the only currency that a sentence names: "Monnaie de base : CHF", "montants en euros". Codes that may be
// words or names ("MUR", "MAD") count only where the sentence is about money.
func CurrencyIn(s string) (ledger.Currency, bool) {
	var found ledger.Currency
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '€' && r != '$' && r != '£' }) {
		c := ledger.Currency("")
		switch l := strings.ToLower(w); {
		case l == "euros" || l == "euro" || l == "€":
			c = ledger.EUR
		case (l == "francs" || l == "franc") && strings.Contains(strings.ToLower(s), "suisse"):
			c = ledger.CHF
		case l == "dollar" || l == "dollars":
			c = "USD"
		case l == "sterling":
			c = "GBP"
		case w == "$":
			c = "USD"
		case w == "£":
			c = "GBP"
		case w == strings.ToUpper(w) && knownCurrency(ledger.Currency(w)) && (strings.Contains(" EUR CHF USD GBP ", w) || speaksOfMoney(s)):
			c = ledger.Currency(w)
		}
		if c != "" && found != "" && c != found {
			return "", false
		}
		if c != "" {
			found = c
		}
	}
	return found, found != ""
}

func speaksOfMoney(s string) bool {
	for _, w := range canonical(s) {
		if w == "devise" || w == "montant" || w == "total" || w == "tenue" {
			return true
		}
	}
	return false
}
