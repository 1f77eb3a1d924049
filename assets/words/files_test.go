package words

import (
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// text is one form of one message as its file has it.
type text struct{ file, key, form, s string }

// texts reads every message file of a language anew, so that nothing the loader forgives is missed.
func texts(t *testing.T, l Lang) []text {
	t.Helper()
	names, err := filepath.Glob("*." + string(l) + ".json")
	if err != nil || len(names) == 0 {
		t.Fatal("no message files: ", err)
	}
	var all []text
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		messages := map[string]any{}
		if err := json.Unmarshal(data, &messages); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for key, m := range messages {
			if strings.Count(string(data), strconv.Quote(key)+":") != 1 {
				t.Errorf("%s: key %s more than once", name, key)
			}
			forms, plural := m.(map[string]any)
			if !plural {
				forms = map[string]any{"": m}
			} else if len(forms) != 2 || forms["one"] == nil || forms["other"] == nil {
				t.Errorf("%s: %s: a plural has the forms one and other", name, key)
			}
			for form, s := range forms {
				s, ok := s.(string)
				if !ok || s == "" {
					t.Errorf("%s: %s is not a text", name, key)
				}
				all = append(all, text{name, key, form, s})
			}
		}
	}
	return all
}

// facts gives the facts of each key, all forms together.
func facts(all []text) map[string]map[string]bool {
	found := map[string]map[string]bool{}
	for _, x := range all {
		if found[x.key] == nil {
			found[x.key] = map[string]bool{}
		}
		parts, _ := cut(x.s)
		for _, p := range parts {
			if p.fact != "" {
				found[x.key][p.fact] = true
			}
		}
		if x.form != "" {
			found[x.key]["(plural)"] = true
		}
	}
	return found
}

func TestLanguagesMatch(t *testing.T) {
	fr, en := facts(texts(t, FR)), facts(texts(t, EN))
	for _, key := range slices.Sorted(maps.Keys(fr)) {
		if en[key] == nil {
			t.Errorf("%s: not in English", key)
		} else if !maps.Equal(fr[key], en[key]) {
			t.Errorf("%s: the facts differ: French %v, English %v", key, slices.Sorted(maps.Keys(fr[key])), slices.Sorted(maps.Keys(en[key])))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(en)) {
		if fr[key] == nil {
			t.Errorf("%s: not in French", key)
		}
	}
	for _, l := range Langs {
		where := map[string]string{}
		for _, x := range texts(t, l) {
			if other := where[x.key]; other != "" && other != x.file {
				t.Errorf("%s is in %s and in %s", x.key, other, x.file)
			}
			where[x.key] = x.file
			if area, _, dotted := strings.Cut(x.key, "."); !dotted || (area != "error" && !strings.HasPrefix(x.file, area+".")) {
				t.Errorf("%s: key %s does not start with its area", x.file, x.key)
			}
		}
	}
}

// faceHas says whether the faces of the interface have the character; beyond Latin they have few.
func faceHas(r rune) bool {
	return (r >= ' ' && r <= '~') || r == '\n' || (r >= 0xa0 && r <= 0x17f) || strings.ContainsRune("\u202f‘’“”–—…•€", r)
}

var (
	plainThousands = regexp.MustCompile(`\d[ \x{00a0}]\d{3}(\D|$)`)
	address        = regexp.MustCompile(`\S+(://|@|\\)\S+|\d:\d`)
	spaceBefore    = map[rune]rune{';': '\u202f', '!': '\u202f', '?': '\u202f', ':': '\u00a0', '»': '\u00a0', '€': '\u00a0', '%': '\u00a0'}
)

var fix = flag.Bool("fix", false, "put the spaces of French typography into the French files, then test them")

var (
	jsonString = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)
	beforeWide = regexp.MustCompile(`[ \x{00a0}\x{202f}]+([:»€%])`)
	beforeThin = regexp.MustCompile(`[ \x{00a0}\x{202f}]+([;!?])`)
	afterOpen  = regexp.MustCompile(`«[ \x{202f}]*`)
)

// fixSpaces writes the French files anew where a space is there but is not the right one.
func fixSpaces(t *testing.T) {
	names, _ := filepath.Glob("*.fr.json")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fixed := jsonString.ReplaceAllStringFunc(string(data), func(s string) string {
			s = beforeWide.ReplaceAllString(s, "\u00a0$1")
			s = beforeThin.ReplaceAllString(s, "\u202f$1")
			return strings.ReplaceAll(afterOpen.ReplaceAllString(s, "«\u00a0"), "«\u00a0\u00a0", "«\u00a0")
		})
		if fixed != string(data) {
			if err := os.WriteFile(name, []byte(fixed), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestTypography(t *testing.T) {
	if *fix {
		fixSpaces(t)
	}
	for _, l := range Langs {
		for _, x := range texts(t, l) {
			report := func(what string) { t.Errorf("%s: %s: %s: %q", x.file, x.key, what, x.s) }
			if _, err := cut(x.s); err != nil {
				report(err.Error())
			}
			for _, r := range x.s {
				if !faceHas(r) {
					report("character " + strconv.QuoteRune(r) + " is not in the interface's face")
				}
			}
			if strings.ContainsAny(x.s, `'"`) {
				report("straight apostrophe or quotation mark")
			}
			if strings.Contains(x.s, "...") {
				report("three dots for …")
			}
			if x.s != strings.TrimSpace(x.s) || strings.Contains(x.s, "  ") {
				report("space at an end, or two together")
			}
			if l == FR {
				for _, what := range frenchSpacing(x.s) {
					report(what)
				}
			}
		}
	}
}

// frenchSpacing lists where the spaces of French typography are wrong.
func frenchSpacing(s string) []string {
	var wrong []string
	if plainThousands.MatchString(s) {
		wrong = append(wrong, "plain space between thousands")
	}
	rs := []rune(address.ReplaceAllString(s, "x"))
	for i, r := range rs {
		if want, ok := spaceBefore[r]; ok && i > 0 && rs[i-1] != want && !strings.ContainsRune("!?", rs[i-1]) {
			wrong = append(wrong, "no "+strconv.QuoteRuneToASCII(want)+" before "+string(r))
		}
		if r == '«' && (i+1 == len(rs) || rs[i+1] != '\u00a0') {
			wrong = append(wrong, `no '\u00a0' after «`)
		}
	}
	return wrong
}

func TestFrenchSpacing(t *testing.T) {
	for s, want := range map[string]int{
		"Oui\u202f?": 0, "Oui ?": 1, "Oui?": 1, "Dû\u00a0: 5\u00a0€": 0, "Dû : 5 €": 2, "«\u00a0a\u00a0»": 0, "« a »": 2, "à 10:30": 0, "https://exemple.fr": 0, "1 234,56": 1, "1\u202f234": 0, "le 12 2026": 0,
	} {
		if got := frenchSpacing(s); len(got) != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// Every key that the program names exists; of a key put together, its beginning.
func TestKeysOfTheProgram(t *testing.T) {
	w := New(FR)
	seen := 0
	areas := map[string]bool{"error": true}
	for key := range w.messages {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && path != root && (strings.HasPrefix(name, ".") || name == "testdata" || name == "out" || name == "dist") {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil // the compiler says it better
		}
		keys := append(keysIn(file), keysOf(areas, file)...)
		slices.Sort(keys)
		for _, key := range slices.Compact(keys) {
			seen++
			if !w.Has(key) && !(strings.HasSuffix(key, ".") && w.hasPrefix(key)) {
				t.Errorf("%s: no text for %q", path, key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 10 {
		t.Errorf("only %d keys found", seen)
	}
}

// keysIn finds the keys named in calls of T, N, Errorf and fieldError. A key put together from a beginning that ends in a full
// stop is given as that beginning; other arguments cannot be known here.
func keysIn(file *ast.File) []string {
	var keys []string
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		first := call.Args[0]
		if f, ok := call.Fun.(*ast.Ident); ok && f.Name == "fieldError" && len(call.Args) > 1 {
			first = call.Args[1]
		}
		key, ok := literal(first)
		if !ok {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.SelectorExpr:
			pkg, _ := f.X.(*ast.Ident)
			if (f.Sel.Name == "T" || f.Sel.Name == "N") && strings.Contains(key, ".") {
				keys = append(keys, key)
			} else if f.Sel.Name == "Errorf" && pkg != nil && pkg.Name == "ledger" {
				keys = append(keys, "error."+key)
			}
		case *ast.Ident:
			if (f.Name == "Errorf" || f.Name == "fieldError") && file.Name.Name == "ledger" {
				keys = append(keys, "error."+key)
			}
		}
		return true
	})
	return keys
}

var keyShape = regexp.MustCompile(`^[a-z_]+(\.[a-z0-9_]+)+$`)

// keysOf finds the texts in tables that look like keys of the known areas. Names of files look like
// them but for their ending; what other calls than T and N are given may be names of tasks.
func keysOf(areas map[string]bool, file *ast.File) []string {
	var keys []string
	given := map[*ast.BasicLit]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			for _, arg := range call.Args {
				if e, ok := arg.(*ast.BasicLit); ok {
					given[e] = true
				}
			}
		}
		e, ok := n.(*ast.BasicLit)
		if !ok || e.Kind != token.STRING || given[e] {
			return true
		}
		s, err := strconv.Unquote(e.Value)
		area, _, _ := strings.Cut(s, ".")
		if err == nil && areas[area] && keyShape.MatchString(s) && !fileEnding[filepath.Ext(s)] {
			keys = append(keys, s)
		}
		return true
	})
	return keys
}

var fileEnding = map[string]bool{".csv": true, ".go": true, ".json": true, ".log": true, ".pdf": true, ".png": true, ".svg": true, ".txt": true, ".xlsx": true}

func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(e.Value)
		return s, err == nil && e.Kind == token.STRING
	case *ast.BinaryExpr:
		if s, ok := literal(e.X); ok && e.Op == token.ADD {
			if end := strings.LastIndexByte(s, '.'); end >= 0 {
				return s[:end+1], true
			}
		}
	}
	return "", false
}

func (w *Words) hasPrefix(p string) bool {
	for key := range w.messages {
		if strings.HasPrefix(key, p) {
			return true
		}
	}
	return false
}

// The files are edited by people: sorted out of sight, but readable.
func TestFilesAreReadable(t *testing.T) {
	names, _ := filepath.Glob("*.json")
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range string(data) {
			if unicode.Is(unicode.Co, r) || r == unicode.ReplacementChar {
				t.Errorf("%s: character %q", name, r)
			}
		}
		if strings.Contains(string(data), `\u003`) {
			t.Errorf("%s: < > & are written as themselves", name)
		}
	}
}

// ofLetters says whether a key is one that letters use, which all languages of letters have. The others are for the owner's
// eyes: warnings and errors, the sheets of a workbook, lists for the post office.
func ofLetters(key string) bool {
	area, rest, _ := strings.Cut(key, ".")
	word, _, _ := strings.Cut(rest, ".")
	switch area {
	case "inwords":
		return true
	case "letters":
		return !slices.Contains([]string{"warning", "missing", "model"}, word) && !strings.HasPrefix(rest, "account.sheet.") && rest != "account.unconfirmed"
	case "common":
		return slices.Contains([]string{"month", "month_short", "weekday", "weekday_short", "country", "dispute"}, word) && rest != "dispute.other" && rest != "country"
	case "claim":
		return word == "basis" || word == "rule" || slices.Contains([]string{"note.payments_on_interest_first", "note.payments_on_interest_first_abroad", "note.payments_on_principal_first",
			"note.payment_day_unknown", "note.contract_rate_below_floor", "note.runs_from"}, rest)
	case "call":
		return strings.HasPrefix(rest, "summary.reason.") || slices.Contains([]string{"summary.terms", "summary.disputed", "summary.time"}, rest)
	}
	return false
}

// TestLetterLanguages: the languages of letters have every text that letters use, with its facts, and no others. Only German
// salutations name whom they greet.
func TestLetterLanguages(t *testing.T) {
	fr := facts(texts(t, FR))
	for _, l := range []Lang{NL, DE} {
		all := texts(t, l)
		have := facts(all)
		for _, key := range slices.Sorted(maps.Keys(fr)) {
			switch {
			case !ofLetters(key):
				if have[key] != nil {
					t.Errorf("%s: %s is no text of letters", l, key)
				}
			case have[key] == nil:
				t.Errorf("%s: %s is missing", l, key)
			case !maps.Equal(fr[key], have[key]) && !strings.HasPrefix(key, "letters.salutation."):
				t.Errorf("%s: %s: the facts differ: French %v, here %v", l, key, slices.Sorted(maps.Keys(fr[key])), slices.Sorted(maps.Keys(have[key])))
			}
		}
		for key := range have {
			if fr[key] == nil {
				t.Errorf("%s: %s is not in French", l, key)
			}
		}
		for _, x := range all {
			for _, r := range x.s {
				if !faceHas(r) && r != '„' && r != '×' && r != '÷' {
					t.Errorf("%s: %s: %q is not in the face", l, x.key, r)
				}
			}
			if strings.Contains(x.s, "  ") || strings.ContainsAny(x.s, "'\"") || regexp.MustCompile(` [:;!?%]`).MatchString(x.s) {
				t.Errorf("%s: %s: %q", l, x.key, x.s)
			}
		}
	}
}
