package batch

import "sync"

// Ahead is a worker that is started before it is known what there is to convert: a start takes as long as a few pages, and
// the supervisor has its own work then. As it has at the end, workers need not be gone when Run returns, but when Close does.
type Ahead struct {
	spawn   *spawner
	started chan struct{} // closed when worker or err is there
	worker  *process      // until a slot takes it
	err     error
	retired sync.WaitGroup
}

// StartAhead starts a worker for a run with these options. Close ends it where Run did not take it.
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

// retire lets an idle worker end by itself.
func (a *Ahead) retire(p *process) { a.retired.Go(p.stop) }

// Close ends the worker if no slot has taken it, and waits for those that Run has left. It comes after Run.
func (a *Ahead) Close() {
	<-a.started
	if a.worker != nil {
		a.worker.kill()
		a.worker = nil
	}
	a.retired.Wait()
	a.spawn.close()
}

// take gives the worker, once.
func (a *Ahead) take() (*process, error) {
	<-a.started
	worker, err := a.worker, a.err
	a.worker, a.err = nil, nil
	return worker, err
}
