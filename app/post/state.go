package post

import "time"

// State is what there is to show of the post.
type State struct {
	Ready         bool // there is a mailbox
	Busy          bool // something is being sent or looked for
	Send          bool // where busy: something is being sent
	NeedsPassword bool // nothing is done until it is known; see [Post.Retry]
	Held          bool // the owner stopped sending: nothing leaves by itself until [Post.Retry] or [Post.Send]
	Sending       Side
	Fetching      Side
}

// Side is how one of the two sides does.
type Side struct {
	Err   error     // of the last attempt; nil where it went well
	Again time.Time // before when it is not tried; after an error, when it will be
	Seen  time.Time // when the error came
	Last  time.Time // when it last went well; zero for never since the start

	fails int
}

// Wrong gives the side that is in trouble, sending first; nil where all is well.
func (s *State) Wrong() *Side {
	for _, x := range []*Side{&s.Sending, &s.Fetching} {
		if x.Err != nil {
			return x
		}
	}
	return nil
}
