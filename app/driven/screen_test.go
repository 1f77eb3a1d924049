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

// row gives the first pixels of a row, 4 bytes each.
func (f *frame) row(y, width int) ([]byte, error) {
	row := make([]byte, 4*width)
	_, err := f.f.ReadAt(row, f.start+int64(y*f.stride))
	for x := 0; x < len(row); x += 4 {
		row[x], row[x+2], row[x+3] = row[x+2], row[x], 255
	}
	return row, err
}

// picture gives the left upper part of the display.
func (f *frame) picture(width, height int) (*image.NRGBA, error) {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		row, err := f.row(y, width)
		if err != nil {
			return nil, err
		}
		copy(img.Pix[y*img.Stride:], row)
	}
	return img, nil
}

// at gives one pixel.
func (f *frame) at(x, y int) (color.NRGBA, error) {
	var p [4]byte
	_, err := f.f.ReadAt(p[:], f.start+int64(y*f.stride+4*x))
	return color.NRGBA{p[2], p[1], p[0], 255}, err
}

// unlike gives the share of pixels, from 0 to 1, in which a picture differs to the eye from the one wanted,
// of the same size. A pixel may have any colour between those that are wanted around it: the real driver
// draws lines and round corners up to half a pixel beside the others.
func unlike(got, want *image.NRGBA) float64 {
	if got.Rect.Size() != want.Rect.Size() {
		return 1
	}
	n := 0
	for y := range want.Rect.Dy() {
		n += unlikeRow(got.Pix[y*got.Stride:], want, y)
	}
	return float64(n) / float64(want.Rect.Dx()*want.Rect.Dy())
}

// unlikeRow counts the pixels of a row that differ.
func unlikeRow(row []byte, want *image.NRGBA, y int) int {
	n := 0
	for x := range want.Rect.Dx() {
		i := want.PixOffset(x, y)
		got := row[4*x : 4*x+3]
		if apart(got, want.Pix[i:i+3], want.Pix[i:i+3]) {
			if low, high := around(want, x, y); apart(got, low[:], high[:]) {
				n++
			}
		}
	}
	return n
}

// apart says whether a colour is below the lowest or above the highest by more than 24 of 255 in a part.
func apart(c, low, high []uint8) bool {
	const eye = 24
	for k := range 3 {
		if int(c[k]) < int(low[k])-eye || int(c[k]) > int(high[k])+eye {
			return true
		}
	}
	return false
}

// around gives the lowest and the highest parts of the colours of a pixel and its neighbours.
func around(img *image.NRGBA, x, y int) (low, high [3]uint8) {
	low = [3]uint8{255, 255, 255}
	for v := max(0, y-1); v <= min(img.Rect.Dy()-1, y+1); v++ {
		for u := max(0, x-1); u <= min(img.Rect.Dx()-1, x+1); u++ {
			i := img.PixOffset(u, v)
			for k := range 3 {
				low[k], high[k] = min(low[k], img.Pix[i+k]), max(high[k], img.Pix[i+k])
			}
		}
	}
	return low, high
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
