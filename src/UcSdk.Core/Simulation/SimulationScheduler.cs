namespace UcSdk.Core;

/// <summary>
/// A whole system on one thread: loops, timers, user continuations and observer deliveries run from one queue in one order, and virtual
/// time moves only when that queue is empty. The same seed therefore gives the same run, byte for byte.
/// </summary>
internal sealed class SimulationScheduler : SynchronizationContext, ILoopScheduler
{
    private readonly Queue<Action> _queue = new();
    private readonly List<Exception> _faults = [];
    private int _thread = Environment.CurrentManagedThreadId;
    private volatile Exception? _trespass;

    public SimulationScheduler()
        : this(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public SimulationScheduler(DateTimeOffset origin) => Clock = new VirtualTime(origin);

    public VirtualTime Clock { get; }

    public TimeProvider Time => Clock;

    public TimeSpan TimerGrain => TimeSpan.FromTicks(1);

    // An await returns to its own context by a post all the same; only what combines tasks runs at once.
    public TaskCreationOptions CompletionOptions => TaskCreationOptions.None;

    /// <summary>What left the outermost line of a loop; the run methods throw it.</summary>
    public IReadOnlyList<Exception> Faults => _faults;

    public void Schedule(IThreadPoolWorkItem work) => Enqueue(work.Execute);

    public void ReportFault(Exception fault) => _faults.Add(fault);

    public override void Post(SendOrPostCallback d, object? state) => Enqueue(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs everything that can run without time passing.</summary>
    public void RunUntilIdle()
    {
        var outer = Current;
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            RunQueue();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }

        ThrowFaults();
    }

    /// <summary>Lets the time pass, stopping at every deadline on the way and running what it wakes.</summary>
    public void Advance(TimeSpan time)
    {
        RunUntilIdle();
        var end = Clock.Now + time;
        while (Clock.NextDeadline is { } due && due <= end)
        {
            StepTo(due);
        }

        Clock.MoveTo(end);
        RunUntilIdle();
    }

    /// <summary>
    /// Runs asynchronous code to its end, moving virtual time whenever nothing else can run. Fails when nothing is left that could ever
    /// wake it, or when it needs more virtual time than <paramref name="limit"/> (default one day).
    /// </summary>
    public T Run<T>(Func<Task<T>> work, TimeSpan? limit = null)
    {
        var allowed = limit ?? TimeSpan.FromDays(1);
        var end = Clock.Now + allowed;
        var task = Start(work);
        RunUntilIdle();
        while (!task.IsCompleted)
        {
            var due = Clock.NextDeadline ?? throw new InvalidOperationException(
                "The simulation is stuck: nothing is left to run and no timer is set. " + _trespass?.Message);
            if (due > end)
            {
                throw new TimeoutException($"The simulation did not end within its limit of virtual time ({allowed}).");
            }

            StepTo(due);
        }

        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Func<Task> work, TimeSpan? limit = null) => Run(
        async () =>
        {
            await work();
            return true;
        },
        limit);

    /// <summary>Waits in virtual time; for code that runs inside <see cref="Run{T}"/>.</summary>
    public async Task DelayAsync(TimeSpan time)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = Clock.CreateTimer(_ => done.SetResult(), null, time, Timeout.InfiniteTimeSpan);
        await done.Task;
    }

    private Task<T> Start<T>(Func<Task<T>> work)
    {
        var outer = Current;
        _thread = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private void StepTo(Timestamp due)
    {
        Clock.MoveTo(due);
        while (Clock.TryTakeDue(out var timer))
        {
            _queue.Enqueue(timer.Fire);
        }

        RunUntilIdle();
    }

    private void RunQueue()
    {
        while (_queue.TryDequeue(out var work))
        {
            work();
        }
    }

    // What comes from another thread comes at no particular moment: the run would be another one each time.
    private void Enqueue(Action work)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            _queue.Enqueue(work);
        }
        else
        {
            _trespass = new InvalidOperationException("Something of the simulation ran on another thread:\n" + Environment.StackTrace);
        }
    }

    private void ThrowFaults()
    {
        if (_trespass is { } trespass)
        {
            _trespass = null;
            _faults.Add(trespass);
        }

        if (_faults.Count > 0)
        {
            var faults = _faults.ToArray();
            _faults.Clear();
            throw new AggregateException("A loop failed during the simulation.", faults);
        }
    }
}
