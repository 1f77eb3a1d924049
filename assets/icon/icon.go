// Package icon holds the sign of Quitus, a tick in a rounded square, as windows and packages show it.
package icon

import _ "embed"

// PNG is the sign, 512 pixels square.
//
//go:embed quitus-512.png
var PNG []byte
