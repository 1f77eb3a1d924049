package shot

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
)

// Write saves a picture with the 256 colours it uses most, as small as PNG makes it.
func Write(path string, img image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(f, paletted(img))
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// paletted gives each colour its nearest among 256.
func paletted(img image.Image) *image.Paletted {
	b := img.Bounds()
	count := map[color.NRGBA]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			count[opaque(img.At(x, y))]++
		}
	}
	colours := make([]color.NRGBA, 0, len(count))
	for c := range count {
		colours = append(colours, c)
	}
	pal := choose(colours, count)
	index := map[color.NRGBA]uint8{}
	for _, c := range colours {
		index[c] = uint8(pal.Index(c))
	}
	out := image.NewPaletted(b, pal)
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			out.SetColorIndex(x, y, index[opaque(img.At(x, y))])
		}
	}
	return out
}

// choose takes the most frequent colour and then, again and again, the one that is both frequent and far
// from those taken, so that small signs keep their colours too.
func choose(colours []color.NRGBA, count map[color.NRGBA]int) color.Palette {
	slices.SortFunc(colours, func(a, b color.NRGBA) int {
		if d := count[b] - count[a]; d != 0 {
			return d
		}
		return int(a.R)<<16 + int(a.G)<<8 + int(a.B) - int(b.R)<<16 - int(b.G)<<8 - int(b.B)
	})
	away := make([]float64, len(colours))
	for i := range away {
		away[i] = math.MaxFloat64
	}
	pal := color.Palette{}
	next := 0
	for range min(256, len(colours)) {
		taken := colours[next]
		pal = append(pal, taken)
		best := -1.0
		for i, c := range colours {
			away[i] = math.Min(away[i], distance(c, taken))
			if v := away[i] * math.Sqrt(float64(count[c])); v > best {
				best, next = v, i
			}
		}
	}
	return pal
}

func distance(a, b color.NRGBA) float64 {
	r, g, bl := float64(a.R)-float64(b.R), float64(a.G)-float64(b.G), float64(a.B)-float64(b.B)
	return r*r + g*g + bl*bl
}

func opaque(c color.Color) color.NRGBA {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = 255
	return n
}

// The tolerance: processors round the edges of letters differently, and goldens have 256 colours. A
// changed letter goes over both limits.
const (
	byteTolerance  = 40
	pixelTolerance = 6
)

// differ says how two pictures differ, or nothing when they are the same within the tolerance.
func differ(want, got image.Image) string {
	b := want.Bounds()
	if got.Bounds().Size() != b.Size() {
		return fmt.Sprintf("is %v, the window is %v", b.Size(), got.Bounds().Size())
	}
	off, first := 0, image.Point{}
	min := got.Bounds().Min
	for y := range b.Dy() {
		for x := range b.Dx() {
			w, g := opaque(want.At(b.Min.X+x, b.Min.Y+y)), opaque(got.At(min.X+x, min.Y+y))
			if far(w.R, g.R) || far(w.G, g.G) || far(w.B, g.B) {
				if off == 0 {
					first = image.Pt(x, y)
				}
				off++
			}
		}
	}
	if off > pixelTolerance {
		return fmt.Sprintf("differs in %d pixels, first at %v", off, first)
	}
	return ""
}

func far(a, b uint8) bool {
	if a < b {
		a, b = b, a
	}
	return a-b > byteTolerance
}
