package importstest

import (
	"runtime"
	"runtime/metrics"
	"time"
)

// PeakHeap runs f and gives the most bytes that were on the heap meanwhile, above those before: what lives, and what is dead
// and not collected yet.
func PeakHeap(f func()) uint64 {
	runtime.GC()
	before := heap()
	most, done, ended := before, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			most = max(most, heap())
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	close(done)
	<-ended
	return most - before
}

func heap() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
