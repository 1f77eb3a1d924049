package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quitus/assets/icons"
)

// Icon is an icon by its name: one of the toolkit's, or one drawn for Quitus.
type Icon string

// The icons in use and what they stand for.
const (
	NoIcon       Icon = ""
	IconCalendar Icon = "calendar" // Today, a day, not due
	IconAccount  Icon = "account"  // customer, contact
	IconInvoice  Icon = "document"
	IconLetter   Icon = "mailCompose"
	IconSend     Icon = "mailSend"
	IconReply    Icon = "mailReply"
	IconSettings Icon = "settings"
	IconSearch   Icon = "search"
	IconImport   Icon = "upload"
	IconExport   Icon = "download"
	IconSave     Icon = "documentSave"
	IconEdit     Icon = "documentCreate"
	IconPrint    Icon = "documentPrint"
	IconCopy     Icon = "contentCopy"
	IconUndo     Icon = "contentUndo"
	IconAdd      Icon = "contentAdd"
	IconClose    Icon = "cancel"
	IconDelete   Icon = "delete"
	IconTick     Icon = "confirm" // settled, done
	IconLate     Icon = "warning"
	IconVery     Icon = "error" // very late, error
	IconInfo     Icon = "info"
	IconHelp     Icon = "help"
	IconOpen     Icon = "folderOpen"
	IconWait     Icon = "mediaPause"
	IconBack     Icon = "arrowBack"
	IconNext     Icon = "arrowForward"
	IconRow      Icon = "row"           // arrow at the end of a row that opens
	IconDown     Icon = "arrowDropDown" // sort, choice
	IconUp       Icon = "arrowDropUp"
	IconBox      Icon = "unchecked"
	IconBoxOn    Icon = "checked"
	IconBoxFill  Icon = "iconNameCheckButtonFill"
	IconBoxSome  Icon = "partial"
	IconAttach   Icon = "mailAttachment"
	IconHistory  Icon = "history"
	IconMore     Icon = "moreHorizontal"
	IconQuitus   Icon = "quitus"
	IconPhone    Icon = "phone"
	IconBank     Icon = "bank"
	IconPromise  Icon = "promise"
	IconFlag     Icon = "flag" // dispute
	IconClock    Icon = "clock"
	IconAvoid    Icon = "avoid"
)

var drawn = map[Icon]fyne.Resource{}

func init() {
	for _, i := range []Icon{IconQuitus, IconPhone, IconBank, IconPromise, IconFlag, IconClock, IconAvoid, IconInfo, IconRow} {
		drawn[i] = fyne.NewStaticResource("quitus-"+string(i)+".svg", icons.SVG(string(i)))
	}
}

// Tinted gives the icon in a colour of the theme; nil for NoIcon.
func (i Icon) Tinted(token fyne.ThemeColorName) fyne.Resource {
	if i == NoIcon {
		return nil
	}
	if r, ok := drawn[i]; ok {
		return theme.NewColoredResource(r, token)
	}
	r := theme.DefaultTheme().Icon(fyne.ThemeIconName(i))
	if r == nil {
		return nil
	}
	return theme.NewColoredResource(r, token)
}
