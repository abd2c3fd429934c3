package batch

import "sync"

// Ahead is a worker that is started before the inputs are known: a start takes as long as reading a few pages, and the
// supervisor lists and hashes files meanwhile. It also has work left at the end, so workers may still be ending when Run
// returns; Close waits for them.
type Ahead struct {
	spawn   *spawner
	started chan struct{} // closed when worker or err is there
	worker  *process      // until a slot takes it
	err     error
	retired sync.WaitGroup
}

// StartAhead starts a worker for a run with these options. Close ends it if Run did not use it.
func StartAhead(opt Options) (*Ahead, error) {
	if err := opt.complete(); err != nil {
		return nil, err
	}
	a := &Ahead{spawn: newSpawner(), started: make(chan struct{})}
	go func() {
		defer close(a.started)
		a.worker, a.err = startProcess(a.spawn, opt.Command, workerEnv(opt.Limits))
	}()
	return a, nil
}

// retire lets an idle worker end by itself, in the background.
func (a *Ahead) retire(p *process) { a.retired.Go(p.stop) }

// Close ends the worker if no slot has taken it, and waits for workers that are still ending. Call it after Run.
func (a *Ahead) Close() {
	<-a.started
	if a.worker != nil {
		a.worker.kill()
		a.worker = nil
	}
	a.retired.Wait()
	a.spawn.close()
}

// take returns the worker on its first call, and nil afterwards.
func (a *Ahead) take() (*process, error) {
	<-a.started
	worker, err := a.worker, a.err
	a.worker, a.err = nil, nil
	return worker, err
}
