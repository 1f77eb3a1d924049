package letters

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"quitus/ledger"
)

func encoded(t testing.TB, p image.Image, jpg bool) []byte {
	t.Helper()
	var b bytes.Buffer
	err := png.Encode(&b, p)
	if jpg {
		b.Reset()
		err = jpeg.Encode(&b, p, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestLogoPictures(t *testing.T) {
	clear := image.NewNRGBA(image.Rect(0, 0, 40, 20))
	deep := image.NewNRGBA64(image.Rect(0, 0, 2000, 500))
	for name, k := range map[string]struct {
		file          []byte
		width, height int
	}{
		"transparent PNG": {encoded(t, clear, false), 40, 20},
		"grey JPEG":       {encoded(t, image.NewGray(image.Rect(0, 0, 30, 60)), true), 30, 60},
		"deep, wide PNG":  {encoded(t, deep, false), 520, 130},
		"palette PNG":     {encoded(t, image.NewPaletted(image.Rect(0, 0, 9, 9), color.Palette{color.Transparent, color.Black}), false), 9, 9},
	} {
		l, err := NewLogo(k.file)
		if err != nil || l.width != k.width || l.height != k.height {
			t.Errorf("%s: %+v %v", name, l, err)
			continue
		}
		s := newSample(t)
		c := s.dervaux()
		s.invoice(c, "F-1", 1000, 5)
		letter, _ := s.compose(Request{Customer: c, Logo: l})
		tool(t, s.pdf(letter), "qpdf", "--check", "FILE")
	}
	l, err := NewLogo(encoded(t, clear, false))
	if err != nil {
		t.Fatal(err)
	}
	p, err := png.Decode(bytes.NewReader(l.data))
	if err != nil || color.RGBAModel.Convert(p.At(5, 5)) != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("transparency is not white: %v", err)
	}
}

func TestLogoRefused(t *testing.T) {
	good := encoded(t, image.NewGray(image.Rect(0, 0, 60, 60)), false)
	bomb := bytes.Clone(good)
	copy(bomb[16:], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // says 65,536 pixels a side
	for name, k := range map[string]struct {
		file []byte
		code string
	}{
		"30 MB":           {make([]byte, 30<<20), "logo_too_large"},
		"nothing":         {nil, "logo_unreadable"},
		"text":            {[]byte("<svg/>"), "logo_unreadable"},
		"cut PNG":         {good[:len(good)/2], "logo_unreadable"},
		"too many points": {bomb, ""},
	} {
		_, err := NewLogo(k.file)
		if err == nil || (k.code != "" && ledger.CodeOf(err) != k.code) {
			t.Errorf("%s: %v, want %s", name, err, k.code)
		}
	}
}
