package people

import (
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"quitus/ledger"
	"quitus/ledger/imports/grid"
)

// mostText is how many bytes a cell may have.
const mostText = 500

// tidy cuts white space of any width and invisible characters off both ends, and makes runs of it one space. A text of
// nothing but marks that stand on other letters is none.
func tidy(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r < ' ' || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
	}), " ")
	if ledger.Fold(s) == "" {
		return ""
	}
	return s
}

// cellText gives what a cell shows. Numbers are written out, with the zeros before them that their format shows:
// codes, postcodes and company numbers are stored as numbers by spreadsheets.
func cellText(g *grid.Grid, c grid.Cell) string {
	switch c.Kind {
	case grid.Text, grid.ISODate, grid.Bool:
		return tidy(g.String(c))
	case grid.Number:
		s := g.String(c)
		if strings.ContainsAny(s, "eE") && len(s) <= 30 {
			if f, ok := new(big.Float).SetString(s); ok && f.IsInt() && f.MantExp(nil) < 64 {
				s = f.Text('f', 0)
			}
		}
		if whole, frac, ok := strings.Cut(s, "."); ok && strings.Trim(frac, "0") == "" {
			s = whole
		}
		if f := g.FormatOf(c); f.Digits > 0 && isDigits(s) {
			s = f.Prefix + strings.Repeat("0", max(0, f.Digits-len(s))) + s + f.Suffix
		}
		return s
	}
	return ""
}

// tight takes out what people group digits with.
var tight = strings.NewReplacer(" ", "", ".", "", "-", "", "\u00a0", "", "\u202f", "")

func isDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// digitsOf drops everything but digits.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// kindWords are what lists call the kinds of customers, folded. "Privé" is not among them: it may be a private person
// as well as a company that is no public body.
var kindWords = map[ledger.CustomerKind]string{
	ledger.CompanyCustomer: "entreprise|entreprises|societe|professionnel|professionnels|pro|pros|b2b|company|companies|business|corporate|sarl|sas|sasu|sa|eurl|ei|sci|scop|srl|gmbh|bv|nv|" +
		"commercant|artisan|bedrijf|zakelijk|onderneming|unternehmen|firma|gewerblich|geschaftskunde|secteur prive|private sector",
	ledger.PublicBody: "public|publique|secteur public|public body|organisme public|etablissement public|collectivite|collectivites|collectivite territoriale|collectivite locale|mairie|commune|administration|" +
		"etat|b2g|government|overheid|publiek|behorde|offentlich|offentliche hand|offentlicher auftraggeber",
	ledger.Consumer: "particulier|particuliers|particulier/consommateur|consommateur|client particulier|personne physique|b2c|consumer|private individual|private customer|individual|person|consument|privaat|privat|privatkunde|privatperson|verbraucher",
	ledger.NonProfessional: "non-professionnel|non professionnel|nonprofessionnel|non pro|association|associations|asso|copropriete|coproprietes|syndicat|syndicat de copropriete|syndicat des coproprietaires|fondation|" +
		"non_professional|non-professional|non professional|nonprofit|non-profit|vereniging|vzw|asbl|verein|stiftung|vme|weg",
}

// parseKind reads a kind of customer.
func parseKind(s string) (ledger.CustomerKind, bool) {
	s = ledger.Fold(s)
	for kind, all := range kindWords {
		if s == string(kind) || slices.Contains(strings.Split(all, "|"), s) {
			return kind, true
		}
	}
	return "", false
}

var languageWords = map[string]string{
	"fr": "fr|fra|fre|francais|french|frans|franzosisch|fr-fr|fr-be|fr-ch|fr-lu|fr_fr", "en": "en|eng|anglais|english|engels|englisch|en-gb|en-us|en_gb",
	"nl": "nl|nld|dut|neerlandais|nederlands|dutch|niederlandisch|hollandais|flamand|vlaams|nl-be|nl-nl|nl_be", "de": "de|deu|ger|allemand|deutsch|german|duits|de-de|de-ch|de-be|de-lu|de-at|de_ch",
}

// parseLanguage reads the language of letters: "fr", "en", "nl" or "de".
func parseLanguage(s string) (string, bool) {
	s = ledger.Fold(s)
	for code, all := range languageWords {
		if slices.Contains(strings.Split(all, "|"), s) {
			return code, true
		}
	}
	return "", false
}

var countryNames = func() map[string]string {
	m := map[string]string{}
	for code, names := range map[string]string{
		"FR": "france|fra|frankrijk|frankreich|f|guadeloupe|martinique|guyane|la reunion|reunion|mayotte|saint-martin|saint-barthelemy", "BE": "belgique|belgium|belgie|belgien|bel|b",
		"LU": "luxembourg|luxemburg|lux|l|grand-duche de luxembourg", "CH": "suisse|switzerland|zwitserland|schweiz|che|svizzera", "DE": "allemagne|germany|duitsland|deutschland|deu|d",
		"NL": "pays-bas|netherlands|the netherlands|nederland|niederlande|nld|hollande|holland", "IT": "italie|italy|italia|italien|ita|i", "ES": "espagne|spain|espana|spanje|spanien|esp|e",
		"PT": "portugal|prt|p", "GB": "royaume-uni|united kingdom|uk|grande-bretagne|great britain|angleterre|england|verenigd koninkrijk|vereinigtes konigreich|gbr", "IE": "irlande|ireland|ierland|irland|irl",
		"AT": "autriche|austria|oostenrijk|osterreich|aut", "PL": "pologne|poland|polen|pol|polska", "US": "etats-unis|united states|usa|etats-unis d'amerique|verenigde staten|vereinigte staaten",
		"CA": "canada|can|kanada", "MA": "maroc|morocco|marokko|mar", "TN": "tunisie|tunisia|tunesien|tunesie|tun", "DZ": "algerie|algeria|algerien|algerije|dza", "SN": "senegal|sen", "CI": "cote d'ivoire|ivory coast|civ",
		"MC": "monaco|mco|principaute de monaco", "DK": "danemark|denmark|denemarken|danemark|dnk", "SE": "suede|sweden|zweden|schweden|swe", "FI": "finlande|finland|finnland|fin", "GR": "grece|greece|griekenland|griechenland|grc|el",
		"CZ": "tchequie|republique tcheque|czechia|czech republic|tsjechie|tschechien|cze", "RO": "roumanie|romania|roemenie|rumanien|rou", "HU": "hongrie|hungary|hongarije|ungarn|hun", "AD": "andorre|andorra|and",
		"NC": "nouvelle-caledonie|new caledonia", "PF": "polynesie francaise|french polynesia|tahiti", "NO": "norvege|norway|noorwegen|norwegen|nor", "TR": "turquie|turkey|turkije|turkei|tur", "LI": "liechtenstein|lie",
	} {
		for n := range strings.SplitSeq(names, "|") {
			m[n] = code
		}
	}
	return m
}()

// overseas are the parts of France that have a code of their own in ISO 3166-1 and share its commercial law and its
// company register.
var overseas = []string{"GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM"}

// parseCountry reads a country's name or code as ISO 3166-1.
func parseCountry(s string) (string, bool) {
	if code := countryNames[ledger.Fold(s)]; code != "" {
		return code, true
	}
	s = strings.ToUpper(s)
	if slices.Contains(overseas, s) {
		return "FR", true
	}
	if len(s) == 2 && s[0] >= 'A' && s[0] <= 'Z' && s[1] >= 'A' && s[1] <= 'Z' {
		return s, true
	}
	return "", false
}

var rateShape = regexp.MustCompile(`^(\d{1,3})(?:[.,](\d{1,6}))?\s*(?:%|pct|percent|pour ?cent|procent|prozent)?\s*(?:(?:par|/|l'|per|pro|p\.?)\s*)?(?:an|annee|annuel|a\.?|year|annum|jaar|jahr)?$`)

// parseRate reads a late rate in percent a year, above 0 and up to 100: "12", "12,5 %", "10 % par an". Rates by the
// month and multiples of a legal rate are none.
func parseRate(s string) (string, bool) {
	m := rateShape.FindStringSubmatch(strings.ReplaceAll(ledger.Fold(s), "\u202f", " "))
	if m == nil {
		return "", false
	}
	whole, _ := strconv.Atoi(m[1])
	frac := strings.TrimRight(m[2], "0")
	if whole > 100 || whole == 100 && frac != "" || whole == 0 && frac == "" {
		return "", false
	}
	if frac == "" {
		return strconv.Itoa(whole), true
	}
	return strconv.Itoa(whole) + "." + frac, true
}

var indemnityShape = regexp.MustCompile(`^(\d{1,4})(?:[.,](\d{1,2}))?\s*(?:€|eur|euros?)?$`)

// parseIndemnity reads an indemnity in euros, above 0 and up to 2,000, the highest that Belgian law lets a clause set (CDE XIX.4).
func parseIndemnity(s string) (int64, bool) {
	m := indemnityShape.FindStringSubmatch(strings.TrimSpace(ledger.Fold(s)))
	if m == nil {
		return 0, false
	}
	v, err := ledger.ParseDecimal(m[1]+"."+(m[2] + "00")[:2], ledger.EUR)
	if err != nil || v.Minor <= 0 || v.Minor > 2000_00 {
		return 0, false
	}
	return v.Minor, true
}

var mailShape = regexp.MustCompile(`^[^\s@,;<>()"]+@[^\s@,;<>()"]+\.[^\s@,;<>()".]+$`)

// mails cuts a cell into its addresses: "a@b.fr; Nom <c@d.fr>". It says false if something there is none.
func mails(s string) ([]string, bool) {
	var out []string
	ok := true
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '\n' }) {
		part = strings.TrimSpace(part)
		if i, j := strings.IndexByte(part, '<'), strings.IndexByte(part, '>'); i >= 0 && j > i {
			part = part[i+1 : j]
		}
		part = strings.TrimPrefix(strings.TrimSpace(part), "mailto:")
		for word := range strings.FieldsSeq(part) {
			if mailShape.MatchString(word) {
				out = append(out, word)
			} else if word != "/" && word != "-" {
				ok = false
			}
		}
	}
	return out, ok && len(out) > 0
}

var postPrefix = regexp.MustCompile(`^(F|FR|B|BE|L|LU|CH|D|DE|NL|I|IT|E|ES|P|PT|A|AT)[- ]+(\d.*)$`)

var prefixCountries = map[string]string{"F": "FR", "B": "BE", "L": "LU", "D": "DE", "I": "IT", "E": "ES", "P": "PT", "A": "AT"}

// cutPostPrefix parts "L-1234" into the country that it names and the postcode.
func cutPostPrefix(s string) (country, code string) {
	m := postPrefix.FindStringSubmatch(s)
	if m == nil {
		return "", s
	}
	if c := prefixCountries[m[1]]; c != "" {
		return c, m[2]
	}
	return m[1], m[2]
}

// phone gives a telephone number as it is written. One of nine digits without a sign before it is a French one
// whose zero a spreadsheet took.
func phone(s, country string, stored bool) string {
	if stored && country == "FR" && len(s) == 9 && isDigits(s) {
		return "0" + s
	}
	return s
}
