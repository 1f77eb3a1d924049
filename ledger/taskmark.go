package ledger

// TaskMark is what the owner decided about a task of the agenda without doing it. The newest mark of a task counts.
type TaskMark struct {
	ID       TaskMarkID `json:"-"`
	Customer CustomerID `json:"customer"`
	Task     string     `json:"task"` // its name, as the agenda gives it
	On       Date       `json:"on"`
	Until    Date       `json:"until,omitempty"` // postponed to this day
	// Place is the task's place in the day's order, from 1, where the owner moved it; 0 where not.
	Place int    `json:"place,omitempty"`
	Why   string `json:"-"`
	Who   string `json:"-"` // who is to do it, where it was handed to someone
}

func (r *TaskMark) Kind() Kind          { return KindTaskMark }
func (r *TaskMark) Key() uint32         { return uint32(r.ID) }
func (r *TaskMark) setKey(k uint32)     { r.ID = TaskMarkID(k) }
func (r *TaskMark) Personal() []*string { return []*string{&r.Why, &r.Who} }
