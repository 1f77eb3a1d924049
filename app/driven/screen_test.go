//go:build ci && driven

package driven

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"os"
)

// frame is the virtual display's framebuffer: a file in XWD format (X11/XWDFile.h), 4 bytes a pixel, that
// the display keeps up to date.
type frame struct {
	f                     *os.File
	width, height, stride int
	start                 int64
}

func openFrame(path string) (*frame, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	head := make([]byte, 100)
	if _, err := f.ReadAt(head, 0); err != nil {
		return nil, err
	}
	word := func(i int) int { return int(binary.BigEndian.Uint32(head[4*i:])) }
	if word(1) != 7 || word(11) != 32 || word(7) != 0 {
		return nil, fmt.Errorf("%s: version %d, %d bits a pixel, byte order %d", path, word(1), word(11), word(7))
	}
	const colourSize = 12
	return &frame{f: f, width: word(4), height: word(5), stride: word(12), start: int64(word(0) + word(19)*colourSize)}, nil
}

// picture gives the left upper part of the display.
func (f *frame) picture(width, height int) (*image.NRGBA, error) {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	row := make([]byte, 4*width)
	for y := range height {
		if _, err := f.f.ReadAt(row, f.start+int64(y*f.stride)); err != nil {
			return nil, err
		}
		out := img.Pix[y*img.Stride:]
		for x := 0; x < len(row); x += 4 {
			out[x], out[x+1], out[x+2], out[x+3] = row[x+2], row[x+1], row[x], 255
		}
	}
	return img, nil
}

// at gives one pixel.
func (f *frame) at(x, y int) (color.NRGBA, error) {
	var p [4]byte
	_, err := f.f.ReadAt(p[:], f.start+int64(y*f.stride+4*x))
	return color.NRGBA{p[2], p[1], p[0], 255}, err
}

// unlike gives the share of pixels, from 0 to 1, in which two pictures of the same size differ to the eye.
func unlike(a, b *image.NRGBA) float64 {
	if a.Rect.Size() != b.Rect.Size() {
		return 1
	}
	n := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if apart(a.Pix[i:i+3], b.Pix[i:i+3]) {
			n++
		}
	}
	return float64(n) / float64(len(a.Pix)/4)
}

// apart says whether two colours differ by more than 24 of 255 in a part.
func apart(a, b []uint8) bool {
	for k := range 3 {
		if d := int(a[k]) - int(b[k]); d > 24 || d < -24 {
			return true
		}
	}
	return false
}

func nrgba(img image.Image) *image.NRGBA {
	if n, ok := img.(*image.NRGBA); ok {
		return n
	}
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(x, y, img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}
