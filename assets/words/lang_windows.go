package words

import "syscall"

// systemLanguage asks Windows for the language of its own menus, not for the region of its formats.
func systemLanguage() string {
	id, _, _ := syscall.NewLazyDLL("kernel32.dll").NewProc("GetUserDefaultUILanguage").Call()
	switch id & 0x3ff { // the primary language of a LANGID
	case 0x09:
		return "en"
	case 0x0c:
		return "fr"
	}
	return ""
}
