package letters

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"

	"quitus/ledger"
)

// Bounds of a logo's file, its pixels, and what is kept of it for print: 300 dots an inch over the
// space that a letter gives it.
const (
	LogoMaxBytes  = 4 << 20
	logoMaxPixels = 40_000_000
	logoPixels    = 520
)

// Logo is a picture that was checked and made ready for print.
type Logo struct {
	data          []byte
	kind          string // "PNG" or "JPG"
	width, height int    // pixels
}

// NewLogo reads a PNG or JPEG picture of at most [LogoMaxBytes]. Larger pictures than print needs are
// made smaller; transparency becomes white. The error's code is logo_too_large or logo_unreadable.
func NewLogo(file []byte) (*Logo, error) {
	if len(file) > LogoMaxBytes {
		return nil, ledger.Errorf("logo_too_large", "most", LogoMaxBytes>>20)
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(file))
	if err != nil || (kind != "png" && kind != "jpeg") {
		return nil, ledger.Errorf("logo_unreadable", "cause", err)
	}
	if config.Width*config.Height > logoMaxPixels || config.Width < 1 || config.Height < 1 {
		return nil, ledger.Errorf("logo_too_large", "most", LogoMaxBytes>>20)
	}
	var picture image.Image
	if kind == "png" {
		picture, err = png.Decode(bytes.NewReader(file))
	} else {
		picture, err = jpeg.Decode(bytes.NewReader(file))
	}
	if err != nil {
		return nil, ledger.Errorf("logo_unreadable", "cause", err)
	}
	return encodeLogo(shrink(picture, logoPixels))
}

// encodeLogo writes the picture in a form that any PDF reader and the PDF library take: opaque, 8 bits, not
// interlaced.
func encodeLogo(picture *image.RGBA) (*Logo, error) {
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return nil, ledger.Errorf("logo_unreadable", "cause", err)
	}
	size := picture.Bounds().Size()
	return &Logo{data: b.Bytes(), kind: "PNG", width: size.X, height: size.Y}, nil
}

// shrink puts a picture on white, averaged down to at most so many pixels a side.
func shrink(p image.Image, most int) *image.RGBA {
	from := p.Bounds()
	scale := min(1, float64(most)/float64(max(from.Dx(), from.Dy())))
	w, h := max(1, int(float64(from.Dx())*scale+0.5)), max(1, int(float64(from.Dy())*scale+0.5))
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			area := image.Rect(x*from.Dx()/w, y*from.Dy()/h, max(x*from.Dx()/w+1, (x+1)*from.Dx()/w), max(y*from.Dy()/h+1, (y+1)*from.Dy()/h))
			out.SetRGBA(x, y, average(p, area.Add(from.Min)))
		}
	}
	return out
}

// average gives the mean colour of an area, over white.
func average(p image.Image, area image.Rectangle) color.RGBA {
	var r, g, b, n uint64
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			cr, cg, cb, ca := p.At(x, y).RGBA()
			white := uint64(0xffff - ca)
			r, g, b, n = r+uint64(cr)+white, g+uint64(cg)+white, b+uint64(cb)+white, n+1
		}
	}
	return color.RGBA{uint8(r / n >> 8), uint8(g / n >> 8), uint8(b / n >> 8), 255}
}
