package charset

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func decode(t testing.TB, data []byte, hint Encoding) (Text, string) {
	t.Helper()
	text, err := Detect(context.Background(), bytes.NewReader(data), int64(len(data)), hint)
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(text.NewReader(bytes.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	slow, err := io.ReadAll(text.NewReader(iotest.OneByteReader(bytes.NewReader(data))))
	if err != nil || !bytes.Equal(slow, out) {
		t.Fatalf("byte by byte: %q, at once %q", slow, out)
	}
	return text, string(out)
}

func encode(t testing.TB, e encoding.Encoding, s string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var samples = []string{
	"N° facture;Client;Échéance;Montant réglé\nFA1;Hôtel de la Plage;31/12/2026;1 234,56\n",
	"Société;Règlement à réception\nFrançois Maître;Noël\n",
	"ÉTABLISSEMENTS QUERCY FROID;RÉGLÉ\nCHÂTEAU DU LÉON;PAYÉ\n",
	"Client;Reste dû\nLe Fournil Doré;12\n",
	"Müller & Söhne;Straße\n",
	"Naam;Bedrag\nCafé België;3\n",
}

func TestEncodings(t *testing.T) {
	for _, s := range samples {
		for _, c := range []struct {
			want Encoding
			data []byte
		}{
			{UTF8, []byte(s)}, {UTF8, []byte("\ufeff" + s)},
			{Windows1252, encode(t, charmap.Windows1252, s)}, {CP850, encode(t, charmap.CodePage850, s)}, {MacRoman, encode(t, charmap.Macintosh, s)},
			{UTF16LE, encode(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), s)}, {UTF16LE, encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), s)},
			{UTF16BE, encode(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), s)}, {UTF16BE, encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), s)},
		} {
			got, text := decode(t, c.data, Unknown)
			if got.Encoding != c.want || text != s || got.Repaired {
				t.Errorf("%v, want %v: %q", got, c.want, text)
			}
		}
	}
}

func TestOddities(t *testing.T) {
	twice := func(s string) string { return string(encodeAsIs(s)) }
	for _, c := range []struct {
		name, data, want string
		hint, encoding   Encoding
	}{
		{"empty", "", "", Unknown, UTF8},
		{"plain", "a;b\n", "a;b\n", Windows1252, UTF8},
		{"twice", twice("Numéro;Échéance;à l’hôtel;12 €\nœuvre;N° 3 « x »\n"), "Numéro;Échéance;à l’hôtel;12 €\nœuvre;N° 3 « x »\n", Unknown, UTF8},
		{"twice with a mark", twice("\ufeffNuméro"), "Numéro", Unknown, UTF8},
		{"twice in part", "Réglé;" + twice("réglé"), "Réglé;réglé", Unknown, UTF8},
		{"not twice", "«SOCIÉTÉ» É… SÃO PAULO Â", "«SOCIÉTÉ» É… SÃO PAULO Â", Unknown, UTF8},
		{"mixed", "réglé réglé réglé réglé \xe9t\xe9", "réglé réglé réglé réglé été", Unknown, UTF8},
		{"euro of Windows", "1\xa0234,56 \x80;r\xe9gl\xe9", "1\u00a0234,56 €;réglé", Unknown, Windows1252},
		{"euro of Latin-9", "12 \xa4;13 \xa4", "12 €;13 €", Unknown, ISO885915},
		{"a sign of Mac alone", "devise;\xdb;\"\xdb\"", "devise;€;\"€\"", Unknown, MacRoman},
		{"only a sign", "12 \x80", "12 €", Unknown, Windows1252},
		{"only one letter", "Lib\xe9", "Libé", Unknown, Windows1252},
		{"hint", "\xa9", "\u00a9", Windows1252, Windows1252},
		{"spaces of Mac", "1\xca234,56;r\x8egl\x8e", "1\u00a0234,56;réglé", Unknown, MacRoman},
		{"odd length", "\xff\xfea\x00b", "a\ufffd", Unknown, UTF16LE},
		{"pair", "\xfe\xff\xd8\x3d\xde\x00\x00a", "😀a", Unknown, UTF16BE},
		{"half a pair", "\xfe\xff\xd8\x3d\x00a", "\ufffda", Unknown, UTF16BE},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, text := decode(t, []byte(c.data), c.hint)
			if text != c.want || got.Encoding != c.encoding {
				t.Errorf("%v %q, want %v %q", got.Encoding, text, c.encoding, c.want)
			}
		})
	}
}

// encodeAsIs encodes to UTF-8 what is UTF-8 already, as a program does that takes it for Windows-1252.
func encodeAsIs(s string) []byte {
	var out []byte
	for _, b := range []byte(s) {
		out = utf8.AppendRune(out, tables[Windows1252][b])
	}
	return out
}

// A letter that lies on the border of what is read at once counts as one.
func TestBorders(t *testing.T) {
	for shift := range 40 {
		s := strings.Repeat("a", chunk-30+shift) + strings.Repeat("é", 20) + "\n"
		if got, text := decode(t, []byte(s), Unknown); got.Encoding != UTF8 || text != s || got.dirty {
			t.Fatal(shift, got)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Detect(ctx, strings.NewReader("é"), 2, Unknown); err != context.Canceled {
		t.Error(err)
	}
}

func FuzzDetect(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
		f.Add(encodeAsIs(s))
		f.Add(encode(f, charmap.Macintosh, s))
		f.Add(encode(f, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		text, out := decode(t, data, Unknown)
		if text.Encoding != UTF8 && !utf8.ValidString(out) {
			t.Errorf("%v gives %q", text, out)
		}
	})
}
